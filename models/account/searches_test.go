package account

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"passerelle/models"
)

func TestSavedSearches(t *testing.T) {
	t.Parallel()
	f := open(t)
	marie, jean := f.person("marie@exemple.fr"), f.person("jean@exemple.fr")
	stranger := f.unconfirmed("nouveau@exemple.fr")
	f.want(f.SaveSearch(ctx, models.Actor{}, "q=eau", "eau"), "account.log_in")
	f.want(f.SaveSearch(ctx, stranger, "q=eau", "eau"), "account.unconfirmed")
	f.want(f.SaveSearch(ctx, marie, "q=", ""), "account.no_search")
	f.want(f.SaveSearch(ctx, marie, "q="+strings.Repeat("e", maxQuery), "e"), "account.no_search")
	for range 2 { // pressed twice, saved once
		f.want(f.SaveSearch(ctx, marie, "q=eau", "eau"), "")
	}
	f.want(f.SaveSearch(ctx, jean, "q=eau", "eau"), "")
	for i := range maxSearches - 1 {
		f.want(f.SaveSearch(ctx, marie, fmt.Sprint("q=", i), fmt.Sprint(i)), "")
	}
	f.want(f.SaveSearch(ctx, marie, "q=une+de+trop", "une de trop"), "account.too_many_searches")
	list, err := f.SavedSearches(ctx, marie)
	if err != nil || len(list) != maxSearches {
		t.Fatalf("%d searches, %v", len(list), err)
	}
	first := list[len(list)-1]
	f.want(f.DropSearch(ctx, jean, first.ID), "account.search_gone")
	f.want(f.DropSearch(ctx, marie, first.ID), "")
	f.want(f.DropSearch(ctx, marie, first.ID), "account.search_gone")

	followed, err := f.FollowedSearches(ctx, 0, 100)
	if err != nil || len(followed) != maxSearches {
		t.Errorf("%d followed, %v", len(followed), err)
	}
	f.want(f.Delete(ctx, marie, goodPassword), "")
	if followed, err = f.FollowedSearches(ctx, 0, 100); err != nil || len(followed) != 1 || followed[0].AccountID != jean.ID {
		t.Errorf("after one has left: %v, %v", followed, err)
	}
}

func TestASearchIsToldOfOnce(t *testing.T) {
	t.Parallel()
	f := open(t)
	marie := f.person("marie@exemple.fr")
	f.want(f.SaveSearch(ctx, marie, "q=eau", "eau"), "")
	list, err := f.SavedSearches(ctx, marie)
	if err != nil {
		t.Fatal(err)
	}
	told := func(until models.Time) (fresh bool) {
		err := f.store.Update(ctx, func(ctx context.Context, tx *models.Tx) (err error) {
			fresh, err = Told(ctx, tx, list[0].ID, until)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return fresh
	}
	later := models.At(f.store.Now().Add(time.Hour))
	if !told(later) || told(later) || told(f.store.Now()) {
		t.Error("the same is told of twice")
	}
}
