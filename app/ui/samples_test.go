package ui

import (
	"context"
	"io"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"passerelle/models"
)

// samples are whole pages made of every component: tests read them, and
// `go test ./app/ui -run Samples -pages DIR` writes them for a look.
var samples = map[string]templ.Component{
	"accueil":   with(Layout(samplePage("", Viewer{}, true)), sampleHome()...),
	"liste":     with(Layout(samplePage(SectionUseCases, Viewer{}, false, "Cas d’usage")), sampleList()...),
	"cas":       with(Layout(samplePage(SectionUseCases, Viewer{}, false, "Simplifier le parcours d’entrée en formation")), sampleCase()...),
	"fil":       with(Layout(samplePage(SectionForums, sampleViewer, false, "Publier les marchés publics dans un seul format")), sampleThread()...),
	"guichet":   with(Layout(samplePage(SectionFunding, Viewer{}, false, "Guichet de démonstration")), sampleCall()...),
	"budget":    with(Layout(sampleWrong()), sampleForm()...),
	"desk":      with(Layout(sampleWide()), sampleDesk()...),
	"dossier":   with(Layout(samplePage(SectionFunding, sampleViewer, false, "Dossier 2026-0412")), sampleFollow()...),
	"connexion": with(Layout(samplePage("", Viewer{}, false, "Se connecter")), sampleLogIn()...),
}

var sampleViewer = Viewer{ID: 3, Name: "Camille Durand", LoggedIn: true, Confirmed: true, Desk: true, Moderator: true, Admin: true}

func samplePage(section string, v Viewer, bare bool, crumbs ...string) Page {
	p := Page{Title: "Exemple", Section: section, Viewer: v, Bare: bare, Path: section, CSRF: "jeton", Demo: true, SourceURL: "https://source.example/passerelle"}
	for _, c := range crumbs {
		p.Title = c
		p.Crumbs = append(p.Crumbs, Link{c, ""})
	}
	return p
}

func sampleWrong() Page {
	p := samplePage(SectionFunding, sampleViewer, false, "Budget")
	p.Crumbs = []Link{{"Mes dossiers", "/dossiers"}, {"Dossier de démonstration", "/dossiers/brouillons/1/projet"}, {"Budget", ""}}
	p.Wrong, p.Viewer.Theme = true, "light"
	return p
}

func sampleWide() Page {
	p := samplePage(SectionFunding, sampleViewer, false, "Instruction")
	p.Wide, p.Flash = true, "Le dossier 2026-0398 est en instruction."
	return p
}

// with gives children to a component, as templ's braces do.
func with(c templ.Component, children ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return c.Render(templ.WithChildren(ctx, templ.Join(children...)), w)
	})
}

func html(s string) templ.Component { return templ.Raw(s) }

func instant(text string) models.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return models.At(t)
}

func sampleLabs() []LabSpan {
	return []LabSpan{
		{"Ti Lab", "Bretagne", "/laboratoires/ti-lab", SignOf("ti-lab")},
		{"Siilab", "Hauts-de-France", "/laboratoires/siilab", SignOf("siilab")},
		{"La Fabrique RH", "Île-de-France", "/laboratoires/la-fabrique-rh", SignOf("la-fabrique-rh")},
		{"LaBase", "Nouvelle-Aquitaine", "/laboratoires/la-base", SignOf("la-base")},
		{"Lab Archipel", "Auvergne-Rhône-Alpes", "/laboratoires/lab-archipel", SignOf("lab-archipel")},
		{"Lab’EST", "Grand Est", "/laboratoires/lab-est", SignOf("lab-est")},
		{"Lab-O", "Occitanie", "/laboratoires/lab-o", SignOf("lab-o")},
		{"État’LIN", "Pays de la Loire", "/laboratoires/etat-lin", SignOf("etat-lin")},
		{"Laboratoire de Bourgogne-Franche-Comté", "Bourgogne-Franche-Comté", "/laboratoires/lab-bfc", SignOf("lab-bfc")},
		{"Lab Zéro", "Provence-Alpes-Côte d’Azur", "/laboratoires/lab-zero", SignOf("lab-zero")},
	}
}

