package journeys_test

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"passerelle/app/journeys"
	"passerelle/models/funding"
	"passerelle/search"
)

const callPage = "/financement/demonstration"

// field is a field by its label, and what is put there; in names the legend of
// a radio button's group, or says that the field is a list.
type field struct{ in, label, value string }

const list = "(list)"

// fill fills the form that is open.
func fill(who *journeys.Visitor, fields ...field) *journeys.Visitor {
	for _, f := range fields {
		switch f.in {
		case "":
			who.Fill(f.label, f.value)
		case list:
			who.Select(f.label, f.value)
		default:
			who.Choose(f.in, f.label)
		}
	}
	return who
}

// steps are the six steps before the last, each with what makes it complete.
var steps = []struct {
	title  string
	fields []field
}{
	{"Éligibilité", []field{
		{"Votre organisme est", "un service déconcentré", ""}, {"Une équipe de votre organisme", "Oui", ""}, {"L’essai donne-t-il", "Oui", ""},
		{"Au moins 50 %", "Oui", ""}, {"Acceptez-vous que les résultats", "Oui", ""},
	}},
	{"Organisme", []field{
		{"", "SIRET de l’organisme", "000 000 018 00002"}, {"", "Nom de l’organisme", "Direction de démonstration A"},
		{list, "Nature de l’organisme", "Service déconcentré de l’État"}, {list, "Département", "35 Ille-et-Vilaine"},
	}},
	{"Équipe", []field{
		{"", "Votre fonction", "Cheffe de projet"}, {"", "Votre téléphone", "01 99 00 12 34"},
		{"", "Nom du commanditaire", "Camille Essai"}, {"", "Fonction du commanditaire", "Directrice"},
	}},
	{"Projet", []field{
		{"", "Titre du projet", "Lire les courriers à voix haute"}, {"", "Résumé public", "Un essai de lecture des courriers, dit clairement."},
		{"", "Problème à résoudre", "Un secret du dossier : trop de courriers."}, {"", "Ce qui est nouveau", "Un petit modèle, sur place."},
		{list, "Thème", "Intelligence artificielle"}, {"", "Début", "01/12/2026"}, {"", "Fin", "01/03/2027"},
	}},
	{"Budget", []field{
		{"", "Libellé, ligne 1", "Prototype"}, {list, "Catégorie, ligne 1", "Développement"}, {"", "Prestataire, ligne 1", "Jeune pousse A"},
		{"", "Hors taxes, ligne 1", "25 000,00"}, {list, "TVA, ligne 1", "20 %"}, {list, "Entreprise innovante, siège en France, ligne 1", "Oui"},
	}},
	{"Financement", []field{
		{"", "Montant demandé", "28 000"}, {"", "Fonds propres", "2 000"}, {"Avez-vous demandé une autre aide", "Non", ""},
	}},
}

// begin starts a draft from the page of the call and stands on its first step.
func begin(who *journeys.Visitor) *journeys.Visitor {
	return who.Open(callPage).Follow("Commencer un dossier").Press("Créer un brouillon").Gets(200).Sees("Votre brouillon est créé")
}

// complete walks the six steps of a draft that was begun, and stands on the
// last; change replaces the values of some labels.
func complete(who *journeys.Visitor, change map[string]string) *journeys.Visitor {
	for i, step := range steps {
		fields := make([]field, len(step.fields))
		for j, f := range step.fields {
			if value, ok := change[f.label]; ok {
				f.value = value
			}
			fields[j] = f
		}
		who.Sees(step.title)
		fill(who, fields...).Press("Enregistrer et continuer").Gets(200)
		if i < len(steps)-1 {
			who.Sees(steps[i+1].title)
		}
	}
	return who.Sees("Relecture et dépôt")
}

// submit hands in the draft whose last step is open, and returns its number.
func submit(who *journeys.Visitor) (number string) {
	who.Choose("", "J’atteste").Choose("", "J’ai le droit de déposer").Choose("", "Si l’aide est accordée").
		Press("Déposer le dossier").Gets(200).At("/dossiers/").Sees("Un accusé de réception vous est envoyé")
	return strings.TrimPrefix(who.Address, "/dossiers/")
}

