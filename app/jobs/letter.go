package jobs

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
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
	owed     bool     // a receipt, a decision, a warning: sent however many came before
	unkept   bool     // nothing is kept of the recipient once it left
}

// writer writes letters into the outbox, in the transaction that reads the feed.
type writer struct {
	ctx   context.Context
	tx    *models.Tx
	jobs  *Jobs
	wrote bool
}

// How many mails of a kind one address gets, and one account asks for: whoever
// asks for links in somebody else's name, from wherever, must not fill their
// mailbox. Links that were sent before keep working.
const (
	perHour = 5
	perDay  = 10
)

// write puts a letter into the outbox.
func (w *writer) write(l letter) error {
	mailbox := ""
	if !l.unkept {
		mailbox = w.mailbox(l.to)
	}
	if !l.owed {
		often, err := w.tooOften(l, mailbox)
		if err != nil || often {
			return err
		}
	}
	err := w.tx.DB.Exec(`
		INSERT INTO outbox (template, account_id, recipient, mailbox, subject, body, message_id, next_at, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		l.template, l.account, l.to, mailbox, content.French(l.subject), w.body(l), w.messageID(), w.tx.Now, w.tx.Now).Error
	if err != nil {
		return fmt.Errorf("write to the outbox: %w", err)
	}
	w.wrote = true
	return nil
}

// tooOften tells whether an address, or an account, had its share of a kind.
func (w *writer) tooOften(l letter, mailbox string) (bool, error) {
	var recent struct{ Hour, Day int }
	err := w.tx.DB.Raw(`
		SELECT count(*) FILTER (WHERE created_at > @hour) AS hour, count(*) AS day
		  FROM outbox
		 WHERE (account_id = @account AND account_id > 0 OR mailbox = @mailbox AND mailbox <> '')
		   AND template = @template AND created_at > @day`,
		map[string]any{"account": l.account, "mailbox": mailbox, "template": l.template,
			"hour": models.At(w.tx.Now.Add(-time.Hour)), "day": models.At(w.tx.Now.Add(-24 * time.Hour))}).Scan(&recent).Error
	if err != nil {
		return false, fmt.Errorf("count recent mails: %w", err)
	}
	return recent.Hour >= perHour || recent.Day >= perDay, nil
}

// mailbox is what is kept of an address for a day, to count its mails: a hash
// that no other store shares.
func (w *writer) mailbox(address string) string {
	sum := sha256.Sum256([]byte(w.jobs.store.ID() + "\x00" + address))
	return hex.EncodeToString(sum[:16])
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
