package journeys_test

import (
	"strings"
	"testing"

	"passerelle/app/journeys"
)

// write answers in the first thread and returns the address of the answer.
func write(who *journeys.Visitor, text string) string {
	return who.Open("/fils/1").Fill("Votre message", text).Press("Publier").Gets(200).Sees("Votre message est publié").Address
}

func TestModeration(t *testing.T) {
	t.Parallel()
	site := journeys.Start(t)
	author, moderator, visitor := site.LogIn("citoyenne@demo.example"), site.LogIn("moderateur@demo.example"), site.Visitor()
	const insult, reason = "Une injure abracadabrante", "Injure envers une personne"
	mine := write(author, insult+", que personne ne doit lire.")
	site.Found()
	searches := []string{"/recherche?q=abracadabrante"}
	everywhere := append(append([]string{mine}, searches...), pagesAbout...)
	if where := reads(site, insult, mine, "/fils/1.atom", searches[0]); len(where) != 3 {
		t.Fatalf("the text stands only at %q: this test looks at the wrong pages", where)
	}

	page := strings.Split(mine, "#")[0]
	hide := hidingLink(t, moderator.Open(page), "m25")
	moderator.Open(hide).Gets(200).Sees(insult).Press("Masquer le message").Gets(422).Sees("Remplissez ce champ")
	moderator.Fill("Motif", reason).Press("Masquer le message").Gets(200).Sees("Le message est masqué")
	site.Found()
	if where := reads(site, insult, everywhere...); len(where) > 0 {
		t.Errorf("the hidden text still stands at %q", where)
	}
	visitor.Open(page).Sees("Message masqué par la modération", "Motif : "+reason).DoesNotSee("Rétablir")
	site.LogIn("agent@demo.example").Open(page).DoesNotSee(insult)
	author.Open(page).Sees(insult, "Votre message a été masqué", "Contester une décision de la modération")
	author.Open(strings.Replace(hide, "masquer", "modifier", 1)).Gets(409).Sees("ni modifié, ni supprimé")
	author.Open(strings.Replace(hide, "masquer", "supprimer", 1)).Gets(409).Sees("ni modifié, ni supprimé")
	if told := site.Mail("citoyenne@demo.example", "Votre message est masqué"); !strings.Contains(told.Text, reason) {
		t.Errorf("the author is not told why: %q", told.Text)
	}

	// The log is public and names nobody.
	visitor.Open("/moderation/journal").Sees("Message masqué", reason).DoesNotSee(insult)
	for _, name := range namesOf(site, "citoyenne", "moderateur") {
		visitor.DoesNotSee(name)
	}
	moderator.Open(page).Press("Rétablir").Gets(200).Sees("Le message est rétabli")
	site.Found()
	if where := reads(site, insult, page, searches[0], "/fils/1.atom"); len(where) != 3 {
		t.Errorf("the restored text stands only at %q", where)
	}

	// Pin, lock.
	moderator.Open(page).Press("Épingler").Gets(200).Sees("Le fil est épinglé")
	visitor.Open("/forums/donnees-ouvertes").Sees("Épinglé")
	author.Open(page).Gets(200)
	moderator.Follow("Clore le fil").Fill("Motif", "Le débat a eu lieu").Press("Clore le fil").Gets(200).Sees("Le fil est clos")
	author.Fill("Votre message", "Un texte écrit pendant ce temps.").Press("Publier").Gets(409).Sees("Ce fil est clos", "Un texte écrit pendant ce temps.")
	moderator.Post("/fils/1/messages", "body", "Même la modération.").Gets(409)
	visitor.Open(page).Sees("Clos", "Ce fil est clos").DoesNotSee("Connectez-vous pour répondre")
	visitor.Open("/moderation/journal").Sees("Fil clos", "Le débat a eu lieu")
	moderator.Open(page).Press("Rouvrir le fil").Press("Ne plus épingler").Gets(200)

	// A whole thread.
	const title = "Publier un jeu de données quand on est trois à la mairie"
	site.Found()
	about := []string{"/forums", "/forums/donnees-ouvertes", "/forums/donnees-ouvertes.atom", "/recherche?q=mairie", "/moderation/journal"}
	if where := reads(site, title, about...); len(where) < 4 {
		t.Fatalf("the thread stands only at %q", where)
	}
	moderator.Open(page).Follow("Masquer le fil").Fill("Motif", "Hors sujet").Press("Masquer le fil").Gets(200).Sees("Ce fil est masqué par la modération")
	site.Found()
	if where := reads(site, title, append(about, "/", "/sitemap.xml", "/plan-du-site")...); len(where) > 0 {
		t.Errorf("the hidden thread still stands at %q", where)
	}
	for _, gone := range []string{page, "/fils/1", "/fils/1.atom", "/messages/1", "/messages/1/versions"} {
		visitor.Open(gone).Gets(404)
		author.Open(gone).Gets(404)
	}
	moderator.Open(page).Press("Rétablir le fil").Gets(200).Sees("Le fil est rétabli")
	visitor.Open(page).Gets(200)
	site.Found()
	site.Check()
}

// hidingLink is where the post with an anchor is hidden.
func hidingLink(t *testing.T, moderator *journeys.Visitor, anchor string) string {
	t.Helper()
	link, ok := moderator.Find("#" + anchor + " a[href$='/masquer']").Attr("href")
	if !ok {
		t.Fatalf("%s: no link hides %s", moderator.Address, anchor)
	}
	return link
}

// namesOf are the names that demonstration accounts show.
func namesOf(site *journeys.Site, accounts ...string) (names []string) {
	for _, one := range accounts {
		names = append(names, site.LogIn(one+"@demo.example").Open("/compte/nom").Value("Nom affiché"))
	}
	return names
}

func TestOnlyModeratorsModerate(t *testing.T) {
	t.Parallel()
	site := journeys.Start(t)
	for _, who := range []string{"citoyenne", "agent", "instructrice", "admin"} {
		person := site.LogIn(who + "@demo.example")
		for _, address := range []string{"/messages/1/masquer", "/messages/2/officielle", "/fils/1/fermer", "/fils/1/masquer"} {
			person.Open(address).Gets(403)
		}
		head := site.Service.Store.Head()
		for _, act := range []string{"/messages/1/masquer", "/messages/1/retablir", "/messages/2/officielle", "/messages/301/personnelle", "/fils/1/fermer", "/fils/1/rouvrir", "/fils/1/epingler", "/fils/1/desepingler", "/fils/1/masquer", "/fils/1/retablir"} {
			person.Open("/compte").Post(act, "reason", "Un motif").Gets(403)
		}
		for _, act := range []string{"/messages/1/modifier", "/messages/1/supprimer"} {
			person.Open("/compte").Post(act, "body", "À sa place.", "version", "1").Gets(403)
		}
		if now := site.Service.Store.Head(); now != head {
			t.Errorf("%s wrote changes %d to %d", who, head+1, now)
		}
	}
	site.Visitor().Open("/messages/1/masquer").Gets(401)
}