func TestFromADraftToAnAward(t *testing.T) {
	t.Parallel()
	site := journeys.Start(t)
	visitor := site.Visitor().Open(callPage).Gets(200).Sees("engagés, 3 projets", "119 689,60 €")
	visitor.Choose("Votre organisme est", "un opérateur").Choose("Une équipe de votre organisme", "Oui").Choose("L’essai donne-t-il", "Oui").
		Choose("Au moins 50 %", "Oui").Choose("Acceptez-vous", "Oui").Press("Voir la réponse").Gets(200).Sees("Éligible")

	holder := begin(site.LogIn("porteur@demo.example"))
	first := holder.Address
	draft := strings.TrimSuffix(first, "/eligibilite")

	// A colleague joins by mail, and both write.
	holder.Open(draft+"/collegues").Fill("Adresse électronique du collègue", "agent@demo.example").Choose("Son rôle", "Co-porteur").
		Press("Envoyer l’invitation").Gets(200).Sees("agent@demo.example", "invitation envoyée")
	invitation := site.MailedLink("agent@demo.example", "Invitation à préparer un dossier")
	site.LogIn("citoyenne@demo.example").Open(invitation).Gets(200).Sees("Cette invitation est adressée à une autre adresse")
	site.Visitor().Open(invitation).Gets(401)
	colleague := site.LogIn("agent@demo.example").Open(invitation).Gets(200).Press("Accepter l’invitation").Gets(200).Sees("Vous faites partie de l’équipe")
	colleague.Open(invitation).Gets(404)

	complete(holder.Open(first), nil)
	holder.Open(draft + "/projet").Gets(200)
	colleague.Open(draft+"/projet").Fill("Titre du projet", "Leur titre").Fill("Ce qui est nouveau", "Leur idée, sur place.").Press("Enregistrer").Gets(200).Sees("Étape « Projet » enregistrée")
	holder.Fill("Titre du projet", "Mon titre").Press("Enregistrer").Gets(409).
		Sees("Un collègue vient d’écrire ici", "Rien n’est perdu", "Mon titre", "Leur titre", "« Leur idée, sur place. », changé par")
	if got := holder.Value("Titre du projet"); got != "Mon titre" {
		t.Errorf("after the conflict the form holds %q", got)
	}
	holder.Choose("Titre du projet", "Garder ma version").Press("Enregistrer").Gets(200)
	if title, idea := holder.Value("Titre du projet"), holder.Value("Ce qui est nouveau"); title != "Mon titre" || idea != "Leur idée, sur place." {
		t.Errorf("the choice kept %q and %q", title, idea)
	}

	colleague.Open(draft + "/depot").Gets(200).Sees("Seul le porteur dépose")
	version := holder.Open(draft+"/depot").Find("main form input[name=version]").AttrOr("value", "")
	colleague.Post(draft+"/depot", "version", version, "exact", "oui", "mandate", "oui", "publication", "oui").Gets(403)

	number := submit(holder)
	receipt := site.Mail("porteur@demo.example", "Dossier "+number+" déposé")
	shown := strings.Join(strings.Fields(holder.Find("main code").First().Text()), "")
	holder.Open("/dossiers/" + number + "/contenu.json").Gets(200)
	if sum := sha256.Sum256([]byte(holder.Body)); shown != hex.EncodeToString(sum[:]) || !strings.Contains(receipt.Text, shown) {
		t.Errorf("the receipt shows %s, the content hashes to %x, the mail says:\n%s", shown, sum, receipt.Text)
	}
	colleague.Open(draft + "/projet").At("/dossiers/" + number).Gets(200)

	private := "trop de courriers"
	reviewer := site.LogIn("instructrice@demo.example").Open("/instruction").Follow("Sans instructeur").Sees(number).Follow("Mon titre").Gets(200).Sees(number, private)
	reviewer.Press("Prendre en charge").Gets(200).Sees("Vous instruisez ce dossier").
		Fill("Montant proposé", "27 500").Fill("Avis de l’instruction", "Utile et sobre.").Press("Transmettre pour décision").Gets(200).Sees("La proposition est transmise")
	decider := site.LogIn("decideur@demo.example").Open("/instruction").Sees(number).Follow("Mon titre").Sees(number, "Utile et sobre.", private)
	decider.Fill("Montant accordé", "27 500").Fill("Motif de l’accord", "Bon projet.").Press("Accorder").Gets(200).Sees("Enveloppe disponible après").
		Press("Accorder 27 500 €").Gets(200).Sees("L’aide est accordée")

	holder.Open("/dossiers/"+number).Sees("27 500 €", "Bon projet.").DoesNotSee("Utile et sobre", "Inès")
	site.Mail("porteur@demo.example", "Dossier "+number+" accordé")
	site.Mail("agent@demo.example", "Dossier "+number+" accordé")
	visitor.Open(callPage).Sees("engagés, 4 projets", "147 189,60 €", "Mon titre").DoesNotSee(private, "01 99 00 12 34", "Camille Essai")
	visitor.Open("/financement").Sees("Mon titre", "Un essai de lecture des courriers", "27 500,00 €").DoesNotSee(private)
	site.Found()
	visitor.Open("/recherche?q=secret+du+dossier+courriers").Gets(200).DoesNotSee(private)
	site.Check()
}