func sampleCards() []templ.Component {
	cards := []UseCaseCard{
		{Slug: "a", Title: "Simplifier le parcours d’entrée en formation des demandeurs d’emploi", Summary: "Réunir les interlocuteurs d’une même personne autour d’un seul calendrier.", Lab: "Ti Lab", LabSlug: "ti-lab", Maturity: Maturity("experiment")},
		{Slug: "b", Title: "Déclarer un décès sans refaire dix fois la même démarche", Summary: "Une déclaration partagée entre mairies et entreprises de pompes funèbres.", Lab: "LaBase", LabSlug: "la-base", Maturity: Maturity("deployed")},
		{Slug: "c", Title: "Un portail commun pour l’économie sociale et solidaire", Summary: "Les acteurs d’une région se trouvent, se parlent et répondent ensemble.", Lab: "Siilab", LabSlug: "siilab", Maturity: Maturity("experiment"), Meta: []string{"mai 2021"}},
		{Slug: "d", Title: "Un espace de travail ouvert à tous les agents franciliens", Summary: "Des lieux et des outils partagés entre ministères, sans guichet.", Lab: "La Fabrique RH", LabSlug: "la-fabrique-rh"},
		{Slug: "e", Title: "Lire ensemble le budget d’un équipement avant de le rénover", Summary: "Un atelier d’une journée et un simulateur à emporter.", Lab: "Lab-O", LabSlug: "lab-o", Maturity: Maturity("abandoned")},
		{Slug: "f", Title: "Un retour d’une commune", Summary: "Ce qu’elle a fait sans laboratoire.", Lab: "Retour d’expérience"},
	}
	list := make([]templ.Component, len(cards))
	for i, c := range cards {
		c.Address = "/cas-usage/" + c.Slug
		list[i] = Card(c)
	}
	return list
}

func sampleTiles() []Tile {
	tiles := []Tile{
		{Code: "32", Name: "Hauts-de-France", Count: 18, Address: "/laboratoires/siilab", Sign: SignOf("siilab")},
		{Code: "53", Name: "Bretagne", Count: 24, Address: "/laboratoires/ti-lab", Sign: SignOf("ti-lab")},
		{Code: "11", Name: "Île-de-France", Count: 21, Address: "/laboratoires/la-fabrique-rh", Sign: SignOf("la-fabrique-rh")},
		{Code: "44", Name: "Grand Est", Count: 9, Address: "/laboratoires/lab-est", Sign: SignOf("lab-est")},
		{Code: "52", Name: "Pays de la Loire", Count: 11, Address: "/laboratoires/etat-lin", Sign: SignOf("etat-lin")},
		{Code: "27", Name: "Bourgogne-Franche-Comté", Count: 7, Address: "/laboratoires/lab-bfc", Sign: SignOf("lab-bfc")},
		{Code: "75", Name: "Nouvelle-Aquitaine", Count: 26, Address: "/laboratoires/la-base", Sign: SignOf("la-base")},
		{Code: "84", Name: "Auvergne-Rhône-Alpes", Count: 14, Address: "/laboratoires/lab-archipel", Sign: SignOf("lab-archipel")},
		{Code: "76", Name: "Occitanie", Count: 12, Address: "/laboratoires/lab-o", Sign: SignOf("lab-o")},
		{Code: "93", Name: "Provence-Alpes-Côte d’Azur", Count: 8, Address: "/laboratoires/lab-zero", Sign: SignOf("lab-zero")},
	}
	for code, name := range map[string]string{"28": "Normandie", "24": "Centre-Val de Loire", "94": "Corse", "01": "Guadeloupe", "02": "Martinique", "03": "Guyane", "04": "La Réunion", "06": "Mayotte"} {
		tiles = append(tiles, Tile{Code: code, Name: name})
	}
	return tiles
}

