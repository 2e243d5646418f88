package funding

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/gowebpki/jcs"

	"passerelle/models"
)

// Act is a transition of the machine, by its verb.
type Act string

// The acts, with the numbers that the rules give them.
const (
	ActStart    Act = "start"     // T1
	ActSubmit   Act = "submit"    // T2
	ActWithdraw Act = "withdraw"  // T3
	ActTake     Act = "take"      // T4
	ActPropose  Act = "propose"   // T8
	ActSendBack Act = "send_back" // T9
	ActGrant    Act = "grant"     // T10
	ActRefuse   Act = "refuse"    // T11
	ActDrop     Act = "drop"      // T12
	ActVerify   Act = "verify"    // no transition: it leaves no event
)

var changes = map[Act]string{
	ActStart: "draft.started", ActSubmit: "application.submitted", ActWithdraw: "application.withdrawn",
	ActTake: "application.taken", ActPropose: "application.proposed", ActSendBack: "application.sent_back",
	ActGrant: "application.granted", ActRefuse: "application.refused", ActDrop: "application.dropped",
}

// change is the kind of change that an act leaves in the feed.
func (a Act) change() string { return changes[a] }

// Event is one transition of one application, never changed nor deleted. Its
// hash is SHA-256 over the previous event's hash (32 bytes, zeros for the
// first) and the event's RFC 8785 JSON.
type Event struct {
	ID            models.ID    `gorm:"column:id;primaryKey"`
	ApplicationID models.ID    `gorm:"column:application_id"`
	Position      int64        `gorm:"column:position"` // 1, 2, 3… in its application
	At            models.Time  `gorm:"column:at"`
	ActorID       models.ID    `gorm:"column:actor_id"`
	Role          string       `gorm:"column:role"`
	Act           Act          `gorm:"column:act"`
	From          State        `gorm:"column:from_state"`
	To            State        `gorm:"column:to_state"`
	Version       int64        `gorm:"column:version"` // of the application, after
	Amount        models.Cents `gorm:"column:amount_cents"`
	Submission    string       `gorm:"column:submission"` // SHA-256
	Code          string       `gorm:"column:code"`
	Reason        string       `gorm:"column:reason"`
	PreviousHash  string       `gorm:"column:previous_hash"`
	Hash          string       `gorm:"column:hash"`
}

// TableName is the events' table.
func (Event) TableName() string { return "events" }

const eventColumns = `e.id, e.application_id, e.position, e.at, e.actor_id, e.role, e.act, e.from_state, e.to_state, e.version, e.amount_cents,
	e.submission, e.code, e.reason, e.previous_hash, e.hash`

// noHash stands before the first event of an application.
const noHash = "0000000000000000000000000000000000000000000000000000000000000000"

// instant is how hashed JSON writes a time: UTC, always six decimals.
const instant = "2006-01-02T15:04:05.000000Z"

// canonical is the event's RFC 8785 JSON: all that it says, without the hashes.
func (e Event) canonical() ([]byte, error) {
	return canonical(map[string]any{
		"application": e.ApplicationID, "position": e.Position, "at": e.At.UTC().Format(instant), "actor": e.ActorID, "role": e.Role,
		"act": e.Act, "from": e.From, "to": e.To, "version": e.Version, "amount_cents": e.Amount, "submission": e.Submission,
		"code": e.Code, "reason": e.Reason,
	})
}

// canonical writes a value as RFC 8785 JSON.
func canonical(v any) ([]byte, error) {
	plain, err := json.Marshal(v)
	if err == nil {
		plain, err = jcs.Transform(plain)
	}
	if err != nil {
		return nil, fmt.Errorf("write canonical JSON: %w", err)
	}
	return plain, nil
}

// sum is the hash that the event must bear.
func (e Event) sum() (string, error) {
	text, err := e.canonical()
	if err != nil {
		return "", err
	}
	previous, err := hex.DecodeString(e.PreviousHash)
	if err != nil {
		return "", fmt.Errorf("read a previous hash: %w", err)
	}
	hash := sha256.Sum256(append(previous, text...))
	return hex.EncodeToString(hash[:]), nil
}

// chain puts the event at the end of its application's chain.
func (e *Event) chain(ctx context.Context, tx *models.Tx) error {
	last := Event{Hash: noHash}
	err := tx.DB.WithContext(ctx).Raw(
		"SELECT position, hash FROM events WHERE application_id = ? ORDER BY position DESC LIMIT 1", e.ApplicationID).Scan(&last).Error
	if err != nil {
		return fmt.Errorf("read the last event: %w", err)
	}
	e.Position, e.PreviousHash = last.Position+1, last.Hash
	if e.Hash, err = e.sum(); err != nil {
		return err
	}
	if err := tx.DB.WithContext(ctx).Create(e).Error; err != nil {
		return fmt.Errorf("chain an event: %w", err)
	}
	return nil
}
