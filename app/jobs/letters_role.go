package jobs

import (
	"passerelle/app/ui"
	"passerelle/models"
	"passerelle/models/account"
)

// roleGranted tells somebody of a role that they were given.
func (w *writer) roleGranted(change models.Change) error {
	role, on, who, err := w.right(change)
	if err != nil || who.Email == "" {
		return err
	}
	return w.write(letter{
		template: "role_granted", account: who.ID, to: who.Email, name: who.Name, owed: true,
		subject: "Un rôle vous est donné",
		text: []string{
			"L’administration de Passerelle vous a donné un rôle : " + ui.RoleName(role) + ", sur " + on + ".",
			ui.RoleWork(role),
			"Vos rôles se lisent dans votre compte :",
			w.link("/compte", ""),
		},
	})
}

// roleRevoked tells somebody of a role that they lost.
func (w *writer) roleRevoked(change models.Change) error {
	role, on, who, err := w.right(change)
	if err != nil || who.Email == "" {
		return err
	}
	return w.write(letter{
		template: "role_revoked", account: who.ID, to: who.Email, name: who.Name, owed: true,
		subject: "Un rôle vous est retiré",
		text: []string{
			"L’administration de Passerelle vous a retiré un rôle : " + ui.RoleName(role) + ", sur " + on + ".",
			"Le reste de votre compte ne change pas. Vos rôles s’y lisent :",
			w.link("/compte", ""),
		},
	})
}

// right is the role that was given or taken away, on what, and whose it is:
// nobody, when the address is not proved yet or the program seeds a demonstration.
func (w *writer) right(change models.Change) (role models.Role, on string, who account.Account, err error) {
	if who, err = account.Find(w.ctx, w.tx, change.Subject); err != nil {
		return "", "", who, err
	}
	if !who.Confirmed() || who.Demo && change.ActorID == models.System.ID {
		return "", "", account.Account{}, nil
	}
	about := change.About()
	word, _ := about["role"].(string)
	role = models.Role(word)
	name, err := account.ScopeName(w.ctx, w.tx, role, about.ID("scope"))
	if on = ui.RoleOn(""); name != "" {
		on = "« " + plainWords(name) + " »"
	}
	return role, on, who, err
}