func sampleRows() []Line {
	return []Line{
		{Kind: "Proposition", Date: Moment(instant("2026-11-24T10:00:00Z")), Title: "Publier les marchés publics dès 25 000 €, dans un seul format", Address: "/fils/1-a", Meta: []string{"Commande publique"}, States: []State{Pinned}, Figure: "128", Unit: "messages", Unread: true},
		{Kind: "Question", Date: Moment(instant("2026-11-01T10:00:00Z")), Title: "Qui peut demander la correction d’une donnée erronée ?", Address: "/fils/2-b", Meta: []string{"Accès aux données"}, Figure: "16", Unit: "messages"},
		{Kind: "Discussion", Date: Moment(instant("2026-10-12T10:00:00Z")), Title: "Tester avec les usagers quand on n’a que trois semaines", Address: "/fils/3-c", Meta: []string{"Méthodes"}, States: []State{Locked}, Figure: "41", Unit: "messages"},
	}
}

func sampleHome() []templ.Component {
	return []templ.Component{
		Hero(Welcome{
			Title: "Ce qu’un territoire a essayé, un autre peut le reprendre.", Lead: "Dix laboratoires d’innovation publique racontent ce qui a marché, et ce qui n’a pas marché.",
			Placeholder: "accueil, actes de décès, formation…", Labs: sampleLabs(),
			Now: []Now{{Link{"Guichet ouvert jusqu’au 18 janvier 2027", "/financement/demo"}, "Jusqu’à 48 000 € par projet, sur dossier."}, {Link{"Forum « Commande publique »", "/forums/commande"}, "214 messages."}},
		}),
		with(Section(Heading{ID: "derniers", Title: "Derniers cas d’usage", More: Link{"Tous les cas d’usage (150)", "/cas-usage"}}), with(Grid(), sampleCards()[:3]...)),
		with(Columns(with(Section(Heading{ID: "regions", Title: "Les régions"}), TileMap(sampleTiles()), with(Note(), Words("Une tuile par région : en couleur, celles qui ont un laboratoire, avec le nombre de cas d’usage publiés.")))),
			with(Section(Heading{ID: "debat", Title: "On en débat", More: Link{"Tous les forums", "/forums"}}), Rows(sampleRows()))),
	}
}

func sampleList() []templ.Component {
	filter := Filter{Action: "/cas-usage", Clear: "/cas-usage", Keep: []HiddenValue{{"q", "emploi"}}, Groups: []FacetGroup{
		{Name: "labo", Label: "Laboratoire", Options: []FacetOption{{"ti-lab", "Ti Lab", 24, true}, {"la-base", "LaBase", 26, false}, {"siilab", "Siilab", 18, false}}},
		{Name: "maturite", Label: "Maturité", Options: []FacetOption{{"idea", "Idée", 22, false}, {"experiment", "Expérimenté", 81, true}}},
		{Name: "public", Label: "Public", Closed: true, Options: []FacetOption{{"agents", "Agents", 22, false}}},
	}}
	return []templ.Component{
		Headline(Head{Title: "Cas d’usage", Lead: "Ce que les laboratoires ont essayé, région par région, avec leurs résultats et de quoi les reprendre."}),
		with(Shelf(Facets(filter)),
			Sort(Order{Action: "/cas-usage", Count: "19 cas d’usage", Note: "pour ces filtres", Value: "recents", Options: []Option{{Value: "recents", Label: "plus récents"}, {Value: "titre", Label: "titre"}}}),
			TagsRemove([]Link{{"Ti Lab", "/cas-usage?maturite=experiment"}, {"Expérimenté", "/cas-usage?labo=ti-lab"}}),
			with(Grid(), sampleCards()...),
			Pager(Pages{Current: 4, Last: 9, Address: func(n int) string { return "/cas-usage?page=" + strconv.Itoa(n) }}),
			Empty(Nothing{"Aucun cas d’usage pour ces filtres", "Retirez un filtre, ou cherchez avec d’autres mots.", []Link{{"Tout effacer", "/cas-usage"}}}),
			Cursor(Turns{Older: "/forums/x?avant=3"}),
		),
	}
}

