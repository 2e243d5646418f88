package main

import (
	"errors"
	"fmt"
	"net"
	"runtime/debug"

	"passerelle/app/portal"
	"passerelle/models"
	"passerelle/models/account"
)

type serveCommand struct{}

// Run serves the portal until the program is told to stop.
func (serveCommand) Run(p program) (err error) {
	lock, err := models.LockFolder(p.cfg.Data)
	if err != nil {
		return said(err)
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	debug.SetGCPercent(200) // an eighth of the time for the same memory
	listener, err := net.Listen("tcp", p.cfg.Addr)
	if err != nil {
		return fmt.Errorf("écouter sur %s : %w", p.cfg.Addr, err)
	}
	rooms, err := p.open()
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer func() { err = errors.Join(err, rooms.Close()) }()
	service, err := rooms.Prepare(p.ctx)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	if err := p.greet(service.Portal); err != nil {
		return errors.Join(err, listener.Close())
	}
	return service.Run(p.ctx, listener)
}

// greet says where the portal is and who may come in.
func (p program) greet(rooms *portal.Portal) error {
	fmt.Fprintf(p.out, "Passerelle est à l’adresse %s\n", p.cfg.URL)
	demo, err := rooms.Accounts.HasDemo(p.ctx)
	if err != nil {
		return err
	}
	if demo {
		fmt.Fprintf(p.out, "\nComptes de démonstration, mot de passe « %s » :\n", account.DemoPassword)
		for _, person := range account.DemoPeople {
			fmt.Fprintf(p.out, "  %-28s %s\n", person.Email(), person.Part)
		}
		fmt.Fprintf(p.out, "Les courriels sont à lire sur %s/demo/mails\n\n", p.cfg.URL)
		return nil
	}
	known, err := rooms.Accounts.HasAdministrator(p.ctx)
	if err != nil {
		return err
	}
	if !known {
		fmt.Fprintln(p.out, "Personne n’administre encore ce portail : « passerelle user create --admin ADRESSE » nomme la première personne.")
	}
	return nil
}

// open opens the rooms of the data folder.
func (p program) open() (*portal.Portal, error) {
	return portal.Open(p.ctx, p.cfg, p.now, p.log)
}

// said gives a known failure its French sentence.
func said(err error) error {
	if errors.Is(err, models.ErrServed) {
		return errors.New("un portail sert déjà ce dossier de données : arrêtez-le d’abord")
	}
	return err
}
