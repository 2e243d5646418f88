package jobs

import (
	"passerelle/app/ui"
	"passerelle/models"
	"passerelle/models/account"
)

const ignore = "Si vous n’avez rien demandé, ne faites rien : votre compte reste tel quel."

// issue makes the secret of a link to an address of an account, and says until
// when it works.
func (w *writer) issue(who account.Account, purpose account.Purpose, email string) (secret, until string, err error) {
	secret, err = account.Issue(w.ctx, w.tx, who.ID, purpose, email)
	return secret, "Ce lien sert une seule fois, jusqu’au " + ui.DateTime(models.At(w.tx.Now.Add(account.Life(purpose)))) + ".", err
}

// registered sends the link that proves the address of a new account.
func (w *writer) registered(change models.Change) error {
	who, err := account.Find(w.ctx, w.tx, change.Subject)
	if err != nil || who.Confirmed() {
		return err
	}
	secret, until, err := w.issue(who, account.ToConfirm, who.Email)
	if err != nil {
		return err
	}
	return w.write(letter{
		template: "confirm", account: who.ID, to: who.Email, name: who.Name,
		subject: "Confirmez votre adresse",
		text: []string{
			"Un compte vient d’être ouvert sur Passerelle avec cette adresse. Pour la confirmer, ouvrez cette page, puis appuyez sur « Confirmer mon adresse » :",
			w.link("/confirmer", secret),
			until,
			"Si ce n’est pas vous, ne faites rien : sans confirmation, ce compte ne peut rien publier, et il est effacé au bout de 30 jours.",
		},
	})
}

// knownAgain tells somebody that their address was registered again.
func (w *writer) knownAgain(change models.Change) error {
	who, err := account.Find(w.ctx, w.tx, change.Subject)
	if err != nil {
		return err
	}
	l := letter{
		template: "known", account: who.ID, to: who.Email, name: who.Name,
		subject: "Vous avez déjà un compte",
		text: []string{
			"Quelqu’un, vous sans doute, vient de demander un compte sur Passerelle avec cette adresse. Elle en a déjà un : connectez-vous.",
			w.link("/connexion", ""),
			"Mot de passe oublié ? Choisissez-en un autre ici :",
			w.link("/mot-de-passe-oublie", ""),
			ignore,
		},
	}
	if !who.Confirmed() {
		// Whoever opened the account never proved that the address is theirs: the
		// link lets its true owner take the account over, and shuts others out.
		secret, until, err := w.issue(who, account.ToReset, who.Email)
		if err != nil {
			return err
		}
		l.name = ""
		l.text = []string{
			"Quelqu’un, vous sans doute, vient de demander un compte sur Passerelle avec cette adresse. Elle en a déjà un, qui n’est pas encore confirmé. Pour le confirmer, choisissez son mot de passe ici :",
			w.link("/nouveau-mot-de-passe", secret),
			until,
			"Si vous n’avez rien demandé, ne faites rien : sans confirmation, ce compte est effacé au bout de 30 jours.",
		}
	}
	return w.write(l)
}

// resetAsked sends the link to choose a new password. Where the address that
// was typed has no account, the change names none.
func (w *writer) resetAsked(change models.Change) error {
	if change.Subject == 0 {
		return nil
	}
	who, err := account.Find(w.ctx, w.tx, change.Subject)
	if err != nil {
		return err
	}
	secret, until, err := w.issue(who, account.ToReset, who.Email)
	if err != nil {
		return err
	}
	return w.write(letter{
		template: "reset", account: who.ID, to: who.Email, name: who.Name,
		subject: "Choisissez un nouveau mot de passe",
		text: []string{
			"Vous avez demandé un nouveau mot de passe pour votre compte Passerelle. Choisissez-le ici :",
			w.link("/nouveau-mot-de-passe", secret),
			until,
			ignore,
		},
	})
}

// addressAsked sends a link to the new address of an account, or tells its
// owner that it has one already; and warns the present address.
func (w *writer) addressAsked(change models.Change) error {
	who, err := account.Find(w.ctx, w.tx, change.Subject)
	if err != nil || who.NewEmail == "" {
		return err
	}
	taken, err := account.EmailTaken(w.ctx, w.tx, who.NewEmail)
	if err != nil {
		return err
	}
	l := letter{
		template: "address", account: who.ID, to: who.NewEmail, name: who.Name,
		subject: "Confirmez votre nouvelle adresse",
	}
	if taken {
		l.subject, l.name = "Vous avez déjà un compte", ""
		l.text = []string{
			"Quelqu’un, vous peut-être, a demandé à utiliser cette adresse pour un autre compte Passerelle. Elle a déjà le sien : rien n’est changé.",
			ignore,
		}
	} else {
		secret, until, err := w.issue(who, account.ToMove, who.NewEmail)
		if err != nil {
			return err
		}
		l.text = []string{
			"Vous avez demandé que cette adresse devienne celle de votre compte Passerelle. Pour la confirmer, ouvrez cette page, puis appuyez sur « Confirmer mon adresse » :",
			w.link("/confirmer", secret),
			until,
			"Si vous n’avez rien demandé, ne faites rien.",
		}
	}
	if err := w.write(l); err != nil {
		return err
	}
	return w.write(letter{
		template: "address_warning", account: who.ID, to: who.Email, name: who.Name, owed: true,
		subject: "Changement d’adresse demandé",
		text: []string{
			"L’adresse de votre compte Passerelle va changer : un lien de confirmation a été envoyé à la nouvelle. D’ici là, celle-ci reste valable.",
			"Si ce n’est pas vous, changez tout de suite votre mot de passe :",
			w.link("/compte", ""),
		},
	})
}

// passwordChanged warns of a change that an intruder may have made.
func (w *writer) passwordChanged(change models.Change) error {
	who, err := account.Find(w.ctx, w.tx, change.Subject)
	if err != nil {
		return err
	}
	return w.write(letter{
		template: "password", account: who.ID, to: who.Email, name: who.Name, owed: true,
		subject: "Votre mot de passe a changé",
		text: []string{
			"Le mot de passe de votre compte Passerelle a été changé le " + ui.DateTime(change.At) + ". Vos autres sessions sont fermées.",
			"Si ce n’est pas vous, choisissez-en un autre tout de suite :",
			w.link("/mot-de-passe-oublie", ""),
		},
	})
}
