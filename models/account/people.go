package account

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"passerelle/models"
)

// Person is one line of the administrator's list of people.
type Person struct {
	ID          models.ID   `gorm:"column:id"`
	Name        string      `gorm:"column:name"`
	Email       string      `gorm:"column:email"`
	Agent       bool        `gorm:"column:agent"`
	Demo        bool        `gorm:"column:demo"`
	CreatedAt   models.Time `gorm:"column:created_at"`
	ConfirmedAt models.Time `gorm:"column:confirmed_at"`
	Rights      []Held      `gorm:"-"`
}

// Held is a right that somebody holds, and the name of what it is on.
type Held struct {
	Account   models.ID   `gorm:"column:account_id"`
	Role      models.Role `gorm:"column:role"`
	Scope     models.ID   `gorm:"column:scope_id"`
	On        string      `gorm:"column:on_name"` // of the lab or the call; empty: the whole portal
	GrantedAt models.Time `gorm:"column:granted_at"`
}

// peoplePage is how many people a page of the list shows.
const peoplePage = 25

// People is one page of the list of people.
type People struct {
	List []Person
	Next models.ID // the cursor of the next page; zero at the end
}

// People lists those who have an account, the newest first, before a cursor
// (zero: from the start). Words narrow it to names and addresses that hold
// them. Refuses with ErrUnknown whoever does not administer.
func (a *Accounts) People(ctx context.Context, by models.Actor, words string, before models.ID) (People, error) {
	var page People
	err := a.administering(ctx, by, func(ctx context.Context, tx *models.Tx) (err error) {
		page.List, err = people(ctx, tx, words, before)
		if err != nil {
			return err
		}
		if len(page.List) > peoplePage {
			page.List = page.List[:peoplePage]
			page.Next = page.List[peoplePage-1].ID
		}
		return addRights(ctx, tx, page.List)
	})
	return page, err
}

// Person is somebody, with the rights they hold. Refuses with ErrUnknown, also
// whoever does not administer.
func (a *Accounts) Person(ctx context.Context, by models.Actor, id models.ID) (Person, error) {
	var one Person
	err := a.administering(ctx, by, func(ctx context.Context, tx *models.Tx) error {
		list, err := gorm.G[Person](tx.DB).Raw(selectPeople+" AND a.id = ?", id).Find(ctx)
		if err != nil {
			return fmt.Errorf("read a person: %w", err)
		}
		if len(list) == 0 {
			return ErrUnknown
		}
		err = addRights(ctx, tx, list)
		one = list[0]
		return err
	})
	return one, err
}

// administering reads for an administrator; for anybody else there is nothing.
func (a *Accounts) administering(ctx context.Context, by models.Actor, read func(context.Context, *models.Tx) error) error {
	return a.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		err := mayAdminister(ctx, tx, by)
		var refusal *models.Error
		if errors.As(err, &refusal) {
			return ErrUnknown
		}
		if err != nil {
			return err
		}
		return read(ctx, tx)
	})
}

// Imported authors have no address: they are no accounts of people.
const selectPeople = `
	SELECT a.id, a.name, a.email, a.agent, a.demo, a.created_at, a.confirmed_at
	  FROM accounts a
	 WHERE a.deleted_at IS NULL AND a.email <> ''`

// maxWords is how many words of a search for people count: each is a condition.
const maxWords = 10

func people(ctx context.Context, tx *models.Tx, words string, before models.ID) ([]Person, error) {
	query, args := selectPeople, []any{}
	for i, word := range strings.Fields(words) {
		if i == maxWords {
			break
		}
		query += ` AND (a.name LIKE ? ESCAPE '\' OR a.email LIKE ? ESCAPE '\')`
		like := "%" + likeEscape.Replace(word) + "%"
		args = append(args, like, like)
	}
	if before > 0 {
		query += " AND a.id < ?"
		args = append(args, before)
	}
	list, err := gorm.G[Person](tx.DB).Raw(query+" ORDER BY a.id DESC LIMIT ?", append(args, peoplePage+1)...).Find(ctx)
	if err != nil {
		return nil, fmt.Errorf("list people: %w", err)
	}
	return list, nil
}

