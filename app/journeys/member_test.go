package journeys_test

import (
	"strings"
	"testing"
	"time"

	"passerelle/app/journeys"
)

const (
	newcomer      = "marie.newcomer@exemple.fr"
	newcomerName  = "Marie Quatremère"
	password      = "tortue grimpe prudemment"
	otherPassword = "nuage violet sous la table"
)

// join opens an account for somebody new, confirmed and logged in.
func join(t *testing.T, site *journeys.Site, name, address string) *journeys.Visitor {
	t.Helper()
	who := register(t, site, name, address)
	who.Open(site.MailedLink(address, "Confirmez votre adresse")).Press("Confirmer mon adresse").Sees("Votre adresse est confirmée")
	return who
}

// register opens an account and logs in; the address is not confirmed.
func register(t *testing.T, site *journeys.Site, name, address string) *journeys.Visitor {
	t.Helper()
	who := site.Visitor().Open("/").Follow("Se connecter").Follow("Créer un compte").
		Fill("Nom affiché", name).Fill("Adresse électronique", address).Fill("Mot de passe", password).
		Press("Créer mon compte").Gets(200).Sees("Consultez votre messagerie")
	return who.Open("/connexion").Fill("Adresse électronique", address).Fill("Mot de passe", password).Press("Se connecter").Sees("Vous êtes connecté")
}

func TestFromRegistrationToADebate(t *testing.T) {
	t.Parallel()
	site := journeys.Start(t)
	marie := register(t, site, newcomerName, newcomer)

	// Before the address is confirmed one reads, and is helped to write.
	const thread = "/fils/1"
	marie.Open(thread).Gets(200).Sees("Confirmez d’abord votre adresse")
	marie.Open("/forums/donnees-ouvertes/nouveau").Gets(403).Sees("Confirmez d’abord votre adresse", "Mon compte")
	head := site.Service.Store.Head()
	marie.Open("/compte").Post("/fils/1/messages", "body", "Un message que je tiens à garder.").Gets(403).
		Sees("Confirmez d’abord votre adresse", "Un message que je tiens à garder.")
	if now := site.Service.Store.Head(); now != head {
		t.Errorf("a refused post wrote changes %d to %d", head+1, now)
	}

	link := site.MailedLink(newcomer, "Confirmez votre adresse")
	marie.Open(link).Gets(200).Sees(newcomerName, newcomer) // opening confirms nothing: mail readers do it
	marie.Open("/compte").Sees("pas encore confirmée")
	marie.Open(link).Press("Confirmer mon adresse").Sees("Votre adresse est confirmée")
	marie.Open(link).Gets(409).Sees("Ce lien a déjà servi")

	// Open a thread, look at it first, publish, correct.
	marie.Open("/forums").Follow("Données et transparence").Follow("Ouvrir un fil").
		Choose("Vous ouvrez", "Proposition").Select("Rubrique", "Publier et tenir à jour").
		Fill("Titre", "Un calendrier des publications").Fill("Premier message", "Annoncer **quand** chaque jeu sera rafrichi.").
		Press("Aperçu").Gets(200).Sees("Aperçu, pas encore publié", "Annoncer quand chaque jeu")
	site.Visitor().Open("/forums/donnees-ouvertes").DoesNotSee("Un calendrier des publications")
	marie.Press("Ouvrir le fil").Gets(200).At("/fils/").Sees("Votre fil est ouvert", "Un calendrier des publications", "Proposition", newcomerName)
	opened := marie.Address
	site.Clock.Add(time.Hour)
	marie.Follow("Modifier").Fill("Votre message", "Annoncer **quand** chaque jeu sera rafraîchi, par exemple le trimestre des aubépines.").
		Press("Enregistrer").Gets(200).Sees("Votre message est modifié", "modifié le 24 novembre 2026 à 15 h 32")

	// Anybody finds it by its words, reads it and the trace of the correction.
	site.Found()
	reader := site.Visitor().Open("/recherche?q=aub%C3%A9pines").Gets(200).Sees("Un calendrier des publications")
	reader.Follow("Un calendrier des publications").Gets(200).At(opened).Sees("le trimestre des aubépines", newcomerName)
	reader.Follow("modifié le").Gets(200).Sees("Première version", "sera rafrichi.")

	// Another person answers, quoting.
	karim := site.LogIn("citoyenne@demo.example")
	karim.Open(opened).Follow("Citer").Gets(200)
	quote := karim.Value("Votre message")
	if !strings.Contains(quote, "> Annoncer **quand** chaque jeu") {
		t.Errorf("the composer holds %q", quote)
	}
	karim.Fill("Votre message", quote+"\n\nD’accord avec le trimestre.").Press("Publier").Gets(200).Sees("Votre message est publié", "2 messages")
	reader.Open("/forums/donnees-ouvertes").Gets(200).Sees("Un calendrier des publications", "2 messages")
	if !reader.Open("/forums/donnees-ouvertes.atom").Gets(200).Reads("Un calendrier des publications") {
		t.Error("the feed of the forum lacks the thread")
	}
	site.Found()
	site.Check()
}