const sampleText = `<h2 id="depart">Le point de départ</h2><p>Entrer en formation demandait de répéter la même histoire à quatre guichets. Chacun tenait son calendrier, aucun ne voyait celui des autres. Les conseillers passaient, selon leur propre relevé, un tiers de leur temps à chercher une date.</p><p>L’équipe a suivi douze personnes pendant un mois, carnet en main. Leur parcours réel comptait <a href="/x">vingt-trois étapes</a> ; le parcours officiel, neuf.</p><blockquote><p>« On m’a demandé trois fois mon attestation. La troisième fois, j’ai cru que j’étais refusée. »</p></blockquote><h2 id="essai">Ce qui a été essayé</h2><ul><li>un référent nommé dès l’accord ;</li><li>aucune pièce redemandée ;</li><li>une réponse sous deux jours.</li></ul><table><thead><tr><th>Étape</th><th align="right">Jours</th></tr></thead><tbody><tr><td>Accord</td><td align="right">19</td></tr></tbody></table><p>Voir <code>fichier.csv</code> et :</p><pre><code>nom;valeur
a;1</code></pre>`

func sampleCase() []templ.Component {
	beside := with(Stack(),
		with(Box("Ils le reprennent"), FactList([]Fact{{Label: "Préfecture de démonstration", Text: "en cours, depuis septembre 2026"}}), ButtonLink(Link{"Nous le reprenons aussi", "/x"}, Main)),
		with(Aside("Documents"), FileList([]FileItem{{"Modèle de convention", "/s/a", "ODT, 84 ko"}, {"Guide du référent", "/s/b", "PDF accessible, 1,2 Mo"}})),
		with(Aside("Thèmes"), Tags([]Link{{"Emploi", "/cas-usage?theme=emploi"}, {"Formation", "/cas-usage?theme=formation"}})),
	)
	return []templ.Component{
		Headline(Head{Over: LabName(Link{"Ti Lab, Bretagne", "/laboratoires/ti-lab"}, SignOf("ti-lab")), Title: "Simplifier le parcours d’entrée en formation des demandeurs d’emploi", Lead: "Une personne, un calendrier : réunir en une page ce que quatre organismes demandaient séparément.", States: []State{Maturity("experiment")}, Meta: []string{"Publié le 12 octobre 2026", "Mis à jour le 20 novembre"}, Below: true}),
		Crossing(SignOf("ti-lab")),
		Facts("En bref", []Fact{{Label: "Le problème", Text: "Six semaines entre l’accord et le premier jour, et une personne sur cinq perdue en route."}, {Label: "L’essai", Text: "Un calendrier partagé et un seul référent, dans deux bassins d’emploi."}, {Label: "Le résultat", Text: "Délai ramené à dix-neuf jours pour 140 personnes suivies."}, {Label: "Le coût", Text: "31 400 €, dont 12 000 € de développement."}, {Label: "La durée", Text: "Cinq mois, de mars à juillet 2026."}, {Label: "Les partenaires", Text: "Région, opérateur de l’emploi, trois organismes de formation."}}),
		with(Article(Contents([]Anchor{{"depart", "Le point de départ", 2}, {"essai", "Ce qui a été essayé", 2}, {"sous", "Un détail de l’essai", 3}}), beside),
			Prose(sampleText),
			with(Callout(Remark{Tone: Warn, Title: "Ce qui n’a pas marché"}), html("<p>Les rappels par SMS ont été arrêtés au bout de trois semaines.</p>")),
		),
		with(Section(Heading{ID: "proches", Title: "Dans le même esprit"}), with(Grid(), sampleCards()[1:4]...)),
	}
}

func samplePost(n int, name, org, text string) PostView {
	return PostView{Number: n, Address: "/messages/" + strconv.Itoa(n), Author: Person{Name: name, Organisation: org}, At: instant("2026-11-04T09:12:00Z"), HTML: text, Quote: "/fils/1-a?citer=" + strconv.Itoa(n) + "#repondre", More: []Link{{"Signaler", "/messages/x/signaler"}, {"Modifications", "/messages/x/modifications"}}}
}

