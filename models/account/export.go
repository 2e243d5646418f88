package account

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"

	"passerelle/models"
)

// Export is what the portal keeps of one person, for that person alone, with
// the French words of the pages. Secrets (hashes of the password and of links)
// are not in it: they would serve whoever finds the file.
type Export struct {
	Made         instant               `json:"exporté_le"`
	Account      exportedAccount       `json:"compte"`
	Roles        []exportedRole        `json:"rôles"`
	RoleActs     []exportedRoleAct     `json:"journal_des_rôles"`
	Sessions     []exportedSession     `json:"sessions"`
	Links        []exportedLink        `json:"liens_envoyés"`
	Mails        []exportedMail        `json:"courriels"`
	Searches     []exportedSearch      `json:"recherches_suivies"`
	Bodies       []exportedBody        `json:"organismes"`
	Applications []exportedApplication `json:"dossiers"`
	Invitations  []exportedInvitation  `json:"invitations"`
	Threads      []exportedThread      `json:"fils"`
	Posts        []exportedPost        `json:"messages"`
}

// instant is a time in JSON, null when there is none.
type instant struct{ models.Time }

// MarshalJSON writes RFC 3339 in UTC, or null.
func (i instant) MarshalJSON() ([]byte, error) {
	if i.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(i.UTC())
}

type exportedAccount struct {
	ID        models.ID `gorm:"column:id" json:"numéro"`
	Email     string    `gorm:"column:email" json:"adresse"`
	NewEmail  string    `gorm:"column:new_email" json:"nouvelle_adresse,omitempty"`
	Name      string    `gorm:"column:name" json:"nom"`
	Theme     string    `gorm:"column:theme" json:"apparence"`
	Agent     bool      `gorm:"column:agent" json:"agent_public"`
	Created   instant   `gorm:"column:created_at" json:"ouvert_le"`
	Confirmed instant   `gorm:"column:confirmed_at" json:"adresse_confirmée_le"`
}

type exportedRole struct {
	Role    string  `gorm:"column:role" json:"rôle"`
	On      string  `gorm:"column:on_name" json:"sur,omitempty"`
	Granted instant `gorm:"column:granted_at" json:"depuis"`
}

type exportedRoleAct struct {
	At   instant `gorm:"column:at" json:"le"`
	Act  string  `gorm:"column:act" json:"acte"`
	Role string  `gorm:"column:role" json:"rôle"`
	On   string  `gorm:"column:on_name" json:"sur,omitempty"`
	Mine bool    `gorm:"column:mine" json:"fait_par_vous"`
}

type exportedSession struct {
	Browser string  `gorm:"column:agent" json:"navigateur"`
	Opened  instant `gorm:"column:created_at" json:"ouverte_le"`
	Seen    instant `gorm:"column:seen_at" json:"dernier_usage"`
	Expires instant `gorm:"column:expires_at" json:"expire_le"`
}

type exportedLink struct {
	Purpose string  `gorm:"column:purpose" json:"pour"`
	Email   string  `gorm:"column:email" json:"adresse"`
	Sent    instant `gorm:"column:created_at" json:"envoyé_le"`
	Expires instant `gorm:"column:expires_at" json:"expire_le"`
	Used    instant `gorm:"column:used_at" json:"utilisé_le"`
}

type exportedMail struct {
	Template string  `gorm:"column:template" json:"modèle"`
	Written  instant `gorm:"column:created_at" json:"écrit_le"`
	Sent     instant `gorm:"column:sent_at" json:"parti_le"`
}

type exportedSearch struct {
	Words string  `gorm:"column:words" json:"mots"`
	Query string  `gorm:"column:query" json:"adresse"`
	Saved instant `gorm:"column:created_at" json:"suivie_depuis"`
}

type exportedBody struct {
	Name     string  `gorm:"column:name" json:"organisme"`
	Way      string  `gorm:"column:way" json:"par"`
	Verified bool    `gorm:"column:verified" json:"vérifié"`
	Since    instant `gorm:"column:created_at" json:"depuis"`
}