func TestOtherEnds(t *testing.T) {
	t.Parallel()
	site := journeys.Start(t)
	reviewer, decider := site.LogIn("instructrice@demo.example"), site.LogIn("decideur@demo.example")
	holder, other := site.LogIn("porteur@demo.example"), site.LogIn("porteuse2@demo.example")

	// 2026-0010 waits for a decision: sent back, proposed again, refused.
	decider.Open("/instruction/2026-0010").Fill("Ce qui manque à la proposition", "Un second devis.").Press("Renvoyer").Gets(200).Sees("renvoyé en instruction")
	reviewer.Open("/instruction/2026-0010").Sees("Un second devis.").
		Fill("Montant proposé", "12 000").Fill("Avis de l’instruction", "Devis reçu.").Press("Transmettre pour décision").Gets(200)
	decider.Open("/instruction/2026-0010").Press("Refuser").Gets(422).Sees("Remplissez ce champ")
	decider.Fill("Motif du refus", "Déjà financé ailleurs.").Press("Refuser").Gets(200).Press("Refuser l’aide").Gets(200).Sees("L’aide est refusée")
	holder.Open("/dossiers/2026-0010").Sees("Refusé", "Déjà financé ailleurs.", "réexaminer le dossier une fois").DoesNotSee("Un second devis.", "Devis reçu.")
	site.Mail("porteur@demo.example", "Décision sur le dossier 2026-0010")

	// 2026-0012 is dropped.
	reviewer.Open("/instruction/2026-0012").Choose("Pourquoi", "Réorienté").Fill("Autre guichet", "Guichet de l’eau").Fill("Motif du classement", "Il relève d’un autre guichet.").
		Press("Classer sans suite").Gets(200).Sees("Guichet de l’eau").Press("Classer sans suite").Gets(200).Sees("est classé sans suite")
	other.Open("/dossiers/2026-0012").Sees("Classé sans suite", "Guichet de l’eau")

	// 2026-0003 is withdrawn while somebody reads it.
	reviewer.Open("/instruction/2026-0003").Gets(200)
	holder.Open("/dossiers/2026-0003").Follow("Retirer le dossier").Fill("Motif", "Nous manquons de temps.").Press("Retirer le dossier").Gets(200).Sees("Le dossier est retiré")
	reviewer.Fill("Montant proposé", "10 000").Fill("Avis de l’instruction", "Un avis longuement pesé.").Press("Transmettre pour décision").Gets(409).
		Sees("Rien n’est perdu", "Un avis longuement pesé.")
	site.Mail("instructrice@demo.example", "Dossier 2026-0003 retiré")
	site.Visitor().Open(callPage).Sees("engagés, 3 projets", "119 689,60 €")
	site.Check()
}

