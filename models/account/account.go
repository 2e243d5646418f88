package account

import (
	"passerelle/models"
)

// Account is one person. A deleted account keeps its row, emptied.
type Account struct {
	ID           models.ID   `gorm:"column:id;primaryKey"`
	Email        string      `gorm:"column:email"` // lower case
	Name         string      `gorm:"column:name"`
	PasswordHash string      `gorm:"column:password_hash"` // PHC string; empty: cannot log in
	Theme        string      `gorm:"column:theme"`         // auto, light, dark
	Agent        bool        `gorm:"column:agent"`         // verified public domain
	Demo         bool        `gorm:"column:demo"`
	Imported     string      `gorm:"column:imported"`
	CreatedAt    models.Time `gorm:"column:created_at"`
	ConfirmedAt  models.Time `gorm:"column:confirmed_at"`
	DeletedAt    models.Time `gorm:"column:deleted_at"`
}

// Accounts does the acts on accounts.
type Accounts struct {
	store *models.Store
	demo  bool // demonstration accounts may log in
}

// New serves the accounts of a store; demo lets demonstration accounts log in.
func New(store *models.Store, demo bool) *Accounts {
	return &Accounts{store: store, demo: demo}
}
