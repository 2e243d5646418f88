package jobs

import (
	"fmt"
	"strings"

	"passerelle/models"
	"passerelle/models/account"
)

// appeal is what to do against a decision of moderators.
const appeal = "/aide/regles#contester-une-decision"

// postModerated tells the author of a message that moderators hid it, and why,
// or show it again.
func (w *writer) postModerated(change models.Change) error {
	return w.moderated(change, "post", `
		SELECT p.author_id AS author, t.title, '/messages/' || p.id AS address, 'votre message n° ' || p.number AS what, `+reason+` AND l.post_id = p.id ORDER BY l.id DESC LIMIT 1), '') AS reason
		  FROM posts p JOIN threads t ON t.id = p.thread_id
		 WHERE p.id = @subject`)
}

// threadModerated tells whoever opened a thread.
func (w *writer) threadModerated(change models.Change) error {
	return w.moderated(change, "thread", `
		SELECT t.author_id AS author, t.title, '/fils/' || t.id || '-' || t.slug AS address, 'votre fil' AS what, `+reason+` AND l.post_id IS NULL ORDER BY l.id DESC LIMIT 1), '') AS reason
		  FROM threads t
		 WHERE t.id = @subject`)
}

// reason begins what the public log says of the act, also once it was undone.
const reason = `coalesce((SELECT l.reason FROM moderation_log l
	 WHERE l.act = @act AND l.at = @at AND l.thread_id = t.id`

func (w *writer) moderated(change models.Change, noun, query string) error {
	var act struct {
		Author  models.ID
		Title   string
		Address string
		What    string
		Reason  string
	}
	err := w.tx.DB.Raw(query, map[string]any{"subject": change.Subject, "act": change.Kind, "at": change.At}).Scan(&act).Error
	if err != nil {
		return fmt.Errorf("read what was moderated: %w", err)
	}
	if act.Author == 0 || act.Author == change.ActorID {
		return nil
	}
	who, err := account.Find(w.ctx, w.tx, act.Author)
	if err != nil || who.Email == "" { // an imported author has no mailbox
		return err
	}
	what := act.What + " dans le fil « " + plainWords(act.Title) + " »"
	if noun == "thread" {
		what = act.What + " « " + plainWords(act.Title) + " »"
	}
	l := letter{
		template: noun + "_hidden", account: who.ID, to: who.Email, name: who.Name, owed: true,
		subject: map[string]string{"post": "Votre message est masqué", "thread": "Votre fil est masqué"}[noun],
		text: []string{
			"La modération a masqué " + what + ".",
			"Motif : " + strings.Join(strings.Fields(act.Reason), " "),
			"Vous pouvez encore le lire, avec la modération. Tant qu’il est masqué, il ne peut être ni modifié, ni supprimé :",
			w.link(act.Address, ""),
			"Pour contester cette décision :",
			w.link(appeal, ""),
		},
	}
	if change.Kind == noun+".restored" {
		l.template = noun + "_restored"
		l.subject = map[string]string{"post": "Votre message est rétabli", "thread": "Votre fil est rétabli"}[noun]
		l.text = []string{"La modération a rétabli " + what + ". Tout le monde peut de nouveau le lire :", w.link(act.Address, "")}
	}
	return w.write(l)
}