type exportedApplication struct {
	ID     models.ID `gorm:"column:id" json:"identifiant"`
	Number string    `gorm:"column:number" json:"numéro,omitempty"`
	State  string    `gorm:"column:state" json:"état"`
	Title  string    `gorm:"column:title" json:"titre"`
	Role   string    `gorm:"column:role" json:"rôle"`
	Joined instant   `gorm:"column:joined_at" json:"depuis"`
}

type exportedInvitation struct {
	Email    string  `gorm:"column:email" json:"adresse,omitempty"`
	Sent     bool    `gorm:"column:mine" json:"envoyée_par_vous"`
	Role     string  `gorm:"column:role" json:"rôle"`
	Created  instant `gorm:"column:created_at" json:"créée_le"`
	Accepted instant `gorm:"column:accepted_at" json:"acceptée_le"`
}

type exportedThread struct {
	ID      models.ID `gorm:"column:id" json:"numéro"`
	Forum   string    `gorm:"column:forum" json:"forum"`
	Kind    string    `gorm:"column:kind" json:"type"`
	Title   string    `gorm:"column:title" json:"titre"`
	Hidden  string    `gorm:"column:hidden_reason" json:"masqué_pour,omitempty"`
	Created instant   `gorm:"column:created_at" json:"ouvert_le"`
}

type exportedPost struct {
	ID       models.ID         `gorm:"column:id" json:"numéro"`
	Thread   models.ID         `gorm:"column:thread_id" json:"fil"`
	Title    string            `gorm:"column:title" json:"titre_du_fil"`
	Number   int64             `gorm:"column:number" json:"rang"`
	State    string            `gorm:"column:state" json:"état"`
	Hidden   string            `gorm:"column:hidden_reason" json:"masqué_pour,omitempty"`
	Official string            `gorm:"column:official" json:"réponse_officielle_de,omitempty"`
	Markdown string            `gorm:"column:markdown" json:"texte"`
	Created  instant           `gorm:"column:created_at" json:"écrit_le"`
	Edited   instant           `gorm:"column:edited_at" json:"modifié_le"`
	Versions []exportedVersion `gorm:"-" json:"versions_précédentes,omitempty"`
}

type exportedVersion struct {
	Post     models.ID `gorm:"column:post_id" json:"-"`
	Markdown string    `gorm:"column:markdown" json:"texte"`
	Written  instant   `gorm:"column:created_at" json:"écrit_le"`
}

// Export gathers what is kept of who acts, in one snapshot. Refuses with
// models.ErrLogIn.
func (a *Accounts) Export(ctx context.Context, by models.Actor) (Export, error) {
	var e Export
	err := a.store.View(ctx, func(ctx context.Context, tx *models.Tx) error {
		me, err := self(ctx, tx, by)
		if err != nil {
			return err
		}
		e.Made = instant{tx.Now}
		return e.gather(ctx, tx, me.ID)
	})
	return e, err
}

func (e *Export) gather(ctx context.Context, tx *models.Tx, me models.ID) (err error) {
	account, err := exported[exportedAccount](ctx, tx,
		"SELECT id, email, new_email, name, theme, agent, created_at, confirmed_at FROM accounts WHERE id = @me", me)
	if err != nil {
		return err
	}
	e.Account = account[0]
	if e.Roles, err = exported[exportedRole](ctx, tx,
		"SELECT r.role, r.granted_at, "+scopeName+" AS on_name FROM roles r WHERE r.account_id = @me ORDER BY r.granted_at, r.role", me); err != nil {
		return err
	}
	if e.RoleActs, err = exported[exportedRoleAct](ctx, tx, `
		SELECT r.at, r.act, r.role, r.actor_id = @me AS mine, `+scopeName+` AS on_name
		  FROM audit r WHERE r.account_id = @me OR r.actor_id = @me ORDER BY r.id`, me); err != nil {
		return err
	}
	if e.Sessions, err = exported[exportedSession](ctx, tx,
		"SELECT agent, created_at, seen_at, expires_at FROM sessions WHERE account_id = @me ORDER BY id", me); err != nil {
		return err
	}
	if e.Links, err = exported[exportedLink](ctx, tx,
		"SELECT purpose, email, created_at, expires_at, used_at FROM tokens WHERE account_id = @me ORDER BY id", me); err != nil {
		return err
	}
	if e.Mails, err = exported[exportedMail](ctx, tx,
		"SELECT template, created_at, sent_at FROM outbox WHERE account_id = @me ORDER BY id", me); err != nil {
		return err
	}
	if e.Searches, err = exported[exportedSearch](ctx, tx,
		"SELECT words, query, created_at FROM saved_searches WHERE account_id = @me ORDER BY id", me); err != nil {
		return err
	}
	if err := e.gatherFunding(ctx, tx, me); err != nil {
		return err
	}
	return e.gatherForum(ctx, tx, me)
}

