package jobs

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/url"
	"strings"
	"time"

	"passerelle/content"
	"passerelle/models"
)

// letter is a mail to be written: what it says, in French, and to whom.
type letter struct {
	template string
	account  models.ID // zero: somebody without an account
	to       string
	name     string
	subject  string
	text     []string // paragraphs; a link is one of its own
	owed     bool     // a receipt or a decision: sent however many came before
}

// writer writes letters into the outbox, in the transaction that reads the feed.
type writer struct {
	ctx   context.Context
	tx    *models.Tx
	jobs  *Jobs
	wrote bool
}

// perHour is how many mails of a kind one person gets in an hour: whoever asks
// for links in somebody else's name must not fill their mailbox.
const perHour = 5

// write puts a letter into the outbox.
func (w *writer) write(l letter) error {
	var recent int64
	err := w.tx.DB.Raw("SELECT count(*) FROM outbox WHERE account_id = ? AND account_id > 0 AND template = ? AND created_at > ?",
		l.account, l.template, models.At(w.tx.Now.Add(-time.Hour))).Scan(&recent).Error
	if err != nil {
		return fmt.Errorf("count recent mails: %w", err)
	}
	if recent >= perHour && !l.owed {
		return nil
	}
	err = w.tx.DB.Exec(`
		INSERT INTO outbox (template, account_id, recipient, subject, body, message_id, next_at, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		l.template, l.account, l.to, content.French(l.subject), w.body(l), w.messageID(), w.tx.Now, w.tx.Now).Error
	if err != nil {
		return fmt.Errorf("write to the outbox: %w", err)
	}
	w.wrote = true
	return nil
}

// messageID is made once and kept: copies of a mail are told apart by it.
func (w *writer) messageID() string {
	var b [16]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:]) + "@" + w.jobs.host
}

func (w *writer) body(l letter) string {
	var b strings.Builder
	if l.name == "" {
		b.WriteString("Bonjour,\n\n")
	} else {
		b.WriteString("Bonjour " + plainWords(l.name) + ",\n\n")
	}
	for _, paragraph := range l.text {
		b.WriteString(paragraph + "\n\n")
	}
	b.WriteString("-- \nPasserelle, l’innovation publique des territoires\n" + w.jobs.base + "\n")
	return content.French(b.String())
}

// link is an address of the portal, with the secret that it carries if any.
func (w *writer) link(path, secret string) string {
	if secret == "" {
		return w.jobs.base + path
	}
	return w.jobs.base + path + "?jeton=" + url.QueryEscape(secret)
}

// plainWords is a text of somebody's as it may stand in a mail to somebody
// else: on one line, and without what a mail program makes a link of.
func plainWords(s string) string {
	return strings.Join(strings.Fields(linkMarks.Replace(s)), " ")
}

var linkMarks = strings.NewReplacer(".", " ", "/", " ", ":", " ", "@", " ", "\\", " ", "<", " ", ">", " ")

// Forget erases the mails kept for an account, sent or not, in the transaction
// that erases the account ([account.Accounts.OnDelete]).
func Forget(ctx context.Context, tx *models.Tx, id models.ID) error {
	if err := tx.DB.WithContext(ctx).Exec("DELETE FROM outbox WHERE account_id = ?", id).Error; err != nil {
		return fmt.Errorf("forget the mails of account %d: %w", id, err)
	}
	return nil
}
