package jobs

import (
	"context"
	"fmt"
	"net/url"

	"passerelle/app/ui"
	"passerelle/models"
	"passerelle/models/account"
	"passerelle/search"
)

// Finder finds what is public.
type Finder interface {
	Find(ctx context.Context, q search.Query) (search.Found, error)
}

// toldAtOnce is how many things one mail of a followed search names.
const toldAtOnce = 10

// alerts tells those who follow a search of what it newly finds.
func (j *Jobs) alerts(ctx context.Context) error {
	if j.Search == nil {
		return nil
	}
	for after := models.ID(0); ; {
		list, err := j.accounts.FollowedSearches(ctx, after, 100)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, s := range list {
			after = s.ID
			if err := j.alert(ctx, s); err != nil {
				return err
			}
		}
	}
}

func (j *Jobs) alert(ctx context.Context, s account.SavedSearch) error {
	values, err := url.ParseQuery(s.Query)
	if err != nil {
		return fmt.Errorf("read saved search %d: %w", s.ID, err)
	}
	q, err := search.ReadQuery(values)
	if err == nil {
		q.Newest, q.Page, q.After = true, 1, ""
		var found search.Found
		if found, err = j.Search.Find(ctx, q); err == nil && !found.Rebuilding && !found.Relaxed {
			return j.tell(ctx, s, newer(found.Hits, s.ToldAt))
		}
	}
	if gone(err) { // a laboratory or forum of its filters is no more: it finds nothing
		return nil
	}
	return err
}

// newer are the hits after a date.
func newer(hits []search.Hit, since models.Time) []search.Hit {
	var list []search.Hit
	for _, h := range hits {
		if h.Date.After(since.Time) {
			list = append(list, h)
		}
	}
	return list
}

// tell writes the mail and notes how far it tells, both or none.
func (j *Jobs) tell(ctx context.Context, s account.SavedSearch, hits []search.Hit) error {
	if len(hits) == 0 {
		return nil
	}
	until := s.ToldAt
	for _, h := range hits {
		if h.Date.After(until.Time) {
			until = h.Date
		}
	}
	wrote := false
	err := j.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		told, err := account.Told(ctx, tx, s.ID, until)
		if err != nil || !told {
			return err
		}
		who, err := account.Find(ctx, tx, s.AccountID)
		if err != nil {
			return err
		}
		w := &writer{ctx: ctx, tx: tx, jobs: j}
		wrote = true
		return w.write(w.alert(who, s, hits))
	})
	if err == nil && wrote {
		j.wake()
	}
	return err
}

func (w *writer) alert(who account.Account, s account.SavedSearch, hits []search.Hit) letter {
	text := []string{"Voici ce qui est paru depuis la dernière fois sur votre recherche « " + plainWords(s.Words) + " » :"}
	for _, h := range hits[:min(len(hits), toldAtOnce)] {
		text = append(text, plainWords(search.Plain(h.Title))+"\n"+w.link(h.Address(), ""))
	}
	if len(hits) > toldAtOnce {
		text = append(text, "La suite se lit sur la page de la recherche.")
	}
	text = append(text,
		"Toute la recherche :\n"+w.jobs.base+"/recherche?"+s.Query,
		"Vous recevez ce courriel, une fois par jour au plus, parce que vous suivez cette recherche. Pour arrêter :\n"+w.link("/compte/recherches", ""))
	return letter{
		template: "search_alert", account: who.ID, to: who.Email, name: who.Name, owed: true,
		subject: "Votre recherche : " + ui.Count(len(hits), "nouveauté", "nouveautés"), text: text,
	}
}
