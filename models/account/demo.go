package account

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"passerelle/models"
)

// DemoPassword opens every demonstration account.
const DemoPassword = "passerelle-demo"

// DemoPerson is a demonstration account.
type DemoPerson struct {
	Login string // before @demo.example
	Name  string
	Part  string // what the person may do, in French, for the start-up message
	Agent bool
}

// Email is the address of a demonstration account; .example has no mailbox.
func (d DemoPerson) Email() string { return d.Login + "@demo.example" }

// DemoPeople are the demonstration accounts. Their rights on labs and calls
// are granted by whoever seeds those.
var DemoPeople = []DemoPerson{
	{Login: "citoyenne", Name: "Camille Démo", Part: "participe aux forums"},
	{Login: "agent", Name: "Hugo Démo", Part: "agent public, domaine vérifié", Agent: true},
	{Login: "redactrice", Name: "Rosa Démo", Part: "rédige pour le Ti Lab"},
	{Login: "porteur", Name: "Paul Démo", Part: "porte un dossier, Direction de démonstration A"},
	{Login: "porteuse2", Name: "Petra Démo", Part: "porte un dossier, Opérateur de démonstration B"},
	{Login: "instructrice", Name: "Inès Démo", Part: "instruit les dossiers"},
	{Login: "decideur", Name: "David Démo", Part: "décide"},
	{Login: "decideuse2", Name: "Denise Démo", Part: "décide aussi"},
	{Login: "moderateur", Name: "Malik Démo", Part: "modère les forums"},
	{Login: "admin", Name: "Ada Démo", Part: "administre le portail"},
}

// SeedDemo adds the demonstration accounts that are missing and gives the ids
// of all, by login. admin administers and moderateur moderates.
func (a *Accounts) SeedDemo(ctx context.Context) (map[string]models.ID, error) {
	hash, err := a.hasher.hash(ctx, DemoPassword)
	if err != nil {
		return nil, err
	}
	ids := map[string]models.ID{}
	err = a.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		for _, person := range DemoPeople {
			id, err := ensureDemo(ctx, tx, person, hash)
			if err != nil {
				return err
			}
			ids[person.Login] = id
		}
		if err := grant(ctx, tx, models.System, Right{Account: ids["moderateur"], Role: models.Moderator}); err != nil {
			return err
		}
		return grant(ctx, tx, models.System, Right{Account: ids["admin"], Role: models.Administrator})
	})
	return ids, err
}

func ensureDemo(ctx context.Context, tx *models.Tx, person DemoPerson, hash string) (models.ID, error) {
	known, err := living(ctx, tx, "email = ?", person.Email())
	if err == nil {
		return known.ID, nil
	}
	if !errors.Is(err, ErrUnknown) {
		return 0, err
	}
	added := Account{
		Email: person.Email(), Name: person.Name, PasswordHash: hash, Theme: "auto",
		Agent: person.Agent, Demo: true, CreatedAt: tx.Now, ConfirmedAt: tx.Now,
	}
	if err := gorm.G[Account](tx.DB).Create(ctx, &added); err != nil {
		return 0, fmt.Errorf("add a demonstration account: %w", err)
	}
	return added.ID, tx.Record(ctx, models.System, "account.seeded", added.ID, about(added.ID))
}

// HasDemo tells whether demonstration accounts stand in the store.
func (a *Accounts) HasDemo(ctx context.Context) (bool, error) {
	var n int64
	err := a.store.View(ctx, func(_ context.Context, tx *models.Tx) (err error) {
		n, err = count(tx, "SELECT count(*) FROM accounts WHERE demo = 1 AND deleted_at IS NULL")
		return err
	})
	return n > 0, err
}

// RemoveDemo erases the demonstration accounts, whatever they hold.
func (a *Accounts) RemoveDemo(ctx context.Context) error {
	return a.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		list, err := gorm.G[Account](tx.DB).Select("id").Where("demo = 1 AND deleted_at IS NULL").Find(ctx)
		if err != nil {
			return fmt.Errorf("list the demonstration accounts: %w", err)
		}
		for _, one := range list {
			if err := a.erase(ctx, tx, models.System, one.ID); err != nil {
				return err
			}
		}
		return nil
	})
}
