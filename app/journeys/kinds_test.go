package journeys_test

// kind is a type of page: its name, who sees it, the status that it comes with
// and the way there. Who looks at all kinds has looked at all pages.
type kind struct {
	name   string
	who    string // "" is a visitor, "nouvelle" one who has not confirmed the address
	status int
	way    func(walker)
}

// at goes straight to an address.
func at(address string) func(walker) { return func(w walker) { w.open(address) } }

// pressing goes to an address and presses a button at once.
func pressing(address, button string) func(walker) {
	return func(w walker) { w.open(address); w.press(button) }
}

func kinds(s scene) []kind {
	var all []kind
	for _, part := range [][]kind{publicKinds(), accountKinds(s), forumKinds(s), draftKinds(s), deskKinds(), officeKinds(s)} {
		all = append(all, part...)
	}
	return all
}

func publicKinds() []kind {
	eligible := callPage + "/eligibilite?test=oui&equipe=oui&duree=oui&innovation=oui&publication=oui&porteur="
	return []kind{
		{"accueil", "", 200, at("/")},
		{"laboratoires", "", 200, at("/laboratoires")},
		{"laboratoire", "", 200, at("/laboratoires/ti-lab")},
		{"cas-usage-liste", "", 200, at("/cas-usage")},
		{"cas-usage-filtree", "", 200, at("/cas-usage?labo=ti-lab&region=bretagne")},
		{"cas-usage-aucun", "", 200, at("/cas-usage?labo=lab-o&theme=eau")},
		{"cas-usage", "", 200, at("/cas-usage/limaccueil")},
		{"retour-experience", "", 200, at("/cas-usage/yvelines-teleservices")},
		{"forums", "", 200, at("/forums")},
		{"forum", "", 200, at("/forums/donnees-ouvertes")},
		{"forum-rubrique", "", 200, at("/forums/donnees-ouvertes?rubrique=publication&type=proposition")},
		{"forum-aucun-fil", "", 200, at("/forums/donnees-ouvertes?avant=1-1")},
		{"fil", "", 200, at("/fils/1")},
		{"fil-suite", "", 200, at("/fils/1?page=2")},
		{"journal-moderation", "", 200, at("/moderation/journal")},
		{"financement", "", 200, at("/financement")},
		{"guichet-ouvert", "", 200, at(callPage)},
		{"guichet-clos", "", 200, at("/financement/france-relance")},
		{"eligibilite", "", 200, at(callPage + "/eligibilite")},
		{"eligibilite-erreurs", "", 422, pressing(callPage+"/eligibilite", "Voir la réponse")},
		{"eligibilite-oui", "", 200, at(eligible + "operator")},
		{"eligibilite-a-verifier", "", 200, at(eligible + "other")},
		{"eligibilite-non", "", 200, at(eligible + "company")},
		{"recherche", "", 200, at("/recherche")},
		{"recherche-resultats", "", 200, at("/recherche?q=accueil")},
		{"recherche-aucun", "", 200, at("/recherche?q=zygomatique")},
		{"recherche-filtree", "", 200, at("/recherche?q=accueil&type=discussion&etat=ouvert&tri=recent")},
		{"recherche-faute", "", 200, at("/recherche?q=acceuil+auteur%3Apersonne")},
		{"mentions-legales", "", 200, at("/mentions-legales")},
		{"accessibilite", "", 200, at("/accessibilite")},
		{"donnees-personnelles", "", 200, at("/donnees-personnelles")},
		{"aide", "", 200, at("/aide")},
		{"aide-page", "", 200, at("/aide/ecrire")},
		{"plan-du-site", "", 200, at("/plan-du-site")},
		{"erreur-404", "", 404, at("/cas-usage/cela-n-existe-pas")},
	}
}

func accountKinds(s scene) []kind {
	wrong := func(address, label, value, button string) func(walker) {
		return func(w walker) { w.open(address); w.fill(label, value); w.press(button) }
	}
	return []kind{
		{"connexion", "", 200, at("/connexion")},
		{"connexion-erreur", "", 422, wrong("/connexion", "Adresse électronique", "personne@exemple.fr", "Se connecter")},
		{"inscription", "", 200, at("/inscription")},
		{"inscription-erreurs", "", 422, wrong("/inscription", "Adresse électronique", "marie@", "Créer mon compte")},
		{"inscription-envoyee", "", 200, at("/inscription/confirmation")},
		{"confirmer", "", 200, at(s.confirm)},
		{"lien-mort", "", 404, at("/confirmer?jeton=perdu")},
		{"mot-de-passe-oublie", "", 200, at("/mot-de-passe-oublie")},
		{"mot-de-passe-envoye", "", 200, at("/mot-de-passe-oublie/envoye")},
		{"nouveau-mot-de-passe", "", 200, at(s.reset)},
		{"compte-supprime", "", 200, at("/compte/supprime")},
		{"messages-demonstration", "", 200, at("/demo/mails")},
		{"erreur-401", "", 401, at("/compte")},
		{"compte", "citoyenne", 200, at("/compte")},
		{"compte-a-confirmer", "nouvelle", 200, at("/compte")},
		{"compte-nom", "citoyenne", 200, at("/compte/nom")},
		{"compte-adresse", "citoyenne", 422, wrong("/compte/adresse", "Nouvelle adresse électronique", "ailleurs", "Recevoir le lien")},
		{"compte-mot-de-passe", "citoyenne", 200, at("/compte/mot-de-passe")},
		{"recherches-suivies", "citoyenne", 200, at("/compte/recherches")},
		{"recherche-a-suivre", "citoyenne", 200, at("/recherche?q=accueil")},
		{"compte-supprimer", "citoyenne", 200, at("/compte/supprimer")},
		{"compte-supprimer-impossible", "porteur", 200, at("/compte/supprimer")},
	}
}