func TestWhoMayKnowOfAnApplication(t *testing.T) {
	t.Parallel()
	site := journeys.Start(t)
	const number, draftOf = "2026-0010", "porteur@demo.example"
	holder := site.LogIn(draftOf).Open("/dossiers").Follow("Préparer une coupure d’eau")
	draft := strings.TrimSuffix(holder.At("/dossiers/brouillons/").Address, "/eligibilite")
	draft = strings.Join(strings.Split(draft, "/")[:4], "/")
	private := []string{"/dossiers/" + number, "/dossiers/" + number + "/contenu.json", "/dossiers/" + number + "/retirer", draft, draft + "/projet", draft + "/depot"}
	desk := []string{"/instruction", "/instruction/" + number, "/instruction/" + number + "/contenu.json"}
	for _, address := range append(append([]string{"/dossiers"}, private...), desk...) {
		site.Visitor().Open(address).Gets(401)
	}
	for _, who := range []string{"citoyenne", "agent", "porteuse2", "moderateur", "admin", "instructrice", "decideur"} {
		stranger := site.LogIn(who + "@demo.example")
		for _, address := range private {
			stranger.Open(address).Gets(404)
		}
		if who == "instructrice" || who == "decideur" {
			continue
		}
		for _, address := range desk {
			stranger.Open(address).Gets(404)
		}
		// A guessed address tells no more than one that does not exist.
		stranger.Open("/compte").Post("/instruction/"+number+"/refuser", "version", "1", "motive-refuse", "Non.").Gets(404)
		known := stranger.Text()
		if stranger.Open("/compte").Post("/instruction/2026-9999/refuser", "version", "1", "motive-refuse", "Non.").Gets(404); stranger.Text() != strings.ReplaceAll(known, number, "2026-9999") {
			t.Errorf("%s can tell a number that exists: %q and %q", who, known, stranger.Text())
		}
	}
	// The administrator makes roles, and reads no application by them.
	admin := site.LogIn("admin@demo.example").Open("/administration").Gets(200)
	if strings.Contains(admin.Body, number) {
		t.Error("the administration shows an application")
	}

	// A decider who joins the applicant's team may not decide any more.
	holder.Open(draft+"/collegues").Fill("Adresse électronique du collègue", "decideur@demo.example").Press("Envoyer l’invitation").Gets(200)
	decider := site.LogIn("decideur@demo.example")
	decider.Open("/instruction/" + number).Gets(200)
	stale := decider.Request("Accorder")
	second := site.LogIn("decideur@demo.example")
	second.Open(site.MailedLink("decideur@demo.example", "Invitation à préparer un dossier")).Press("Accepter l’invitation").Gets(200)
	decider.Send(stale).Gets(403).Sees("Vous appartenez à l’organisme")
	decider.Open("/instruction/" + number).Gets(200).Sees("Vous appartenez à l’organisme qui demande").DoesNotSee("permanences tenues hors de nos murs, dit")
	decider.Open("/instruction/" + number + "/contenu.json").Gets(403)
	site.Visitor().Open(callPage).Sees("engagés, 3 projets")
	site.Check()
}

// A funded project is found where the public list shows it.
func TestAFundedProjectIsFound(t *testing.T) {
	t.Parallel()
	site := journeys.Start(t)
	site.Found()
	page := site.Visitor().Open("/recherche?q=type%3Alaureat")
	if search.AwardsPerPage != funding.AwardsPerPage {
		t.Errorf("search counts %d projects a page, the list %d", search.AwardsPerPage, funding.AwardsPerPage)
	}
	links := page.Find(".row__title a[href^='/financement']")
	if links.Length() == 0 {
		t.Fatal("no funded project is found")
	}
	links.Each(func(_ int, a *goquery.Selection) {
		address, anchor, _ := strings.Cut(a.AttrOr("href", ""), "#")
		if row := site.Visitor().Open(address).Gets(200).Find("#" + anchor); !strings.Contains(row.Text(), strings.TrimSpace(a.Text())) {
			t.Errorf("%s does not lead to %q", a.AttrOr("href", ""), a.Text())
		}
	})
}
