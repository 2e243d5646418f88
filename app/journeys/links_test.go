package journeys_test

import (
	"testing"

	"passerelle/app/api/links"
	"passerelle/app/journeys"
)

// TestEveryLinkLeadsSomewhere follows each link of each page that a person can
// reach, from the home page on: a link is shown only when its page exists.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	t.Parallel()
	site := journeys.Start(t)
	site.Found()
	for _, who := range []string{"", "citoyenne", "porteur", "instructrice", "decideur", "moderateur", "admin"} {
		t.Run("as "+who, func(t *testing.T) {
			visitor := site.Visitor()
			if who != "" {
				visitor = site.LogIn(who + "@demo.example")
			}
			broken, read, err := links.Follow(func(address string) (links.Answer, error) {
				visitor.Open(address)
				return links.Answer{Status: visitor.Status, Type: visitor.Header.Get("Content-Type"), Body: visitor.Body}, nil
			}, "/")
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
