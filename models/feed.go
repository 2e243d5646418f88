package models

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Change is one row of the feed.
type Change struct {
	Seq     int64  `gorm:"column:seq;primaryKey"`
	At      Time   `gorm:"column:at"`
	ActorID ID     `gorm:"column:actor_id"`
	Kind    string `gorm:"column:kind"`    // noun.verb: "post.created"
	Subject ID     `gorm:"column:subject"` // id of the noun
	Payload string `gorm:"column:payload"` // JSON object of an About
}

// TableName is the feed's table.
func (Change) TableName() string { return "changes" }

// Noun is the kind of thing that changed: "post" of "post.created".
func (c Change) Noun() string {
	noun, _, _ := strings.Cut(c.Kind, ".")
	return noun
}

// About is the payload of a change: identifiers (models.ID, int64, int) and
// states ([State] words), by name. Texts, names, addresses and tokens of
// people have no place in it.
type About map[string]any

// About decodes the payload; identifiers come back as ID, states as string.
func (c Change) About() About {
	about := About{}
	decoder := json.NewDecoder(strings.NewReader(c.Payload))
	decoder.UseNumber()
	raw := map[string]any{}
	if err := decoder.Decode(&raw); err != nil {
		return about
	}
	for name, value := range raw {
		if number, ok := value.(json.Number); ok {
			n, _ := number.Int64()
			about[name] = ID(n)
			continue
		}
		about[name] = value
	}
	return about
}

// ID is the identifier that the payload gives under name, or zero.
func (a About) ID(name string) ID {
	id, _ := a[name].(ID)
	return id
}

// errPayload is a fault of ours: a payload that may carry what the feed must not hold.
var errPayload = errors.New("a change's payload holds identifiers and states only")

// Record writes one change in the transaction: kind is "noun.verb", subject
// the id of the noun. Every act that matters ends in one Record.
func (tx *Tx) Record(ctx context.Context, by Actor, kind string, subject ID, about ...About) error {
	merged := About{}
	for _, part := range about {
		for name, value := range part {
			if !allowed(value) {
				return fmt.Errorf("record %s, %s: %w", kind, name, errPayload)
			}
			merged[name] = value
		}
	}
	payload, err := json.Marshal(merged)
	if err != nil {
		return fmt.Errorf("record %s: %w", kind, err)
	}
	change := Change{At: tx.Now, ActorID: by.ID, Kind: kind, Subject: subject, Payload: string(payload)}
	if err := tx.DB.WithContext(ctx).Create(&change).Error; err != nil {
		return fmt.Errorf("record %s: %w", kind, err)
	}
	tx.recorded = max(tx.recorded, change.Seq)
	return nil
}

// allowed tells whether a payload value is an identifier or a state: a number,
// a truth value, or one short lower-case word (a slug or a state).
func allowed(value any) bool {
	switch v := value.(type) {
	case ID, int, int64, bool:
		return true
	case string:
		return len(v) <= 80 && !strings.ContainsFunc(v, func(r rune) bool {
			return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' || r == '-' || r == '.')
		})
	}
	return false
}

// Changes is the feed after a position, in order, at most limit rows.
func (tx *Tx) Changes(ctx context.Context, after int64, limit int) ([]Change, error) {
	var batch []Change
	// A bound LIMIT has SQLite plan the query anew each time.
	query := "SELECT seq, at, actor_id, kind, subject, payload FROM changes WHERE seq > +? ORDER BY seq LIMIT " + strconv.Itoa(limit)
	err := tx.DB.WithContext(ctx).Raw(query, after).Scan(&batch).Error
	if err != nil {
		return nil, fmt.Errorf("read the feed after %d: %w", after, err)
	}
	return batch, nil
}

// batchSize bounds what a reader holds in memory at once.
const batchSize = 500

// Follow hands every change after a position to read, in order, at most 500 at
// a time, and waits for more until ctx ends. It asks position before each
// batch, so that a reader that stores where it stands (in its index, in the
// database) is never ahead of what it kept. An error is logged and the same
// batch tried again, later and later, at most every 5 seconds.
func (s *Store) Follow(ctx context.Context, name string, position func() int64, read func(context.Context, []Change) error) error {
	pause := 10 * time.Millisecond
	for {
		changed := s.Changed() // taken before reading: no change falls between
		var batch []Change
		err := s.View(ctx, func(ctx context.Context, tx *Tx) (err error) {
			batch, err = tx.Changes(ctx, position(), batchSize)
			return err
		})
		if err == nil && len(batch) > 0 {
			err = read(ctx, batch)
		}
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			s.log.ErrorContext(ctx, "a reader of the feed failed", "reader", name, "error", err)
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(pause):
				pause = min(2*pause, 5*time.Second)
			}
			continue
		}
		pause = 10 * time.Millisecond
		if len(batch) > 0 {
			continue
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		}
	}
}

// Position is where a reader that keeps its results in the database stands.
func (tx *Tx) Position(ctx context.Context, reader string) (int64, error) {
	var position int64
	err := tx.DB.WithContext(ctx).Raw("SELECT position FROM readers WHERE name = ?", reader).Scan(&position).Error
	if err != nil {
		return 0, fmt.Errorf("read the position of %s: %w", reader, err)
	}
	return position, nil
}

// SetPosition keeps where a reader stands, in the transaction of its results.
func (tx *Tx) SetPosition(ctx context.Context, reader string, position int64) error {
	err := tx.DB.WithContext(ctx).Exec(
		"INSERT INTO readers (name, position) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET position = excluded.position",
		reader, position).Error
	if err != nil {
		return fmt.Errorf("keep the position of %s: %w", reader, err)
	}
	return nil
}
