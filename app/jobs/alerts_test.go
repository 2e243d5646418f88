package jobs

import (
	"context"
	"strings"
	"testing"
	"time"

	"passerelle/models"
	"passerelle/search"
)

// shelf answers every search with what stands on it.
type shelf struct {
	hits  []search.Hit
	asked []search.Query
	err   error
}

func (s *shelf) Find(_ context.Context, q search.Query) (search.Found, error) {
	s.asked = append(s.asked, q)
	return search.Found{Hits: s.hits}, s.err
}

func (s *shelf) add(id models.ID, title string, at models.Time) {
	h := search.Hit{Type: search.Thread, ID: id, Slug: "fil", Title: []search.Piece{{Text: title}}, Date: at}
	s.hits = append([]search.Hit{h}, s.hits...)
}

func TestFollowedSearchesAreTold(t *testing.T) {
	t.Parallel()
	f := open(t, nil)
	found := &shelf{}
	f.Search = found
	f.register("marie@exemple.fr")
	f.confirm("marie@exemple.fr")
	marie := models.Actor{ID: models.ID(f.count("SELECT id FROM accounts"))}
	found.add(1, "Un vieux fil", models.At(f.clock.Now()))
	if err := f.accounts.SaveSearch(ctx, marie, "q=eau&type=discussion", "eau"); err != nil {
		t.Fatal(err)
	}
	alerts := func() []Mail {
		if err := f.alerts(ctx); err != nil {
			t.Fatal(err)
		}
		return f.outbox("template = 'search_alert'")
	}
	if all := alerts(); len(all) != 0 {
		t.Fatalf("told of what was there before: %v", all)
	}
	f.clock.Add(time.Hour)
	found.add(2, "Fuites d’eau https://ailleurs.example", models.At(f.clock.Now()))
	for range 3 { // once a thing
		if all := alerts(); len(all) != 1 {
			t.Fatalf("%d mails", len(all))
		}
	}
	m := f.outbox("template = 'search_alert'")[0]
	for _, part := range []string{"Fuites d’eau", "https://passerelle.example/fils/2-fil", "https://passerelle.example/recherche?q=eau&type=discussion", "/compte/recherches"} {
		if !strings.Contains(m.Body, part) {
			t.Errorf("the mail lacks %q:\n%s", part, m.Body)
		}
	}
	if strings.Contains(m.Body, "ailleurs.example") || strings.Contains(m.Body, "Un vieux fil") || m.Recipient != "marie@exemple.fr" {
		t.Errorf("to %s:\n%s", m.Recipient, m.Body)
	}
	if q := found.asked[0]; q.Text != "eau" || len(q.Types) != 1 || !q.Newest {
		t.Errorf("asked %+v", q)
	}

	// A filter whose laboratory is gone finds nothing, and stops nobody else's mail.
	found.err = search.ErrUnknownFilter
	if all := alerts(); len(all) != 1 {
		t.Errorf("%d mails", len(all))
	}
}
