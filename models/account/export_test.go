package account

import (
	"encoding/json"
	"strings"
	"testing"

	"passerelle/models"
)

func TestAnExportIsOnesOwnAndWhole(t *testing.T) {
	t.Parallel()
	f := open(t)
	marie, luc := f.person("marie@exemple.fr"), f.person("luc@exemple.fr")
	f.logIn("marie@exemple.fr", goodPassword)
	f.want(f.Grant(ctx, models.System, Right{Account: marie.ID, Role: models.Moderator}), "")
	forum := f.insert("forums", map[string]any{"slug": "essai", "title": "Un forum"})
	post := func(by models.Actor, title, text string, hidden int) models.ID {
		thread := f.insert("threads", map[string]any{"forum_id": forum, "author_id": by.ID, "title": title, "slug": "x", "kind": "question", "last_number": 1, "hidden": hidden})
		return f.insert("posts", map[string]any{"thread_id": thread, "number": 1, "author_id": by.ID, "markdown": text})
	}
	mine := post(marie, "Mon fil", "Mon texte.", 0)
	f.insert("post_versions", map[string]any{"post_id": mine, "version": 0, "markdown": "Mon premier jet."})
	post(luc, "Son fil", "Son texte.", 0)
	hidden := post(luc, "Fil caché", "Son autre texte.", 1)
	f.insert("posts", map[string]any{"thread_id": f.count("SELECT thread_id FROM posts WHERE id = ?", hidden), "number": 2, "author_id": marie.ID, "markdown": "Ma réponse."})
	call := f.call()
	draft := f.insert("applications", map[string]any{"call_id": call, "state": "draft", "holder_id": marie.ID, "title": "Mon brouillon"})
	f.insert("application_members", map[string]any{"application_id": draft, "account_id": marie.ID, "role": "holder"})
	theirs := f.insert("applications", map[string]any{"call_id": call, "state": "draft", "holder_id": luc.ID, "title": "Son brouillon"})
	f.insert("application_members", map[string]any{"application_id": theirs, "account_id": luc.ID, "role": "holder"})
	f.insert("invitations", map[string]any{"application_id": draft, "email": "invitee@exemple.fr", "role": "reader", "invited_by": marie.ID})

	e, err := f.Export(ctx, marie)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		`"adresse":"marie@exemple.fr"`, `"nom":"Marie Dupont"`, `"rôle":"moderator"`, `"acte":"role.granted"`, `"navigateur":"Firefox sur Linux"`,
		`"pour":"confirm"`, `"titre":"Mon fil"`, `"texte":"Mon texte."`, `"texte":"Mon premier jet."`, `"texte":"Ma réponse."`, `"titre":"Mon brouillon"`,
		`"adresse":"invitee@exemple.fr"`, `"exporté_le":"2026-11-24T13:32:00Z"`, `"modifié_le":null`,
	} {
		if !strings.Contains(string(text), part) {
			t.Errorf("the export lacks %s:\n%s", part, text)
		}
	}
	me := f.account("id = ?", marie.ID)
	for _, secret := range []string{"Son ", "caché", "luc@exemple.fr", "argon2", me.PasswordHash} {
		if strings.Contains(string(text), secret) {
			t.Errorf("the export holds %q:\n%s", secret, text)
		}
	}
	_, err = f.Export(ctx, models.Actor{})
	f.want(err, "account.log_in")
	if empty, err := f.Export(ctx, luc); err != nil || empty.Roles == nil || len(empty.Roles) != 0 {
		t.Errorf("somebody without a role: %+v, %v", empty.Roles, err)
	}
}
