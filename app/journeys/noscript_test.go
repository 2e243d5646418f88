//go:build browser

package journeys_test

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"

	"passerelle/app/journeys"
)

// withoutScript is a browser in which pages run no script.
func withoutScript(t *testing.T, site *journeys.Site) *tab {
	t.Helper()
	b := newTab(t, site, 360, "light")
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.open("/fils/1")
	if !ask[bool](b, "matchMedia('(scripting: none)').matches") {
		t.Fatal("scripts still run: this test tries nothing")
	}
	return b
}

func (b *tab) logIn(who string) {
	b.Helper()
	b.open("/")
	b.follow("Se connecter")
	b.fill("Adresse électronique", who+"@demo.example")
	b.fill("Mot de passe", "passerelle-demo")
	b.press("Se connecter")
	b.sees("Vous êtes connecté")
}

func TestADebateWithoutScript(t *testing.T) {
	t.Parallel()
	site := journeys.Start(t)
	b := withoutScript(t, site)
	b.sees("Publier un jeu de données quand on est trois à la mairie")
	b.logIn("citoyenne")
	b.open("/forums")
	b.follow("Données et transparence")
	b.follow("Ouvrir un fil")
	b.choose("Vous ouvrez", "Question")
	b.fill("Titre", "Comment faire sans script ?")
	b.fill("Premier message", "Avec des **formulaires**.")
	b.press("Aperçu")
	b.sees("Aperçu, pas encore publié", "Avec des formulaires.")
	b.press("Ouvrir le fil")
	b.sees("Votre fil est ouvert", "Comment faire sans script ?")
	b.fill("Votre message", "Une réponse, sans script non plus.")
	b.press("Publier")
	b.sees("Votre message est publié", "2 messages")
	if n := ask[int](b, "[...document.querySelectorAll('.composer__tools')].filter((e) => e.checkVisibility()).length"); n > 0 {
		t.Error("buttons that need a script are shown")
	}
	site.Found()
	b.open("/recherche")
	b.fill("Rechercher", "sans script non plus")
	b.press("Rechercher")
	b.sees("Comment faire sans script ?")
	b.open("/cas-usage")
	b.do("reading('main button', 'Filtrer').click(); return ''") // a sheet opens without a script too
	b.choose("Laboratoire", "Ti Lab")
	b.press("Appliquer")
	b.sees("cas d’usage pour ces filtres", "Ti Lab")
	if address := b.address(); address != "/cas-usage?labo=ti-lab" {
		t.Errorf("the filter leads to %s", address)
	}
}

func TestAnApplicationWithoutScript(t *testing.T) {
	t.Parallel()
	site := journeys.Start(t)
	b := withoutScript(t, site)
	b.logIn("porteur")
	b.open(callPage)
	b.follow("Commencer un dossier")
	b.press("Créer un brouillon")
	for _, step := range steps {
		b.sees(step.title)
		for _, f := range step.fields {
			if f.in == "" || f.in == list {
				b.fill(f.label, f.value)
			} else {
				b.choose(f.in, f.label)
			}
		}
		b.press("Enregistrer et continuer")
		if b.status != 200 {
			t.Fatalf("%s: status %d\n%s", step.title, b.status, b.text())
		}
	}
	b.sees("Relecture et dépôt", "28 000,00 €")
	for _, attested := range []string{"J’atteste", "J’ai le droit de déposer", "Si l’aide est accordée"} {
		b.choose("", attested)
	}
	b.press("Déposer le dossier")
	b.sees("Un accusé de réception vous est envoyé", "Empreinte SHA-256")
	number := strings.TrimPrefix(b.address(), "/dossiers/")

	desk := withoutScript(t, site)
	desk.logIn("instructrice")
	desk.open("/instruction?vue=sans")
	desk.sees(number)
	desk.follow("Lire les courriers")
	desk.press("Prendre en charge")
	desk.fill("Montant proposé", "28 000")
	desk.fill("Avis de l’instruction", "Utile.")
	desk.press("Transmettre pour décision")
	desk.sees("La proposition est transmise")
	decider := withoutScript(t, site)
	decider.logIn("decideur")
	decider.open("/instruction/" + number)
	decider.fill("Motif de l’accord", "Bon projet.")
	decider.press("Accorder")
	decider.sees("Enveloppe disponible après")
	decider.press("Accorder 28 000 €")
	decider.sees("L’aide est accordée")
	b.open("/dossiers/" + number)
	b.sees("Une aide de 28 000 € vous est accordée")
}