func sampleThread() []templ.Component {
	on, off := true, false
	first := samplePost(1, "Marie L.", "association de citoyens", `<p>Aujourd’hui les données essentielles des marchés sont publiées à partir d’un seuil, mais dans des formats différents selon les acheteurs. Impossible de comparer deux communes voisines.</p><p>Je propose <strong>un seul format, un seul dépôt, dès 25 000 €</strong>, avec un contrôle automatique visible de tous :</p><ul><li>le fichier est vérifié au moment du dépôt ;</li><li>les erreurs sont publiées avec la donnée.</li></ul>`)
	official := samplePost(2, "Direction chargée des achats", "ministère de l’économie", `<p>Le format unique est retenu. Le seuil sera examiné par le panel « Commande publique » le 9 décembre.</p>`)
	official.Official = "Direction de démonstration A"
	karim := samplePost(7, "Karim B.", "Préfecture de démonstration", `<blockquote><p><a href="/messages/1">Marie L., message 1</a></p><p>un contrôle automatique visible de tous</p></blockquote><p>Nous l’avons essayé sur deux ans d’achats : 18 % des lignes contenaient au moins une erreur.</p>`)
	karim.Author.Agent, karim.Edited = true, Link{"Modifié le 13 novembre 2026", "/messages/7/modifications"}
	side := with(Stack(),
		with(Box(""), Figures([]Figure{{"128", "soutiens"}}), OneButton("/fils/1/soutien", "jeton", Act{Text: "Je soutiens", Tone: Main, Icon: IconHand}), with(Note(), Words("Un soutien par personne, que vous pouvez retirer."))),
		with(Aside("Où en est-elle ?"), Milestones([]Event{{Title: "Recueillie", State: "done", Date: Words("4 novembre")}, {Title: "Réponse officielle", State: "done", Date: Words("20 novembre")}, {Title: "Examen par le panel", State: "now", Date: Words("9 décembre")}, {Title: "Retenue ou non, avec les raisons", State: "todo"}})),
		with(Aside("Suivre"), with(Buttons(), SmallLink(Link{"Flux Atom", "/fils/1-a.atom"}, Default, IconFeed))),
	)
	return []templ.Component{
		Headline(Head{Title: "Publier les marchés publics dès 25 000 €, dans un seul format", States: []State{ThreadKind("proposal"), Pinned}, Meta: []string{"par Marie L., le 4 novembre 2026", "24 messages", "11 participants"}}),
		with(Columns(side),
			Essentials("L’essentiel", []Link{{"Réponse officielle", "#m2"}, {"Premier non lu", "#non-lu"}}),
			Live("3 nouveaux messages", Link{"Afficher", "/fils/1-a?page=2"}),
			with(Posts(),
				with(Post(first), Button(Act{Text: "Utile", Pressed: &on, Count: 32, Small: true}), Button(Act{Text: "D’accord", Pressed: &off, Count: 41, Small: true})),
				Post(official),
				Tombstone(Gone{Number: 3, Text: "Message supprimé par son auteur."}),
				Tombstone(Gone{Number: 4, Text: "Message masqué par la modération.", Reason: "hors sujet", HTML: "<p>Le texte.</p>"}),
				Post(karim),
				Unread("Non lus depuis le 21 novembre"),
				Post(samplePost(8, "Sophie R.", "entreprise de dix salariés", `<p>Attention à ne pas faire porter la saisie aux petites entreprises. <mark>Si</mark> l’acheteur a déjà le numéro SIRET, qu’il ne le redemande pas.</p>`)),
			),
			Pager(Pages{Current: 1, Last: 2, Address: func(n int) string { return "/fils/1-a?page=" + strconv.Itoa(n) }, Extra: []Link{{"Premier message non lu", "#non-lu"}}}),
			html(`<h2 id="repondre">Répondre</h2>`),
			with(Form(Target{Action: "/fils/1/messages", CSRF: "jeton"}), Composer(Draft{Label: "Votre message", Hint: "Texte simple ou Markdown. Votre nom et votre organisme seront visibles.", PreviewAction: "/fils/1/messages/apercu", Status: "Brouillon enregistré à 14 h 32", Preview: "<p>Un <strong>essai</strong>.</p>"})),
			Quote(Cited{Link{"Marie L., message 1", "/messages/1"}, "un contrôle automatique visible de tous"}),
		),
	}
}

