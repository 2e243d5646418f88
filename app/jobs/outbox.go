package jobs

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"passerelle/models"
)

// Mail is one row of the outbox.
type Mail struct {
	ID        models.ID   `gorm:"column:id;primaryKey"`
	Template  string      `gorm:"column:template"`
	Recipient string      `gorm:"column:recipient"`
	Subject   string      `gorm:"column:subject"`
	Body      string      `gorm:"column:body"`
	MessageID string      `gorm:"column:message_id"`
	Attempts  int         `gorm:"column:attempts"`
	CreatedAt models.Time `gorm:"column:created_at"`
	From      string      `gorm:"-"`
}

// TableName is the outbox.
func (Mail) TableName() string { return "outbox" }

const unsent = "sent_at IS NULL AND failed_at IS NULL"

// due are the mails whose time has come, the oldest first, and when the next
// one comes if none has (zero: none waits).
func (j *Jobs) due(ctx context.Context) (list []Mail, next models.Time, err error) {
	err = j.store.View(ctx, func(ctx context.Context, tx *models.Tx) (err error) {
		list, err = gorm.G[Mail](tx.DB).Raw(`
			SELECT id, template, recipient, subject, body, message_id, attempts, created_at
			  FROM outbox
			 WHERE next_at <= ? AND `+unsent+`
			 ORDER BY next_at, id LIMIT 20`, tx.Now).Find(ctx)
		if err != nil || len(list) > 0 {
			return err
		}
		return tx.DB.Raw("SELECT next_at FROM outbox WHERE " + unsent + " ORDER BY next_at LIMIT 1").Scan(&next).Error
	})
	if err != nil {
		return nil, next, fmt.Errorf("look for mails to send: %w", err)
	}
	for i := range list {
		list[i].From = j.from
	}
	return list, next, nil
}

// left wipes a mail that was handed over, or given up.
func (j *Jobs) left(ctx context.Context, m Mail, column string) error {
	return j.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		err := tx.DB.Exec("UPDATE outbox SET "+column+" = ?, recipient = '', subject = '', body = '' WHERE id = ?", tx.Now, m.ID).Error
		if err != nil {
			return fmt.Errorf("note that mail %d left: %w", m.ID, err)
		}
		return nil
	})
}

// postpone notes a failed attempt and when to try again.
func (j *Jobs) postpone(ctx context.Context, m Mail, wait time.Duration) error {
	return j.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		err := tx.DB.Exec("UPDATE outbox SET attempts = attempts + 1, next_at = ? WHERE id = ?", models.At(tx.Now.Add(wait)), m.ID).Error
		if err != nil {
			return fmt.Errorf("postpone mail %d: %w", m.ID, err)
		}
		return nil
	})
}
