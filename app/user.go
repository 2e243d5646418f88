package main

import (
	"errors"
	"fmt"

	"passerelle/app/portal"
	"passerelle/models"
)

type userCommand struct {
	Create userCreate `cmd:"" help:"nomme une personne qui administre : imprime un lien à usage unique"`
	Grant  userRole   `cmd:"" help:"donne un rôle à un compte confirmé"`
	Revoke userRevoke `cmd:"" help:"retire un rôle à un compte"`
}

type userCreate struct {
	Admin string `required:"" help:"adresse électronique de la personne"`
	Name  string `help:"nom affiché"`
}

// Run makes an administrator and prints the link with which they choose their
// password.
func (c userCreate) Run(p program) error {
	return p.with(func(rooms *portal.Portal) error {
		secret, err := rooms.Accounts.CreateAdmin(p.ctx, c.Admin, c.Name)
		if err != nil {
			return inFrench(err)
		}
		fmt.Fprintf(p.out, "Ce lien sert une fois, pendant une heure :\n%s/nouveau-mot-de-passe?jeton=%s\n", p.cfg.URL, secret)
		return nil
	})
}

type userRole struct {
	Address string `arg:"" help:"adresse du compte"`
	Role    string `arg:"" help:"lab_editor, reviewer, lead_reviewer, expert, decider, finance, auditor, moderator ou administrator"`
	On      string `help:"identifiant d’adresse du laboratoire ou du guichet, pour les rôles qui en ont un"`
}

// Run gives a role.
func (c userRole) Run(p program) error {
	return p.with(func(rooms *portal.Portal) error {
		right, err := rooms.Accounts.RightOf(p.ctx, c.Address, models.Role(c.Role), c.On)
		if err != nil {
			return inFrench(err)
		}
		if err := rooms.Accounts.Grant(p.ctx, models.System, right); err != nil {
			return inFrench(err)
		}
		fmt.Fprintln(p.out, "Rôle donné.")
		return nil
	})
}

type userRevoke userRole

// Run takes a role away.
func (c userRevoke) Run(p program) error {
	return p.with(func(rooms *portal.Portal) error {
		right, err := rooms.Accounts.RightOf(p.ctx, c.Address, models.Role(c.Role), c.On)
		if err != nil {
			return inFrench(err)
		}
		if err := rooms.Accounts.Revoke(p.ctx, models.System, right); err != nil {
			return inFrench(err)
		}
		fmt.Fprintln(p.out, "Rôle retiré.")
		return nil
	})
}

// inFrench gives a refusal its sentence.
func inFrench(err error) error {
	var why *models.Error
	if errors.As(err, &why) {
		return errors.New(portal.Sentences(why))
	}
	return err
}