func sampleCall() []templ.Component {
	envelope := Envelope{Total: 6_000_000_00, Engaged: 3_712_500_00, InReview: 845_200_00, Cap: 48_000_00, Projects: 81, Files: 19, Updated: "24 novembre 2026 à 14 h 32"}
	side := with(Stack(),
		with(Box("Déposer un dossier"), html("<p>Dernier instant : le "+Deadline(instant("2027-01-17T23:00:00Z"))+".</p>"), ButtonLink(Link{"Commencer un dossier", "/financement/demo/commencer"}, Main)),
		with(Aside("Une question"), Links([]Link{{"Écrire à l’équipe du guichet", "/contact"}})),
	)
	return []templ.Component{
		with(Headline(Head{Title: "Essayer une technologie émergente au service du public", Lead: "Votre administration a un problème précis et trois mois pour tenter quelque chose. Ce guichet finance l’essai.", States: []State{CallOpen, Demonstration}}),
			with(Buttons(), ButtonLink(Link{"Commencer un dossier", "/x"}, Main), ButtonLink(Link{"Vérifier mon éligibilité", "/y"}, Default))),
		with(Columns(side),
			BigFacts([]Fact{{Label: "Montant", Text: "jusqu’à 48 000 €"}, {Label: "Durée de l’essai", Text: "3 mois au plus"}, {Label: "Clôture", Text: "18 janvier 2027"}}),
			html("<h2>L’enveloppe, planche par planche</h2>"),
			Gauge(envelope),
			with(Box("Êtes-vous éligible ? Une minute suffit"),
				with(Form(Target{Action: "/financement/demo/eligibilite", Method: "get"}),
					Radios(Field{Name: "organisme", Label: "Votre organisme est…", Value: "central"}, []Option{{Value: "central", Label: "une administration centrale ou déconcentrée"}, {Value: "lab", Label: "un laboratoire public de recherche"}, {Value: "operateur", Label: "un opérateur d’un ministère", Hint: "établissement public sous tutelle"}, {Value: "autre", Label: "autre chose"}}),
					Radios(Field{Name: "moitie", Label: "La moitié des dépenses ira-t-elle à des entreprises innovantes ?", Error: "Dites oui ou non."}, []Option{{Value: "oui", Label: "Oui"}, {Value: "non", Label: "Non ou je ne sais pas"}}),
					Submit("Voir la réponse"))),
			with(Callout(Remark{Tone: Ok, Title: "Éligible"}), html("<p>« Le guichet est ouvert aux administrations d’État, centrales et déconcentrées. »</p>")),
			Bars(Chart{Caption: "Montants accordés par thème", Of: "Thème", Unit: "Montant", Bars: []Bar{{"Intelligence artificielle", 1420000, "1 420 000 €"}, {"Frugalité numérique", 960000, "960 000 €"}}}),
		),
	}
}

