package account

import (
	"context"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"passerelle/models"
)

// OpenSession is one line of a person's list of sessions.
type OpenSession struct {
	ID        models.ID   `gorm:"column:id"`
	Agent     string      `gorm:"column:agent"`
	CreatedAt models.Time `gorm:"column:created_at"`
	SeenAt    models.Time `gorm:"column:seen_at"`
}

// Sessions lists where a person is logged in, the last used first.
func (a *Accounts) Sessions(ctx context.Context, by models.Actor) ([]OpenSession, error) {
	var list []OpenSession
	err := a.store.View(ctx, func(ctx context.Context, tx *models.Tx) (err error) {
		list, err = gorm.G[OpenSession](tx.DB).Raw(`
			SELECT id, agent, created_at, seen_at
			  FROM sessions
			 WHERE account_id = ? AND expires_at > ?
			 ORDER BY seen_at DESC, id DESC LIMIT 100`, by.ID, tx.Now).Find(ctx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", err)
	}
	return list, nil
}

// CloseSession ends one session of who acts. One that ended already, or is
// somebody else's, is left as it is.
func (a *Accounts) CloseSession(ctx context.Context, by models.Actor, id models.ID) error {
	return a.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		n, err := gorm.G[session](tx.DB).Where("id = ? AND account_id = ?", id, by.ID).Delete(ctx)
		if err != nil {
			return fmt.Errorf("close a session: %w", err)
		}
		if n == 0 {
			return nil
		}
		return tx.Record(ctx, by, "session.closed", id, about(by.ID))
	})
}

// CloseOtherSessions ends every session of who acts but the one in use.
func (a *Accounts) CloseOtherSessions(ctx context.Context, by models.Actor, keep models.ID) error {
	return a.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		return closeSessions(ctx, tx, by, by.ID, keep)
	})
}

// closeSessions ends the sessions of an account but one (zero: none is kept).
func closeSessions(ctx context.Context, tx *models.Tx, by models.Actor, account, keep models.ID) error {
	n, err := gorm.G[session](tx.DB).Where("account_id = ? AND id <> ?", account, keep).Delete(ctx)
	if err != nil {
		return fmt.Errorf("close sessions: %w", err)
	}
	if n == 0 {
		return nil
	}
	return tx.Record(ctx, by, "session.closed", 0, about(account))
}

// Browser says in words what a User-Agent header names, as far as a person
// needs it to know their own devices again. Nothing else of it is kept.
func Browser(userAgent string) string {
	program := firstNamed(userAgent, "Navigateur inconnu", [][2]string{
		{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"}, {"Firefox", "Firefox"}, {"FxiOS", "Firefox"},
		{"CriOS", "Chrome"}, {"Chrome", "Chrome"}, {"Chromium", "Chromium"}, {"Safari", "Safari"}, {"curl", "curl"},
	})
	system := firstNamed(userAgent, "", [][2]string{
		{"Windows", "Windows"}, {"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"},
		{"CrOS", "ChromeOS"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"},
	})
	if system == "" {
		return program
	}
	return program + " sur " + system
}

// firstNamed is the word for the first mark that a text holds: most browsers
// also name those that they descend from, so the order matters.
func firstNamed(text, fallback string, marks [][2]string) string {
	for _, mark := range marks {
		if strings.Contains(text, mark[0]) {
			return mark[1]
		}
	}
	return fallback
}