func TestForgottenPasswordClosesSessions(t *testing.T) {
	t.Parallel()
	site := journeys.Start(t)
	elsewhere := join(t, site, newcomerName, newcomer)
	marie := site.Visitor().Open("/connexion").Follow("Mot de passe oublié").Fill("Adresse électronique", newcomer).Press("Recevoir le lien").Gets(200)
	link := site.MailedLink(newcomer, "Choisissez un nouveau mot de passe")
	marie.Open(link).Gets(200).Fill("Nouveau mot de passe", "court").Press("Changer mon mot de passe").Gets(422).Sees("au moins 12 caractères")
	marie.Fill("Nouveau mot de passe", otherPassword).Press("Changer mon mot de passe").Gets(200).Sees("Votre mot de passe est changé")
	elsewhere.Open("/compte").Gets(401)
	marie.Open(link).Gets(409)
	marie.Open("/connexion").Fill("Adresse électronique", newcomer).Fill("Mot de passe", password).Press("Se connecter").Gets(422)
	marie.Fill("Mot de passe", otherPassword).Press("Se connecter").Gets(200).Sees("Vous êtes connecté")

	// A link that nobody used in time.
	site.Visitor().Open("/mot-de-passe-oublie").Fill("Adresse électronique", "citoyenne@demo.example").Press("Recevoir le lien")
	late := site.MailedLink("citoyenne@demo.example", "Choisissez un nouveau mot de passe")
	site.Clock.Add(25 * time.Hour)
	site.Visitor().Open(late).Gets(404).Sees("Ce lien n’est pas valable, ou il a expiré")
}

func TestChangeOfAddressAndSessions(t *testing.T) {
	t.Parallel()
	site := journeys.Start(t)
	marie := join(t, site, newcomerName, newcomer)
	const moved = "marie.ailleurs@exemple.fr"
	marie.Open("/compte").Follow("Changer d’adresse").Fill("Nouvelle adresse électronique", moved).Fill("Mot de passe actuel", password).
		Press("Recevoir le lien").Gets(200).Sees("Changement d’adresse en attente", newcomer)
	if told := site.Mail(newcomer, "Changement d’adresse demandé"); strings.Contains(told.Text, "jeton=") {
		t.Error("the mail to the former address carries a token")
	}
	marie.Open(site.MailedLink(moved, "Confirmez votre nouvelle adresse")).Press("Confirmer mon adresse").Sees("Votre nouvelle adresse est confirmée").DoesNotSee(newcomer)
	log := func(address string) *journeys.Visitor {
		return site.Visitor().Open("/connexion").Fill("Adresse électronique", address).Fill("Mot de passe", password).Press("Se connecter")
	}
	log(newcomer).Gets(422)
	phone := log(moved).Gets(200).Sees("Vous êtes connecté")
	marie.Open("/compte").Press("Fermer toutes les autres sessions").Gets(200).Sees("Vos autres sessions sont fermées")
	phone.Open("/compte").Gets(401)
	marie.Open("/compte").Gets(200)
	marie.Press("Se déconnecter").Gets(200)
	marie.Open("/compte").Gets(401)
}

