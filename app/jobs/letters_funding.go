package jobs

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"passerelle/app/ui"
	"passerelle/models"
	"passerelle/models/funding"
)

// file is what mails say of an application.
type file struct {
	Number  string       `gorm:"column:number"`
	Title   string       `gorm:"column:title"`
	Granted models.Cents `gorm:"column:granted_cents"`
	SHA256  string       `gorm:"column:sha256"` // of what was submitted last
}

// addressee is somebody who is told of an application.
type addressee struct {
	ID    models.ID `gorm:"column:id"`
	Email string    `gorm:"column:email"`
	Name  string    `gorm:"column:name"`
}

func (w *writer) file(id models.ID) (file, error) {
	var f file
	err := w.tx.DB.Raw(`
		SELECT a.number, a.title, a.granted_cents,
		       coalesce((SELECT s.sha256 FROM submissions s WHERE s.application_id = a.id ORDER BY s.number DESC LIMIT 1), '') AS sha256
		  FROM applications a
		 WHERE a.id = ? AND a.number <> ''`, id).Take(&f).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return f, funding.ErrUnknown
	}
	if err != nil {
		return f, fmt.Errorf("read application %d: %w", id, err)
	}
	f.Title = titleWords(f.Title)
	return f, nil
}

// Whom to tell: each query finds living accounts, never whoever acted.
const (
	told = `
		SELECT p.id, p.email, p.name
		  FROM accounts p
		 WHERE p.deleted_at IS NULL AND p.email <> '' AND (`

	// Those who write it: they get the receipt.
	applicants = told + `p.id IN (SELECT m.account_id FROM application_members m
		         WHERE m.application_id = @application AND m.role IN ('holder', 'co_holder')))
		 ORDER BY p.id`

	// Those who follow it, readers too: they learn what becomes of it.
	team = told + `p.id IN (SELECT m.account_id FROM application_members m WHERE m.application_id = @application))
		 ORDER BY p.id`

	// Those to whom it is assigned, and a lead reviewer who proposed in their place.
	reviewers = told + `p.id <> @by AND (p.id IN (SELECT s.reviewer_id FROM assignments s WHERE s.application_id = @application)
		     OR p.id = (SELECT o.proposed_by FROM proposals o WHERE o.application_id = @application ORDER BY o.id DESC LIMIT 1)))
		 ORDER BY p.id`

	// Those who may decide it: they never proposed on it, and do not belong to who asks.
	deciders = told + `p.id <> @by
		   AND p.id IN (SELECT r.account_id FROM roles r JOIN applications a ON a.call_id = r.scope_id
		                 WHERE a.id = @application AND r.role = 'decider')
		   AND p.id NOT IN (SELECT o.proposed_by FROM proposals o WHERE o.application_id = @application)
		   AND p.id NOT IN (SELECT m.account_id FROM application_members m WHERE m.application_id = @application)
		   AND p.id NOT IN (SELECT m.account_id FROM memberships m JOIN applications a ON a.organisation_id = m.organisation_id
		                     WHERE a.id = @application))
		 ORDER BY p.id`
)