func sampleForm() []templ.Component {
	steps := []Step{{Number: 1, Title: "Éligibilité", Address: "/e", State: StepDone}, {Number: 2, Title: "Organisme", Address: "/o", State: StepDone}, {Number: 3, Title: "Équipe", Address: "/q", State: StepDone}, {Number: 4, Title: "Projet", Address: "/p", State: StepWrong}, {Number: 5, Title: "Budget", Address: "/b", State: StepCurrent}, {Number: 6, Title: "Financement", Address: "/f", State: StepTodo}, {Number: 7, Title: "Attestations", Address: "/a", State: StepTodo}}
	rates := []Option{{Value: "200", Label: "20 %"}, {Value: "100", Label: "10 %"}, {Value: "0", Label: "0 %"}}
	categories := []Option{{Value: "dev", Label: "Développement"}, {Value: "conseil", Label: "Conseil"}}
	return []templ.Component{
		Headline(Head{Title: "Budget", States: []State{ApplicationState("draft")}, Meta: []string{"Dépôt possible jusqu’au 18 janvier 2027", "Enregistré à 14 h 32"}}),
		Stepper(steps),
		ErrorSummary([]FieldError{{"net-2", "Ligne 2 : le montant « 4.500 » se lit de deux façons"}, {"demande", "Le montant demandé dépasse 48 000 €"}}),
		with(Form(Target{Action: "/dossiers/brouillons/1/budget", CSRF: "jeton"}),
			Budget(BudgetSheet{Rates: rates, Categories: categories, Total: 45_360_00, Add: "ajouter", Lines: []BudgetLine{
				{Number: 1, Wording: "Prototype de lecture automatique", Category: "dev", Supplier: "Jeune pousse A", Net: "28 000,00", VAT: "200", Innovative: "oui", Total: "33 600,00 €", Removable: true},
				{Number: 2, Wording: "Ateliers avec les usagers", Supplier: "Coopérative B", Net: "4.500", VAT: "200", Total: "—", Errors: []FieldError{{"net-2", "Écrivez « 4 500 » ou « 4500,00 » : le point se lit de deux façons."}}, Removable: true},
				{Number: 3, Wording: "Hébergement pendant l’essai", Supplier: "Hébergeur C", Net: "9 800,00", VAT: "200", Total: "11 760,00 €", Removable: true},
			}}),
			Text(Field{Name: "demande", Label: "Montant demandé", Hint: "48 000 € au plus. Le reste est payé par votre organisme.", Error: "Ce montant dépasse le plafond de 2 760 €.", Value: "50 760,00", InputMode: "decimal", Short: true}),
			Area(Field{Name: "probleme", Label: "Le problème", Optional: true, Max: 2000}),
			Select(Field{Name: "departement", Label: "Département", Value: "35"}, []Option{{Value: "29", Label: "29 – Finistère"}, {Value: "35", Label: "35 – Ille-et-Vilaine"}}),
			Radios(Field{Name: "double", Label: "Avez-vous demandé une autre aide publique pour ce projet ?", Value: "non"}, []Option{{Value: "non", Label: "Non"}, {Value: "oui", Label: "Oui"}}),
			Checkbox(Field{Name: "exact", Label: "J’atteste que ces renseignements sont exacts.", Hint: "Ils seront figés au dépôt.", Checked: true}),
			with(Callout(Remark{Title: "Un collègue vient d’écrire ici"}), html("<p>Karim B. a noté « 9 200,00 » pour la ligne 3 à 14 h 31. Votre valeur est gardée tant que vous n’avez pas choisi.</p>"), with(Buttons(), Button(Act{Text: "Garder la mienne", Small: true, Name: "choix", Value: "1"}), Button(Act{Text: "Prendre la sienne", Small: true, Name: "choix", Value: "2"}))),
			with(Buttons(), Submit("Enregistrer et continuer"), Button(Act{Text: "Enregistrer"}), ButtonLink(Link{"Étape précédente", "/p"}, Underline)),
		),
	}
}

