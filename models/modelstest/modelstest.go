// Package modelstest opens stores for tests: real SQLite in a temporary
// folder, with a clock that stands still until it is moved.
package modelstest

import (
	"context"
	"sync"
	"testing"
	"time"

	"passerelle/models"
)

// Start is where a test's clock begins: 24 November 2026, 14:32 in Paris.
var Start = time.Date(2026, 11, 24, 14, 32, 0, 0, models.Paris)

// Clock is a clock that a test moves.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock is a clock that shows at.
func NewClock(at time.Time) *Clock { return &Clock{now: at} }

// Now is what the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Set moves the clock to an instant.
func (c *Clock) Set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = at
}

// Add moves the clock on.
func (c *Clock) Add(d time.Duration) { c.Set(c.Now().Add(d)) }

// Open opens a fresh store that ends with the test, and its clock.
func Open(t testing.TB) (*models.Store, *Clock) {
	t.Helper()
	clock := NewClock(Start)
	store, err := models.Open(context.Background(), models.Settings{Dir: t.TempDir(), Now: clock.Now})
	if err != nil {
		t.Fatalf("open a store: %v", err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Errorf("close the store: %v", err)
		}
	})
	return store, clock
}

// Person adds a confirmed account named name and returns who acts as it.
func Person(t testing.TB, store *models.Store, name string) models.Actor {
	t.Helper()
	var by models.Actor
	err := store.Update(context.Background(), func(ctx context.Context, tx *models.Tx) error {
		return tx.DB.Raw("INSERT INTO accounts (email, name, created_at, confirmed_at) VALUES (?, ?, ?, ?) RETURNING id",
			name+"@example.org", name, tx.Now, tx.Now).Scan(&by.ID).Error
	})
	if err != nil {
		t.Fatalf("add an account: %v", err)
	}
	return by
}

// Grant gives by a role on a scope.
func Grant(t testing.TB, store *models.Store, by models.Actor, role models.Role, scope models.ID) {
	t.Helper()
	err := store.Update(context.Background(), func(ctx context.Context, tx *models.Tx) error {
		return tx.DB.Exec("INSERT INTO roles (account_id, role, scope_id, granted_by, granted_at) VALUES (?, ?, ?, 0, ?)",
			by.ID, role, scope, tx.Now).Error
	})
	if err != nil {
		t.Fatalf("grant %s: %v", role, err)
	}
}