// tell writes the same letter to each person that a query finds.
func (w *writer) tell(people string, change models.Change, l letter) error {
	var list []addressee
	err := w.tx.DB.Raw(people, map[string]any{"application": change.Subject, "by": change.ActorID}).Find(&list).Error
	if err != nil {
		return fmt.Errorf("find whom to tell of application %d: %w", change.Subject, err)
	}
	l.owed = true
	for _, one := range list {
		l.account, l.to, l.name = one.ID, one.Email, one.Name
		if err := w.write(l); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) submitted(change models.Change) error {
	f, err := w.file(change.Subject)
	if err != nil {
		return err
	}
	return w.tell(applicants, change, letter{
		template: "submitted",
		subject:  "Dossier " + f.Number + " déposé",
		text: []string{
			"Votre dossier « " + f.Title + " » a été déposé le " + ui.DateTime(change.At) + ", heure de Paris, sous le numéro " + f.Number + ".",
			"Empreinte SHA-256 du contenu déposé, qui prouve qu’il n’a pas été modifié depuis :",
			f.SHA256,
			"Suivez-le ici :",
			w.link("/dossiers/"+f.Number, ""),
		},
	})
}

func (w *writer) granted(change models.Change) error {
	f, err := w.file(change.Subject)
	if err != nil {
		return err
	}
	err = w.tell(team, change, letter{
		template: "granted",
		subject:  "Dossier " + f.Number + " accordé",
		text: []string{
			"L’aide demandée pour votre dossier « " + f.Title + " » est accordée, pour un montant de " + ui.Euros(f.Granted) + ".",
			"La décision et son motif se lisent ici :",
			w.link("/dossiers/"+f.Number, ""),
		},
	})
	if err != nil {
		return err
	}
	return w.tell(reviewers, change, letter{
		template: "granted_desk",
		subject:  "Dossier " + f.Number + " accordé",
		text:     []string{"L’aide est accordée sur le dossier « " + f.Title + " », pour " + ui.Euros(f.Granted) + ". La décision se lit ici :", w.link("/instruction/"+f.Number, "")},
	})
}

func (w *writer) refused(change models.Change) error {
	f, err := w.file(change.Subject)
	if err != nil {
		return err
	}
	err = w.tell(team, change, letter{
		template: "refused",
		subject:  "Décision sur le dossier " + f.Number,
		text: []string{
			"L’aide demandée pour votre dossier « " + f.Title + " » n’est pas accordée.",
			"La décision et son motif se lisent ici :",
			w.link("/dossiers/"+f.Number, ""),
		},
	})
	if err != nil {
		return err
	}
	return w.tell(reviewers, change, letter{
		template: "refused_desk",
		subject:  "Dossier " + f.Number + " refusé",
		text:     []string{"L’aide est refusée sur le dossier « " + f.Title + " ». La décision et son motif se lisent ici :", w.link("/instruction/"+f.Number, "")},
	})
}

func (w *writer) dropped(change models.Change) error {
	f, err := w.file(change.Subject)
	if err != nil {
		return err
	}
	err = w.tell(team, change, letter{
		template: "dropped",
		subject:  "Dossier " + f.Number + " classé sans suite",
		text: []string{
			"Votre dossier « " + f.Title + " » est classé sans suite : il ne sera pas examiné plus avant.",
			"La raison se lit ici :",
			w.link("/dossiers/"+f.Number, ""),
		},
	})
	if err != nil {
		return err
	}
	return w.tell(reviewers, change, letter{
		template: "dropped_desk",
		subject:  "Dossier " + f.Number + " classé sans suite",
		text:     []string{"Le dossier « " + f.Title + " » est classé sans suite : il n’attend plus rien de vous. Le motif se lit ici :", w.link("/instruction/"+f.Number, "")},
	})
}

// proposed tells those who may decide that a proposal waits for them. What it
// says is read on the desk, not in a mail.
func (w *writer) proposed(change models.Change) error {
	f, err := w.file(change.Subject)
	if err != nil {
		return err
	}
	return w.tell(deciders, change, letter{
		template: "to_decide",
		subject:  "Dossier " + f.Number + " à décider",
		text: []string{
			"L’instruction du dossier « " + f.Title + " » est terminée : la proposition attend une décision. Elle se lit ici :",
			w.link("/instruction/"+f.Number, ""),
		},
	})
}

// sentBack tells the reviewers that a decider wants their proposal taken up
// again: what passes inside the desk is not for the applicant.
func (w *writer) sentBack(change models.Change) error {
	f, err := w.file(change.Subject)
	if err != nil {
		return err
	}
	return w.tell(reviewers, change, letter{
		template: "sent_back",
		subject:  "Dossier " + f.Number + " renvoyé à l’instruction",
		text: []string{
			"La proposition sur le dossier « " + f.Title + " » vous est renvoyée. Le motif se lit ici :",
			w.link("/instruction/"+f.Number, ""),
		},
	})
}

// withdrawn tells the team, the reviewers and, when it waited for a decision, the
// deciders.
func (w *writer) withdrawn(change models.Change) error {
	f, err := w.file(change.Subject)
	if err != nil {
		return err
	}
	err = w.tell(team, change, letter{
		template: "withdrawn",
		subject:  "Dossier " + f.Number + " retiré",
		text: []string{
			"Le dossier « " + f.Title + " » a été retiré par son porteur : il ne sera pas étudié. Il reste lisible ici :",
			w.link("/dossiers/"+f.Number, ""),
		},
	})
	desk := letter{
		template: "withdrawn_desk",
		subject:  "Dossier " + f.Number + " retiré",
		text: []string{
			"Le dossier « " + f.Title + " » a été retiré par son porteur : il n’attend plus rien de vous.",
			w.link("/instruction/"+f.Number, ""),
		},
	}
	if err == nil {
		err = w.tell(reviewers, change, desk)
	}
	if err == nil && cameFrom(change) == funding.InDecision {
		err = w.tell(deciders, change, desk)
	}
	return err
}

// cameFrom is the state that a transition left.
func cameFrom(change models.Change) funding.State {
	var about struct {
		From funding.State `json:"from"`
	}
	if err := json.Unmarshal([]byte(change.Payload), &about); err != nil {
		return ""
	}
	return about.From
}

var partOf = map[funding.TeamRole]string{
	funding.CoHolder: "Vous pourrez le lire et le modifier.",
	funding.Reader:   "Vous pourrez le lire.",
}

// invited asks a colleague to join a draft. The project's title stays out: the
// address may be anybody's.
func (w *writer) invited(change models.Change) error {
	mail, err := funding.IssueInvitation(w.ctx, w.tx, change.Subject)
	if err != nil {
		return err
	}
	return w.write(letter{
		template: "invitation", to: mail.Email,
		subject: "Invitation à préparer un dossier",
		text: []string{
			plainWords(mail.Inviter) + " vous invite à préparer avec son équipe un dossier pour « " + titleWords(mail.Call) + " ». " + partOf[mail.Role],
			"Pour accepter, ouvrez cette page avec un compte à cette adresse :",
			w.link("/dossiers/invitation", mail.Token),
			"Ce lien sert une seule fois, jusqu’au " + ui.DateTime(mail.ExpiresAt) + ". Si vous ne connaissez pas cette personne, ne faites rien.",
		},
	})
}

// titleWords is a title as plainWords would have it, but for the stops and
// colons that end a word: « Guichet : essayer » keeps its own.
func titleWords(s string) string {
	words := strings.Fields(s)
	for i, word := range words {
		plain := plainWords(word)
		if last := word[len(word)-1]; last == ':' || last == '.' {
			plain += string(last)
		}
		words[i] = plain
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}
