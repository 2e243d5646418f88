package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"passerelle/models"
)

// sessionLife is how long a session lasts after it was last seen.
const sessionLife = 30 * 24 * time.Hour

// seenEvery is how exactly the last use of a session is kept.
const seenEvery = time.Hour

// Session is a browser that is logged in, with what every page needs to know
// of the person.
type Session struct {
	ID        models.ID   `gorm:"column:id"`
	AccountID models.ID   `gorm:"column:account_id"`
	Name      string      `gorm:"column:name"`
	Theme     string      `gorm:"column:theme"`
	Confirmed bool        `gorm:"column:confirmed"`
	Desk      bool        `gorm:"column:desk"`      // reads applications on a call: nothing is there for experts and finance
	Editor    bool        `gorm:"column:editor"`    // edits a lab
	Moderator bool        `gorm:"column:moderator"` //
	Admin     bool        `gorm:"column:admin"`     //
	SeenAt    models.Time `gorm:"column:seen_at"`
	ExpiresAt models.Time `gorm:"column:expires_at"`
}

// ErrNoSession says that a token opens no session, or no longer.
var ErrNoSession = models.Refuse(models.LogIn, "account.no_session")

// Hash is what is kept of a secret token (SHA-256).
func Hash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// NewToken is a fresh secret of 32 random bytes, in base64url.
func NewToken() string {
	var b [32]byte
	rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// Who is the session that a token opens; ErrNoSession when it opens none.
// Noting that it was seen is a write at most once an hour.
func (a *Accounts) Who(ctx context.Context, token string) (Session, error) {
	var session Session
	err := a.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		err := tx.DB.Raw(`
			SELECT s.id, s.account_id, a.name, a.theme, a.confirmed_at IS NOT NULL AS confirmed, s.seen_at, s.expires_at,
			       EXISTS (SELECT 1 FROM roles r WHERE r.account_id = a.id AND r.role IN ('reviewer', 'lead_reviewer', 'decider', 'auditor')) AS desk,
			       EXISTS (SELECT 1 FROM roles r WHERE r.account_id = a.id AND r.role = 'lab_editor') AS editor,
			       EXISTS (SELECT 1 FROM roles r WHERE r.account_id = a.id AND r.role = 'moderator') AS moderator,
			       EXISTS (SELECT 1 FROM roles r WHERE r.account_id = a.id AND r.role = 'administrator') AS admin
			  FROM sessions s
			  JOIN accounts a ON a.id = s.account_id
			 WHERE s.token_hash = +? AND s.expires_at > +? AND a.deleted_at IS NULL AND (a.demo = 0 OR ?)`,
			Hash(token), tx.Now, a.demo).Take(&session).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return ErrNoSession
		}
		return err
	})
	if err != nil {
		return Session{}, fmt.Errorf("read a session: %w", err)
	}
	if a.store.Now().Sub(session.SeenAt.Time) < seenEvery {
		return session, nil
	}
	return session, a.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		err := tx.DB.Exec("UPDATE sessions SET seen_at = ?, expires_at = ? WHERE id = ?",
			tx.Now, models.At(tx.Now.Add(sessionLife)), session.ID).Error
		if err != nil {
			return fmt.Errorf("note that a session was seen: %w", err)
		}
		return nil
	})
}