// pagesAbout are where a post of the first thread, its author and its forum may
// be read.
var pagesAbout = []string{
	"/", "/forums", "/forums/donnees-ouvertes", "/fils/1?page=2", "/forums/donnees-ouvertes.atom", "/fils/1.atom", "/moderation/journal",
	"/sitemap.xml", "/plan-du-site",
}

// reads tells which of the pages hold a text, as a visitor sees them.
func reads(site *journeys.Site, text string, pages ...string) (where []string) {
	visitor := site.Visitor()
	for _, address := range pages {
		if visitor.Open(address).Gets(200).Reads(text) {
			where = append(where, address)
		}
	}
	return where
}

func TestLeaving(t *testing.T) {
	t.Parallel()
	site := journeys.Start(t)
	marie := join(t, site, newcomerName, newcomer)
	marie.Open("/fils/1").Fill("Votre message", "Je signe un message mirobolant.").Press("Publier").Gets(200)
	mine := marie.Address
	marie.Follow("Modifier").Fill("Votre message", "Je signe un message fort mirobolant.").Press("Enregistrer").Gets(200)
	changes := marie.Link("modifié le")
	site.Found()
	// A colleague's file that names the person, and a draft of one's own.
	marie.Open("/financement/demonstration/commencer").Press("Créer un brouillon").Gets(200)
	draft := marie.Address
	pages := append([]string{mine, changes, "/recherche?q=mirobolant"}, pagesAbout...)
	if where := reads(site, newcomerName, pages...); len(where) < 4 {
		t.Fatalf("the name stands only at %q: this test looks at the wrong pages", where)
	}

	marie.Open("/compte").Follow("Supprimer mon compte").Fill("Mot de passe actuel", "je ne sais plus bien").Press("Supprimer définitivement mon compte").Gets(422)
	marie.Fill("Mot de passe actuel", password).Press("Supprimer définitivement mon compte").Gets(200).Sees("Votre compte est supprimé")
	site.Found()
	if where := reads(site, newcomerName, pages...); len(where) > 0 {
		t.Errorf("the name of a deleted account still stands at %q", where)
	}
	site.Visitor().Open(mine).Sees("Compte supprimé", "fort mirobolant")
	if where := reads(site, "Compte supprimé", "/fils/1.atom", changes); len(where) != 2 {
		t.Errorf("a deleted account signs only at %q", where)
	}
	admin := site.LogIn("admin@demo.example")
	for _, private := range []string{"/administration", "/administration?q=marie", "/administration/journal"} {
		if admin.Open(private).Gets(200); admin.Reads(newcomerName) || admin.Reads(newcomer) {
			t.Errorf("%s still names a deleted account", private)
		}
	}
	site.LogIn("porteur@demo.example").Open(draft).Gets(404)
	marie.Open("/compte").Gets(401)
	marie.Open("/connexion").Fill("Adresse électronique", newcomer).Fill("Mot de passe", password).Press("Se connecter").Gets(422)
	site.Check()

	site.LogIn("porteur@demo.example").Open("/compte/supprimer").Gets(200).Sees("Vous portez un dossier qui attend une décision")
}

func TestASearchIsFollowed(t *testing.T) {
	t.Parallel()
	site := journeys.Start(t)
	site.Found()
	who := site.LogIn("citoyenne@demo.example")
	who.Open("/recherche?q=cantine&type=discussion&page=1").Press("Suivre cette recherche").Gets(200)
	who.Open("/compte/recherches").Sees("« cantine »", "Suivie depuis le 24 novembre 2026, avec des filtres")
	who.Press("Ne plus suivre").Gets(200)
	who.Open("/compte/recherches").Sees("Vous ne suivez aucune recherche")
	site.Visitor().Open("/compte/recherches").Gets(401)
}
