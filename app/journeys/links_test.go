package journeys_test

import (
	"testing"

	"passerelle/app/api/links"
	"passerelle/app/journeys"
)

// TestEveryLinkLeadsSomewhere follows each link of each page that a person can
// reach, from the home page on: a link is shown only when its page exists. On
// the way it looks for what nobody may read: a hidden text, the name and
// address of somebody who left.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	t.Parallel()
	site := journeys.Start(t)
	marie := join(t, site, newcomerName, newcomer)
	marie.Open("/forums/commande-publique/nouveau").Choose("Vous ouvrez", "Discussion").Fill("Titre", "Un fil de quelqu’un qui part").
		Fill("Premier message", "Je signe, puis je pars.").Press("Ouvrir le fil").Gets(200)
	const hidden = "Une phrase que la modération a masquée"
	write(marie, hidden+".")
	marie.Open("/compte/supprimer").Fill("Mot de passe actuel", password).Press("Supprimer définitivement mon compte").Gets(200)
	moderator := site.LogIn("moderateur@demo.example")
	moderator.Open(hidingLink(t, moderator.Open("/fils/1?page=2"), "m25")).Fill("Motif", "Publicité").Press("Masquer le message").Gets(200)
	site.Found()

	// Where a walk begins: feeds and the map are read too.
	from := []string{"/", "/sitemap.xml", "/robots.txt", "/cas-usage.atom", "/fils/1.atom", "/forums/commande-publique.atom", "/laboratoires/ti-lab.atom"}
	for _, who := range []string{"", "citoyenne", "porteur", "instructrice", "decideur", "moderateur", "admin"} {
		t.Run("as "+who, func(t *testing.T) {
			t.Parallel()
			visitor := site.Visitor()
			if who != "" {
				visitor = site.LogIn(who + "@demo.example")
			}
			secrets := []string{newcomerName, newcomer, hidden}
			if who == "moderateur" {
				secrets = secrets[:2]
			}
			broken, read, err := links.Follow(func(address string) (links.Answer, error) {
				visitor.Open(address)
				for _, secret := range secrets {
					if visitor.Holds(secret) && address != "/demo/mails" {
						t.Errorf("%s reads %q", address, secret)
					}
				}
				return links.Answer{Status: visitor.Status, Type: visitor.Header.Get("Content-Type"), Body: visitor.Body}, nil
			}, from...)
			if err != nil {
				t.Error(err)
			}
			for _, link := range broken {
				t.Error(link)
			}
			if len(read) < 100 {
				t.Errorf("only %d addresses were read", len(read))
			}
		})
	}
}
