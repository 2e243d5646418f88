// Package main is the portal in one program: it serves, and it keeps its data
// folder (backup, restore, import, check…). `passerelle --help` lists the
// commands; without one it serves.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"passerelle/app/config"
)

// commands are what the program can do; one struct a command.
type commands struct {
	Serve   serveCommand   `cmd:"" default:"1" help:"sert le portail (sans autre mot)"`
	Seed    seedCommand    `cmd:"" help:"charge les contenus et ajoute la démonstration ; --remove-demo retire ses comptes"`
	Import  importCommand  `cmd:"" help:"importe des fils et des cas d’usage (JSON, un objet par ligne)"`
	Backup  backupCommand  `cmd:"" help:"sauvegarde la base et les fichiers, pendant que le portail sert"`
	Restore restoreCommand `cmd:"" help:"remet une sauvegarde en place, le portail étant arrêté"`
	Reindex reindexCommand `cmd:"" help:"reconstruit l’index de recherche, le portail étant arrêté"`
	Check   checkCommand   `cmd:"" help:"vérifie la base, l’index, les compteurs, l’enveloppe et les empreintes"`
	Config  configCommand  `cmd:"" help:"montre les réglages, secrets masqués"`
	User    userCommand    `cmd:"" help:"comptes : create --admin ADRESSE, grant, revoke"`
}

// program is what every command works with.
type program struct {
	ctx context.Context
	cfg config.Config
	now func() time.Time
	out io.Writer
	log *slog.Logger
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// errReported is a failure whose reason was printed already.
var errReported = errors.New("reported")

// run does one command and returns the exit status.
func run(ctx context.Context, arguments []string, out, trouble io.Writer) (status int) {
	var todo commands
	left := -1 // what kong wants to exit with, after its help
	parser, err := kong.New(&todo, kong.Name("passerelle"), kong.Help(printHelp),
		kong.Writers(out, trouble), kong.Exit(func(code int) { left = code }))
	if err != nil {
		fmt.Fprintln(trouble, "passerelle :", err)
		return 2
	}
	chosen, err := parser.Parse(arguments)
	if left >= 0 {
		return left
	}
	if err != nil {
		fmt.Fprintf(trouble, "passerelle : commande incomprise (%v). Voyez « passerelle --help ».\n", err)
		return 2
	}
	cfg, err := config.Read()
	if err != nil {
		fmt.Fprintln(trouble, "passerelle :", err)
		return 2
	}
	logs := newLogWriter(out)
	defer logs.Close()
	p := program{ctx: ctx, cfg: cfg, now: time.Now, out: out, log: slog.New(slog.NewJSONHandler(logs, nil))}
	if err := chosen.Run(p); err != nil {
		if !errors.Is(err, errReported) {
			fmt.Fprintln(trouble, "passerelle :", err)
		}
		return 1
	}
	return 0
}

// printHelp is the help in French: what can be done, one line each.
func printHelp(_ kong.HelpOptions, chosen *kong.Context) error {
	out := chosen.Stdout
	node := chosen.Selected()
	if node == nil || node.Type != kong.CommandNode {
		fmt.Fprint(out, "Passerelle, le portail de l’innovation publique des territoires.\n\nUsage : passerelle [commande]\n\n")
		node = chosen.Model.Node
	} else {
		fmt.Fprintf(out, "passerelle %s : %s\n\n", node.Name, node.Help)
	}
	for _, command := range node.Children {
		fmt.Fprintf(out, "  %-10s %s\n", command.Name, command.Help)
	}
	for _, argument := range node.Positional {
		fmt.Fprintf(out, "  %-10s %s\n", argument.Name, argument.Help)
	}
	for _, flag := range node.Flags {
		fmt.Fprintf(out, "  --%-8s %s\n", flag.Name, flag.Help)
	}
	fmt.Fprint(out, "\nLes réglages viennent de l’environnement : « passerelle config » les montre.\n")
	return nil
}
