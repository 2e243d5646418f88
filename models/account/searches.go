package account

import (
	"context"
	"fmt"
	"unicode/utf8"

	"gorm.io/gorm"

	"passerelle/models"
)

// maxSearches is how many searches one person follows: each costs a search a day.
const maxSearches = 20

// maxQuery is how long the address of a saved search may be, in bytes.
const maxQuery = 8000

// Why a search is not saved.
var (
	ErrTooManySearches = models.Refuse(models.Conflict, "account.too_many_searches")
	ErrNoSearch        = models.Refuse(models.Invalid, "account.no_search")
	ErrSearchGone      = models.Refuse(models.NotFound, "account.search_gone")
)

// SavedSearch is a search that somebody follows by mail.
type SavedSearch struct {
	ID        models.ID
	AccountID models.ID
	Query     string // of the address of its page
	Words     string // as typed
	CreatedAt models.Time
	ToldAt    models.Time // date of the newest thing that was told of
}

// TableName is the table of saved searches.
func (SavedSearch) TableName() string { return "saved_searches" }

// SaveSearch has who acts told by mail of what a search finds from now on.
// Saving it again changes nothing. Refuses ErrNoSearch, ErrTooManySearches and
// who may not write.
func (a *Accounts) SaveSearch(ctx context.Context, by models.Actor, query, words string) error {
	if words == "" || len(query) > maxQuery || !utf8.ValidString(query+words) {
		return ErrNoSearch
	}
	return a.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		if err := tx.MayWrite(ctx, by); err != nil {
			return err
		}
		known, err := gorm.G[SavedSearch](tx.DB).Where("account_id = ?", by.ID).Find(ctx)
		if err != nil {
			return fmt.Errorf("read saved searches: %w", err)
		}
		for _, s := range known {
			if s.Query == query {
				return nil
			}
		}
		if len(known) >= maxSearches {
			return ErrTooManySearches
		}
		s := SavedSearch{AccountID: by.ID, Query: query, Words: words, CreatedAt: tx.Now, ToldAt: tx.Now}
		if err := gorm.G[SavedSearch](tx.DB).Create(ctx, &s); err != nil {
			return fmt.Errorf("save a search: %w", err)
		}
		return tx.Record(ctx, by, "search.saved", s.ID, about(by.ID))
	})
}

// SavedSearches are those of who acts, the newest first.
func (a *Accounts) SavedSearches(ctx context.Context, by models.Actor) (list []SavedSearch, err error) {
	err = a.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		if list, err = gorm.G[SavedSearch](tx.DB).Where("account_id = ?", by.ID).Order("id DESC").Find(ctx); err != nil {
			return fmt.Errorf("read saved searches: %w", err)
		}
		return nil
	})
	return list, err
}

// DropSearch ends a saved search of who acts; somebody else's is not
// there. Refuses ErrSearchGone.
func (a *Accounts) DropSearch(ctx context.Context, by models.Actor, id models.ID) error {
	return a.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		n, err := gorm.G[SavedSearch](tx.DB).Where("id = ? AND account_id = ?", id, by.ID).Delete(ctx)
		if err != nil {
			return fmt.Errorf("drop a search: %w", err)
		}
		if n == 0 {
			return ErrSearchGone
		}
		return tx.Record(ctx, by, "search.dropped", id, about(by.ID))
	})
}

// FollowedSearches are those of confirmed people after an id, by id.
func (a *Accounts) FollowedSearches(ctx context.Context, after models.ID, limit int) (list []SavedSearch, err error) {
	err = a.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		list, err = gorm.G[SavedSearch](tx.DB).Raw(`
			SELECT s.* FROM saved_searches s JOIN accounts a ON a.id = s.account_id
			 WHERE s.id > ? AND a.confirmed_at IS NOT NULL AND a.deleted_at IS NULL ORDER BY s.id LIMIT ?`, after, limit).Find(ctx)
		if err != nil {
			return fmt.Errorf("read followed searches: %w", err)
		}
		return nil
	})
	return list, err
}

// Told notes up to which date a saved search was told of, in the transaction
// that writes the mail. It tells false when the search is no more, or was told
// of so far already.
func Told(ctx context.Context, tx *models.Tx, id models.ID, until models.Time) (bool, error) {
	n, err := gorm.G[SavedSearch](tx.DB).Where("id = ? AND told_at < ?", id, until).Update(ctx, "told_at", until)
	if err != nil {
		return false, fmt.Errorf("note what a search told: %w", err)
	}
	return n > 0, nil
}