func forumKinds(s scene) []kind {
	const forum = "/forums/donnees-ouvertes/nouveau"
	return []kind{
		{"fil-participant", "citoyenne", 200, at("/fils/1?page=2")},
		{"fil-a-confirmer", "nouvelle", 200, at("/fils/1?page=2")},
		{"fil-citation", "citoyenne", 200, func(w walker) { w.open("/fils/1?page=2"); w.follow("Citer") }},
		{"fil-erreur", "citoyenne", 422, pressing("/fils/1?page=2", "Publier")},
		{"fil-apercu", "citoyenne", 200, func(w walker) {
			w.open("/fils/1?page=2")
			w.fill("Votre message", "Un aperçu, **avec** une liste :\n\n- un ;\n- deux.\n")
			w.press("Aperçu")
		}},
		{"nouveau-fil", "citoyenne", 200, at(forum)},
		{"nouveau-fil-erreurs", "citoyenne", 422, pressing(forum, "Ouvrir le fil")},
		{"message-modifier", "citoyenne", 200, at(s.edited + "/modifier")},
		{"message-supprimer", "citoyenne", 200, at(s.edited + "/supprimer")},
		{"message-versions", "", 200, at(s.edited + "/versions")},
		{"erreur-403", "citoyenne", 403, at("/messages/1/masquer")},
		{"fil-moderation", "moderateur", 200, at("/fils/1?page=2")},
		{"fil-clos", "", 200, at("/fils/2")},
		{"fil-clos-moderation", "moderateur", 200, at("/fils/2")},
		{"fil-masque-moderation", "moderateur", 200, at("/fils/3")},
		{"fil-clore", "moderateur", 200, at("/fils/1/fermer")},
		{"fil-masquer", "moderateur", 200, at("/fils/1/masquer")},
		{"message-officiel", "moderateur", 422, pressing("/messages/2/officielle", "En faire une réponse officielle")},
		{"fil-officiel", "", 200, at("/fils/22")},
		{"message-deja-officiel", "moderateur", 200, at("/messages/301/officielle")}, // the demonstration's
		{"message-masquer", "moderateur", 422, pressing("/messages/1/masquer", "Masquer le message")},
	}
}

func draftKinds(s scene) []kind {
	list := []kind{
		{"commencer", "porteur", 200, at(callPage + "/commencer")},
		{"dossiers", "porteur", 200, at("/dossiers")},
		{"dossiers-aucun", "citoyenne", 200, at("/dossiers")},
		{"invitation", "agent", 200, at(s.invitation)},
		{"invitation-autre", "citoyenne", 200, at(s.invitation)},
		{"dossier-suivi", "porteur", 200, at("/dossiers/2026-0003")},
		{"dossier-accorde", "porteur", 200, at("/dossiers/2026-0001")},
		{"dossier-retirer", "porteur", 200, at("/dossiers/2026-0003/retirer")},
		{"brouillon-equipe", "porteur", 200, at(s.team + "/collegues")},
		{"brouillon-supprimer", "porteur", 200, at(s.team + "/supprimer")},
		{"depot-a-completer", "agent", 422, pressing(s.empty+"/depot", "Déposer le dossier")},
		{"depot", "agent", 200, at(s.full + "/depot")},
	}
	for _, step := range []string{"eligibilite", "organisme", "equipe", "projet", "budget", "financement"} {
		list = append(list, kind{"etape-" + step, "agent", 200, at(s.empty + "/" + step)})
		list = append(list, kind{"etape-" + step + "-remplie", "agent", 200, at(s.full + "/" + step)})
		list = append(list, kind{"etape-" + step + "-erreurs", "agent", 422, pressing(s.empty+"/"+step, "Enregistrer et continuer")})
	}
	return list
}

func deskKinds() []kind {
	return []kind{
		{"instruction", "instructrice", 200, at("/instruction?vue=cours")},
		{"instruction-aucun", "instructrice", 200, at("/instruction?vue=cours&q=zygomatique")},
		{"instruction-a-prendre", "instructrice", 200, at("/instruction/2026-0005")},
		{"instruction-a-proposer", "instructrice", 200, at("/instruction/2026-0003")},
		{"instruction-erreurs", "instructrice", 422, func(w walker) {
			w.open("/instruction/2026-0003")
			w.fill("Montant proposé", "beaucoup")
			w.press("Transmettre pour décision")
		}},
		{"instruction-a-decider", "decideur", 200, at("/instruction/2026-0010")},
		{"instruction-a-verifier", "instructrice", 200, at("/instruction/2026-0009")},
		{"instruction-relire", "decideur", 200, func(w walker) {
			w.open("/instruction/2026-0010")
			w.fill("Motif de l’accord", "Un projet précis, et une équipe disponible.")
			w.press("Accorder")
		}},
		{"instruction-decidee", "decideur", 200, at("/instruction/2026-0001")},
	}
}

func officeKinds(s scene) []kind {
	return []kind{
		{"administration", "admin", 200, at("/administration")},
		{"administration-personne", "admin", 200, at(s.person)},
		{"administration-role-erreur", "admin", 422, pressing(s.person, "Donner le rôle")},
		{"administration-journal", "admin", 200, at("/administration/journal")},
		{"administration-aucun", "admin", 200, at("/administration?q=zygomatique")},
	}
}
