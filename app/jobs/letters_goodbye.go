package jobs

import (
	"context"

	"passerelle/app/ui"
	"passerelle/models"
	"passerelle/models/account"
)

// goodbye writes the last mail to somebody whose account is being erased, in
// that very transaction: afterwards nobody knows the address. The mail names no
// account, nothing counts it, and it is wiped when it leaves.
func (j *Jobs) goodbye(ctx context.Context, tx *models.Tx, id models.ID) error {
	who, err := account.Find(ctx, tx, id)
	if err != nil || !who.Confirmed() || who.Email == "" {
		return err
	}
	w := &writer{ctx: ctx, tx: tx, jobs: j}
	return w.write(letter{
		template: "goodbye", to: who.Email, name: who.Name, owed: true, unkept: true,
		subject: "Votre compte est supprimé",
		text: []string{
			"Votre compte Passerelle a été supprimé le " + ui.DateTime(tx.Now) + ". Votre nom, cette adresse, vos sessions, vos rôles et vos brouillons sont effacés. Vos messages restent, signés « Compte supprimé ».",
			"Ce courriel est le dernier : une fois parti, votre adresse n’est plus gardée.",
			"Si ce n’est pas vous, quelqu’un connaît votre mot de passe : changez-le là où vous l’utilisez aussi, et écrivez à la personne responsable du portail.",
			w.link("/mentions-legales", ""),
		},
	})
}

// deleted sees to it that the last mail of an account leaves at once.
func (w *writer) deleted(models.Change) error {
	w.wrote = true
	return nil
}