func (e *Export) gatherFunding(ctx context.Context, tx *models.Tx, me models.ID) (err error) {
	if e.Bodies, err = exported[exportedBody](ctx, tx, `
		SELECT o.name, m.way, m.verified, m.created_at
		  FROM memberships m JOIN organisations o ON o.id = m.organisation_id
		 WHERE m.account_id = @me ORDER BY m.created_at`, me); err != nil {
		return err
	}
	if e.Applications, err = exported[exportedApplication](ctx, tx, `
		SELECT a.id, a.number, a.state, a.title, m.role, m.joined_at
		  FROM application_members m JOIN applications a ON a.id = m.application_id
		 WHERE m.account_id = @me ORDER BY a.id`, me); err != nil {
		return err
	}
	e.Invitations, err = exported[exportedInvitation](ctx, tx, `
		SELECT i.email, i.invited_by = @me AS mine, i.role, i.created_at, i.accepted_at
		  FROM invitations i
		 WHERE i.invited_by = @me OR i.accepted_by = @me
		    OR i.email <> '' AND i.email = (SELECT email FROM accounts WHERE id = @me AND confirmed_at IS NOT NULL)
		 ORDER BY i.id`, me)
	return err
}

func (e *Export) gatherForum(ctx context.Context, tx *models.Tx, me models.ID) (err error) {
	if e.Threads, err = exported[exportedThread](ctx, tx, `
		SELECT t.id, f.title AS forum, t.kind, t.title, t.hidden_reason, t.created_at
		  FROM threads t JOIN forums f ON f.id = t.forum_id
		 WHERE t.author_id = @me ORDER BY t.id`, me); err != nil {
		return err
	}
	// The title of a thread that was hidden from its participants is not theirs.
	if e.Posts, err = exported[exportedPost](ctx, tx, `
		SELECT p.id, p.thread_id, p.number, p.state, p.hidden_reason, p.official, p.markdown, p.created_at, p.edited_at,
		       CASE WHEN t.hidden = 0 OR t.author_id = @me THEN t.title ELSE '' END AS title
		  FROM posts p JOIN threads t ON t.id = p.thread_id
		 WHERE p.author_id = @me ORDER BY p.id`, me); err != nil {
		return err
	}
	versions, err := exported[exportedVersion](ctx, tx, `
		SELECT v.post_id, v.markdown, v.created_at
		  FROM post_versions v JOIN posts p ON p.id = v.post_id
		 WHERE p.author_id = @me ORDER BY v.post_id, v.version`, me)
	if err != nil {
		return err
	}
	place := map[models.ID]int{}
	for i, post := range e.Posts {
		place[post.ID] = i
	}
	for _, v := range versions {
		i := place[v.Post]
		e.Posts[i].Versions = append(e.Posts[i].Versions, v)
	}
	return nil
}

// exported reads rows that are a person's own; none is an empty list.
func exported[T any](ctx context.Context, tx *models.Tx, query string, me models.ID) ([]T, error) {
	list, err := gorm.G[T](tx.DB).Raw(query, map[string]any{"me": me}).Find(ctx)
	if err != nil {
		return nil, fmt.Errorf("export an account: %w", err)
	}
	if list == nil {
		list = []T{}
	}
	return list, nil
}
