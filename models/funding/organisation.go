package funding

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"passerelle/models"
)

// Organisation is a body that applies, known by its SIRET: rules count on that.
// Its name is a declaration like any other; a page about an application shows
// the name that this application declared.
type Organisation struct {
	ID         models.ID   `gorm:"column:id;primaryKey"`
	SIRET      string      `gorm:"column:siret"`
	Name       string      `gorm:"column:name"`
	Kind       BodyKind    `gorm:"column:kind"`
	Department string      `gorm:"column:department"`
	Demo       bool        `gorm:"column:demo"`
	CreatedAt  models.Time `gorm:"column:created_at"`
}

// TableName is the organisations' table.
func (Organisation) TableName() string { return "organisations" }

// organisationOf finds or makes the organisation that a complete step names;
// nil until it is complete. What others may rely on is not rewritten by a mere
// declaration: only a verified member, or the holder while no other
// application names it, corrects its name, kind and department.
func organisationOf(ctx context.Context, tx *models.Tx, app Application, b Body) (any, error) {
	if len(b.check(Call{}, true)) > 0 {
		return nil, nil
	}
	db := tx.DB.WithContext(ctx)
	var o Organisation
	err := db.Raw("SELECT id, siret, name, kind, department, demo, created_at FROM organisations WHERE siret = ?", b.SIRET).Take(&o).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		o = Organisation{SIRET: b.SIRET, Name: b.Name, Kind: b.Kind, Department: b.Department, CreatedAt: tx.Now}
		if err := db.Create(&o).Error; err != nil {
			return nil, fmt.Errorf("add an organisation: %w", err)
		}
		return o.ID, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find an organisation: %w", err)
	}
	done := db.Exec(`
		UPDATE organisations SET name = ?, kind = ?, department = ?
		 WHERE id = ? AND (name, kind, department) <> (?, ?, ?)
		   AND (EXISTS (SELECT 1 FROM memberships WHERE account_id = ? AND organisation_id = organisations.id AND verified = 1)
		        OR NOT EXISTS (SELECT 1 FROM applications WHERE organisation_id = organisations.id AND id <> ?)
		           AND NOT EXISTS (SELECT 1 FROM memberships WHERE organisation_id = organisations.id AND verified = 1))`,
		b.Name, b.Kind, b.Department, o.ID, b.Name, b.Kind, b.Department, app.HolderID, app.ID)
	if done.Error != nil {
		return nil, fmt.Errorf("correct an organisation: %w", done.Error)
	}
	if done.RowsAffected > 0 {
		err = tx.Record(ctx, models.System, "organisation.corrected", o.ID)
	}
	return o.ID, err
}

// attach makes the team of a draft members of its organisation: the holder by
// declaring it, the others by having been invited. Known members stay as they
// are.
func attach(ctx context.Context, tx *models.Tx, draft models.ID) error {
	err := tx.DB.WithContext(ctx).Exec(`
		INSERT INTO memberships (account_id, organisation_id, way, created_at)
		SELECT m.account_id, a.organisation_id, CASE m.role WHEN 'holder' THEN 'declared' ELSE 'invited' END, ?
		  FROM application_members m
		  JOIN applications a ON a.id = m.application_id
		 WHERE a.id = ? AND a.organisation_id IS NOT NULL
		    ON CONFLICT DO NOTHING`, tx.Now, draft).Error
	if err != nil {
		return fmt.Errorf("attach a team to its organisation: %w", err)
	}
	return nil
}

// Admit makes somebody a verified member of an organisation. Only an
// administrator may. Refuses with ErrRole.
func (k *Desk) Admit(ctx context.Context, by models.Actor, account, organisation models.ID) error {
	return k.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
		admin, err := tx.Holds(ctx, by, models.Administrator, 0)
		if err != nil {
			return err
		}
		if !admin {
			return ErrRole
		}
		return admit(ctx, tx, by, account, organisation)
	})
}

func admit(ctx context.Context, tx *models.Tx, by models.Actor, account, organisation models.ID) error {
	err := tx.DB.WithContext(ctx).Exec(`
		INSERT INTO memberships (account_id, organisation_id, way, verified, created_at) VALUES (?, ?, 'granted', 1, ?)
		    ON CONFLICT (account_id, organisation_id) DO UPDATE SET way = 'granted', verified = 1`, account, organisation, tx.Now).Error
	if err != nil {
		return fmt.Errorf("admit a member: %w", err)
	}
	return tx.Record(ctx, by, "membership.granted", organisation, models.About{"account": account})
}