func sampleDesk() []templ.Component {
	row := func(number, title, org, amount, state string) templ.Component {
		return with(Tr(), Th(Link{title, "/instruction/" + number}, org), with(Td(), Words(number)), TdRight(amount), with(Td(), Badge(ApplicationState(state))), TdRight("3 j"), with(Td(), Words("M. Lenoir")))
	}
	return []templ.Component{
		with(Headline(Head{Title: "Instruction"}), Figures([]Figure{{"4", "m’attendent"}, {"19", "dossiers en cours"}, {"1 442 300 €", "disponibles"}})),
		Tabs("Vues du bureau", []Tab{{"M’attendent", "/instruction?vue=moi", "4", false}, {"En cours", "/instruction?vue=cours", "19", true}, {"À décider", "/instruction?vue=decider", "5", false}}),
		with(Form(Target{Action: "/instruction", Method: "get", Label: "Filtrer les dossiers"}), with(Inline(), Text(Field{Name: "q", Label: "Numéro, organisme, mots", Free: true}), Select(Field{Name: "etat", Label: "État"}, []Option{{Label: "tous les états"}}), Button(Act{Text: "Filtrer"}))),
		with(Table(Grille{Caption: "Dossiers en cours", Columns: []Column{{Text: "Projet"}, {Text: "Dossier"}, {Text: "Demandé", Right: true}, {Text: "État"}, {Text: "Âge", Right: true, Address: "/instruction?tri=age", Sorted: "descending"}, {Text: "Instructeur"}}}),
			row("2026-0412", "Lire les courriers reçus pour mieux les orienter", "Direction de démonstration A", "48 000,00 €", "submitted"),
			row("2026-0409", "Un jumeau numérique de la salle d’attente", "Opérateur de démonstration B", "46 200,00 €", "in_review"),
			row("2026-0405", "Traduire les formulaires en langue facile", "Laboratoire de démonstration C", "31 400,00 €", "to_complete"),
			row("2026-0391", "Capteurs frugaux dans les bâtiments", "Préfecture de démonstration E", "22 750,50 €", "refused"),
			row("2026-0388", "Simulateur d’itinéraires pour fauteuils", "Opérateur de démonstration F", "39 900,00 €", "granted"),
		),
		with(Note(), Words("Accorder se fait dossier par dossier, par une autre personne que celle qui propose.")),
	}
}

func sampleFollow() []templ.Component {
	return []templ.Component{
		Headline(Head{Title: "Lire les courriers reçus", States: []State{ApplicationState("in_review"), ToVerify}, Meta: []string{"Dossier 2026-0412"}, Number: "12"}),
		with(Columns(with(Box("Fiche"), FactList([]Fact{{Label: "Demandé", Text: "48 000,00 €"}, {Label: "Organisme", Text: "Direction de démonstration A"}}))),
			with(Section(Heading{ID: "suivi", Title: "Suivi", Note: "3 étapes sur 5"}), Timeline([]Event{
				{Title: "Déposé", State: "done", Date: MomentFull(instant("2026-11-02T08:00:00Z")), By: "par Camille Durand", Body: html("<p>Reçu : <code>9f2c41b7</code>.</p>")},
				{Title: "En instruction", State: "now", Date: Day(instant("2026-11-05T08:00:00Z"))},
				{Title: "Avis en retard", State: "late", Date: Words("attendu le 20 novembre")},
				{Title: "Décision", State: "todo"},
			})),
			with(Callout(Remark{Tone: Bad, Title: "Ce dossier a changé depuis que vous l’avez ouvert", Alert: true}), html("<p>Rien n’est perdu : voici votre texte.</p>")),
			with(Form(Target{Action: "/dossiers/x/retirer", CSRF: "jeton"}), with(Group("Retirer le dossier"), Area(Field{Name: "motif", Label: "Motif", Optional: true}), Upload(Field{Name: "piece", Label: "Pièce", Hint: "PDF, 10 Mo au plus."}, ".pdf"), Button(Act{Text: "Retirer", Tone: Danger}))),
		),
	}
}

func sampleLogIn() []templ.Component {
	return []templ.Component{
		Headline(Head{Title: "Se connecter"}),
		with(Narrow(),
			with(Form(Target{Action: "/connexion", CSRF: "jeton"}),
				Text(Field{Name: "adresse", Label: "Adresse électronique", Type: "email", Autocomplete: "username"}),
				Text(Field{Name: "mot-de-passe", Label: "Mot de passe", Type: "password", Autocomplete: "current-password"}),
				with(Buttons(), Submit("Se connecter"), ButtonLink(Link{"Mot de passe oublié", "/mot-de-passe-oublie"}, Underline))),
		),
	}
}