var likeEscape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// addRights gives each person the rights they hold.
func addRights(ctx context.Context, tx *models.Tx, list []Person) error {
	ids := make([]models.ID, len(list))
	place := map[models.ID]int{}
	for i, one := range list {
		ids[i], place[one.ID] = one.ID, i
	}
	held, err := gorm.G[Held](tx.DB).Raw(`
		SELECT r.account_id, r.role, r.scope_id, r.granted_at, `+scopeName+` AS on_name
		  FROM roles r
		 WHERE r.account_id IN ?
		 ORDER BY r.granted_at, r.role, r.scope_id`, ids).Find(ctx)
	if err != nil {
		return fmt.Errorf("read rights: %w", err)
	}
	for _, h := range held {
		i := place[h.Account]
		list[i].Rights = append(list[i].Rights, h)
	}
	return nil
}

// scopeName is the name of what the row r (of roles, of audit) is on.
const scopeName = `coalesce(CASE
	WHEN r.scope_id = 0 THEN ''
	WHEN r.role = 'lab_editor' THEN (SELECT l.name FROM labs l WHERE l.id = r.scope_id)
	ELSE (SELECT c.title FROM calls c WHERE c.id = r.scope_id) END, '')`

// Rights are what who acts holds.
func (a *Accounts) Rights(ctx context.Context, by models.Actor) ([]Held, error) {
	me := []Person{{ID: by.ID}}
	err := a.store.View(ctx, func(ctx context.Context, tx *models.Tx) error { return addRights(ctx, tx, me) })
	return me[0].Rights, err
}

// ScopeName is the name of what a right is on; empty for the whole portal.
func ScopeName(ctx context.Context, tx *models.Tx, role models.Role, scope models.ID) (name string, err error) {
	err = tx.DB.WithContext(ctx).Raw("SELECT "+scopeName+" FROM (SELECT ? AS role, ? AS scope_id) r", role, scope).Scan(&name).Error
	if err != nil {
		return "", fmt.Errorf("name the scope of a role: %w", err)
	}
	return name, nil
}

// Scope is a lab or a call on which a role may be granted.
type Scope struct {
	ID   models.ID `gorm:"column:id"`
	Name string    `gorm:"column:name"`
}

// Scopes lists the labs and the calls on which roles may be granted. Refuses
// with ErrUnknown whoever does not administer.
func (a *Accounts) Scopes(ctx context.Context, by models.Actor) (labs, calls []Scope, err error) {
	err = a.administering(ctx, by, func(ctx context.Context, tx *models.Tx) (err error) {
		if labs, err = gorm.G[Scope](tx.DB).Raw("SELECT id, name FROM labs ORDER BY name LIMIT 500").Find(ctx); err != nil {
			return fmt.Errorf("list labs: %w", err)
		}
		if calls, err = gorm.G[Scope](tx.DB).Raw("SELECT id, title AS name FROM calls ORDER BY opens_at DESC, id LIMIT 500").Find(ctx); err != nil {
			return fmt.Errorf("list calls: %w", err)
		}
		return nil
	})
	return labs, calls, err
}

// Entry is one line of the audit.
type Entry struct {
	ID      models.ID   `gorm:"column:id"`
	At      models.Time `gorm:"column:at"`
	ActorID models.ID   `gorm:"column:actor_id"` // -1: the program
	Actor   string      `gorm:"column:actor"`    // empty once deleted
	Act     string      `gorm:"column:act"`
	Account models.ID   `gorm:"column:account_id"`
	Name    string      `gorm:"column:name"` // empty once deleted
	Role    models.Role `gorm:"column:role"`
	On      string      `gorm:"column:on_name"`
}

// auditPage is how many lines a page of the audit shows.
const auditPage = 50

// Audit is one page of what administrators did, the newest first, before a
// cursor (zero: from the start), and the next cursor (zero at the end).
// Refuses with ErrUnknown whoever does not administer.
func (a *Accounts) Audit(ctx context.Context, by models.Actor, before models.ID) (list []Entry, next models.ID, err error) {
	err = a.administering(ctx, by, func(ctx context.Context, tx *models.Tx) (err error) {
		list, err = gorm.G[Entry](tx.DB).Raw(`
			SELECT r.id, r.at, r.actor_id, coalesce(b.name, '') AS actor, r.act, r.account_id, w.name, r.role, `+scopeName+` AS on_name
			  FROM audit r
			  JOIN accounts w ON w.id = r.account_id
			  LEFT JOIN accounts b ON b.id = r.actor_id
			 WHERE ? = 0 OR r.id < ?
			 ORDER BY r.id DESC LIMIT ?`, before, before, auditPage+1).Find(ctx)
		if err != nil {
			return fmt.Errorf("read the audit: %w", err)
		}
		return nil
	})
	if len(list) > auditPage {
		list = list[:auditPage]
		next = list[auditPage-1].ID
	}
	return list, next, err
}
