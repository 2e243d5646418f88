package accountpages

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"passerelle/app/config"
	"passerelle/models"
	"passerelle/models/account"
)

func TestRegisterConfirmLogInLogOut(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	b := p.visitor()
	b.open("/connexion").follow("Créer un compte").sees(200, "Créer un compte")
	b.press("Créer mon compte", fill{"Nom affiché": "Marie Dupont", "Adresse électronique": "marie@culture.gouv.fr", "Mot de passe": goodPassword}).
		sees(200, "Consultez votre messagerie", "Aucun message ne part").follow("Lire les messages ici")
	first := p.mail("marie@culture.gouv.fr", "Confirmez votre adresse")
	b.open("/demo/mails").sees(200, "Confirmez votre adresse", "marie@culture.gouv.fr", "Bonjour Marie Dupont")

	// Before confirmation: read, not write.
	b.logIn("marie@culture.gouv.fr", goodPassword).sees(200, "Vous êtes connecté.")
	b.open("/compte").sees(200, "Votre adresse n’est pas encore confirmée").press("Recevoir de nouveau le lien", nil).
		sees(200, "Le lien de confirmation vient d’être envoyé de nouveau.")

	link := p.mail("marie@culture.gouv.fr", "Confirmez votre adresse")
	b.open(link).sees(200, "Marie Dupont", "marie@culture.gouv.fr")
	b.open(link).sees(200) // opening uses nothing up
	b.press("Confirmer mon adresse", nil).sees(200, "Votre adresse est confirmée.", "Agent public", "Domaine vérifié").misses("pas encore confirmée")
	b.open(link).sees(409, "Ce lien a déjà servi : votre adresse est confirmée.", "Mon compte")
	for _, mailed := range []string{link, first} { // the older mail says so too
		p.visitor().open(mailed).sees(409, "Ce lien a déjà servi : votre adresse est confirmée, connectez-vous.", "Se connecter")
	}

	b.open("/connexion").sees(200, "") // already in
	if b.address != "/" {
		t.Errorf("the log-in page leads to %s", b.address)
	}
	b.press("Se déconnecter", nil)
	b.open("/compte").sees(401, "Connectez-vous")
	for _, address := range []string{"/compte/nom", "/compte/adresse", "/compte/mot-de-passe", "/compte/supprimer"} {
		b.open(address).sees(401)
	}
}

func TestLogInComesBack(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.person("marie@exemple.fr")
	tests := []struct{ back, want string }{
		{"/compte/nom", "/compte/nom"},
		{"/compte?x=1", "/compte?x=1"},
		{"", "/"},
		{"/connexion", "/"},
		{"/confirmer?jeton=x", "/"},
		{"https://escroc.example/", "/"},
		{"//escroc.example/", "/"},
		{"/\\escroc.example/", "/"},
		{"/\tescroc", "/"},
		{"javascript:alert(1)", "/"},
		{"compte", "/"},
	}
	for _, tt := range tests {
		p.clock.Add(time.Minute)
		b := p.visitor().open("/connexion?retour=" + url.QueryEscape(tt.back))
		typed := fill{"Adresse électronique": "marie@exemple.fr", "Mot de passe": goodPassword}
		if got := b.once(b.form("Se connecter", typed)); got != tt.want {
			t.Errorf("retour=%q leads to %q, want %q", tt.back, got, tt.want)
		}
		b = p.visitor().open("/connexion") // a hidden field may be changed
		b.page.Find("main input[name=retour]").SetAttr("value", tt.back)
		if got := b.once(b.form("Se connecter", typed)); got != tt.want {
			t.Errorf("posted retour=%q leads to %q, want %q", tt.back, got, tt.want)
		}
	}
}

func TestRegistrationComesBack(t *testing.T) {
	t.Parallel()
	const quote = "/compte/nom?citer=7#repondre"
	tests := []struct{ back, want string }{
		{quote, quote}, {"", "/compte"}, {"//escroc.example/", "/compte"}, {"/inscription", "/compte"}, {"/" + strings.Repeat("a", 3000), "/compte"},
	}
	for i, tt := range tests {
		p := newPortal(t)
		email := fmt.Sprintf("marie%d@exemple.fr", i)
		b := p.visitor().open("/connexion?retour=" + url.QueryEscape(tt.back)).follow("Créer un compte")
		b.press("Créer mon compte", fill{"Nom affiché": "M", "Adresse électronique": email, "Mot de passe": goodPassword}).sees(422)
		b.press("Créer mon compte", fill{"Nom affiché": "Marie Dupont", "Adresse électronique": email, "Mot de passe": goodPassword}).sees(200)
		link := p.mail(email, "Confirmez votre adresse")
		if strings.Contains(link, "citer") {
			t.Errorf("the mail tells where its reader was: %s", link)
		}
		if i == 0 {
			b.open(b.page.Find("main a[href^='/connexion']").AttrOr("href", ""))
			if got := b.once(b.form("Se connecter", fill{"Adresse électronique": email, "Mot de passe": goodPassword})); got != quote {
				t.Errorf("before confirmation, the log-in leads to %s", got)
			}
		} else {
			b.logIn(email, goodPassword)
		}
		if got := b.open(link).once(b.form("Confirmer mon adresse", nil)); got != tt.want {
			t.Errorf("retour=%q: confirmed, one is led to %s, want %s", tt.back, got, tt.want)
		}
	}
	p := newPortal(t)
	b := p.visitor().open("/inscription?retour=" + url.QueryEscape(quote))
	b.press("Créer mon compte", fill{"Nom affiché": "Luc Martin", "Adresse électronique": "luc@exemple.fr", "Mot de passe": goodPassword}).sees(200)
	b = p.visitor().open(p.mail("luc@exemple.fr", "Confirmez votre adresse")) // on a telephone
	if got, want := b.once(b.form("Confirmer mon adresse", nil)), "/connexion?retour="+url.QueryEscape(quote); got != want {
		t.Errorf("logged out, one is led to %s, want %s", got, want)
	}
}

func TestFormsKeepWhatWasTyped(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	b := p.visitor()
	b.open("/inscription").press("Créer mon compte", fill{"Nom affiché": "M", "Adresse électronique": "marie@exemple", "Mot de passe": "motdepasse2026"}).
		sees(422, "3 points à corriger", "Écrivez au moins 2 caractères.", "Écrivez une adresse complète", "se devine trop facilement")
	if !strings.HasPrefix(b.page.Find("title").Text(), "Erreur") {
		t.Errorf("title %q", b.page.Find("title").Text())
	}
	kept := map[string]string{"name": "M", "email": "marie@exemple", "password": ""}
	for name, want := range kept {
		field := b.page.Find("main input[name='" + name + "']")
		if got := field.AttrOr("value", ""); got != want {
			t.Errorf("%s holds %q, want %q", name, got, want)
		}
		if field.AttrOr("aria-invalid", "") != "true" || b.page.Find(".summary a[href='#"+name+"']").Length() != 1 {
			t.Errorf("%s is not marked as wrong, or the summary does not lead there", name)
		}
	}
	if strings.Contains(b.body, "motdepasse2026") {
		t.Error("the password is in the page")
	}
	b.open("/connexion").press("Se connecter", fill{"Adresse électronique": "marie@exemple.fr", "Mot de passe": "une phrase bien longue et secrète"}).
		sees(422, "Adresse ou mot de passe incorrect.")
	if b.page.Find("main input[name=email]").AttrOr("value", "") != "marie@exemple.fr" || strings.Contains(b.body, "bien longue") {
		t.Error("the address is lost, or the password shown")
	}
	b.open("/mot-de-passe-oublie").press("Recevoir le lien", fill{"Adresse électronique": "marie"}).sees(422, "Écrivez une adresse complète")
	if b.page.Find("main input[name=email]").AttrOr("value", "") != "marie" {
		t.Error("the address is lost")
	}
	// A form that expired shows no password either.
	r := b.open("/connexion").form("Se connecter", fill{"Adresse électronique": "marie@exemple.fr", "Mot de passe": "une phrase bien longue et secrète"})
	b.cookies = map[string]string{}
	b.send(r).sees(403, "Ce formulaire a expiré")
	if strings.Contains(b.body, "bien longue") {
		t.Error("the password is in the error page")
	}
}

// comparable is a page without what differs at each request.
func comparable(b *browser) string {
	body := regexp.MustCompile(`name="csrf" value="[^"]*"`).ReplaceAllString(b.body, "")
	return strings.NewReplacer("marie@exemple.fr", "ADDRESS", "autre@exemple.fr", "ADDRESS").Replace(body)
}

func TestNobodyLearnsWhoHasAnAccount(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.person("marie@exemple.fr") // autre@exemple.fr has none
	acts := map[string]func(b *browser, email string) *browser{
		"register": func(b *browser, email string) *browser {
			return b.open("/inscription").press("Créer mon compte", fill{"Nom affiché": "Intrus", "Adresse électronique": email, "Mot de passe": otherPassword})
		},
		"reset": func(b *browser, email string) *browser {
			return b.open("/mot-de-passe-oublie").press("Recevoir le lien", fill{"Adresse électronique": email})
		},
		"log in": func(b *browser, email string) *browser { return b.logIn(email, "un mauvais mot de passe") },
	}
	for _, name := range []string{"log in", "reset", "register"} {
		known, unknown := acts[name](p.visitor(), "marie@exemple.fr"), acts[name](p.visitor(), "autre@exemple.fr")
		if known.status != unknown.status || known.address != unknown.address || comparable(known) != comparable(unknown) {
			t.Errorf("%s: %d %s for a known address, %d %s for an unknown one; same page: %t", name,
				known.status, known.address, unknown.status, unknown.address, comparable(known) == comparable(unknown))
		}
		for header := range known.header {
			if header != "Set-Cookie" && header != "Date" && header != "Content-Length" && known.header.Get(header) != unknown.header.Get(header) {
				t.Errorf("%s: header %s differs", name, header)
			}
		}
	}
	if !strings.HasPrefix(p.mail("marie@exemple.fr", "Vous avez déjà un compte"), "/connexion") {
		t.Error("who has an account is not told")
	}
}

func TestForgottenPassword(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	elsewhere := p.person("marie@exemple.fr")
	b := p.visitor()
	b.open("/connexion").follow("Mot de passe oublié").press("Recevoir le lien", fill{"Adresse électronique": "marie@exemple.fr"}).sees(200, "Consultez votre messagerie")
	link := p.mail("marie@exemple.fr", "Choisissez un nouveau mot de passe")
	b.open(link).sees(200, "Choisir un nouveau mot de passe").press("Changer mon mot de passe", fill{"Nouveau mot de passe": "court"}).
		sees(422, "au moins 12 caractères").
		press("Changer mon mot de passe", fill{"Nouveau mot de passe": otherPassword}).sees(200, "Votre mot de passe est changé.")
	b.open(link).sees(409, "Ce lien a déjà servi")
	elsewhere.open("/compte").sees(401)
	b.logIn("marie@exemple.fr", goodPassword).sees(422)
	b.logIn("marie@exemple.fr", otherPassword).sees(200, "Vous êtes connecté.")
	for _, dead := range []string{"", "?jeton=", "?jeton=x", "?jeton=%00%ff", "?jeton=" + strings.Repeat("a", 3000)} {
		b.open("/nouveau-mot-de-passe"+dead).sees(404, "Ce lien n’est pas valable")
		b.open("/confirmer"+dead).sees(404, "Ce lien n’est pas valable")
	}
}

func TestMyAccount(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	b := p.person("marie@exemple.fr")
	b.open("/compte").follow("Changer de nom").press("Enregistrer le nom", fill{"Nom affiché": ""}).sees(422, "Remplissez ce champ.").
		press("Enregistrer le nom", fill{"Nom affiché": "Marie Durand"}).sees(200, "Votre nom est changé.", "Marie Durand")

	b.follow("Changer d’adresse").press("Recevoir le lien", fill{"Nouvelle adresse électronique": "nouvelle@exemple.fr", "Mot de passe actuel": "faux"}).
		sees(422, "Ce n’est pas votre mot de passe actuel.")
	if b.page.Find("input[name=email]").AttrOr("value", "") != "nouvelle@exemple.fr" {
		t.Error("the new address is lost")
	}
	b.press("Recevoir le lien", fill{"Nouvelle adresse électronique": "nouvelle@exemple.fr", "Mot de passe actuel": goodPassword}).
		sees(200, "Changement d’adresse en attente", "nouvelle@exemple.fr")
	b.open(p.mail("nouvelle@exemple.fr", "Confirmez votre nouvelle adresse")).press("Confirmer mon adresse", nil).
		sees(200, "Votre nouvelle adresse est confirmée.", "nouvelle@exemple.fr").misses("en attente", "marie@exemple.fr")

	phone := p.visitor()
	phone.agent = "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36"
	phone.logIn("nouvelle@exemple.fr", goodPassword).sees(200)
	b.open("/compte").sees(200, "Chrome sur Android", "Firefox sur Linux", "C’est la session en cours.", "2 appareils").
		press("Fermer la session Chrome sur Android", nil).sees(200, "La session est fermée.", "1 appareil").misses("Android")
	phone.open("/compte").sees(401)

	phone.logIn("nouvelle@exemple.fr", goodPassword).sees(200)
	b.open("/compte").press("Fermer toutes les autres sessions", nil).sees(200, "Vos autres sessions sont fermées.")
	phone.open("/compte").sees(401)

	phone.logIn("nouvelle@exemple.fr", goodPassword).sees(200)
	stolen := p.visitor() // somebody copied the cookie
	stolen.cookies = maps.Clone(b.cookies)
	stolen.open("/compte").sees(200)
	b.open("/compte").follow("Changer de mot de passe").press("Changer mon mot de passe", fill{"Mot de passe actuel": goodPassword, "Nouveau mot de passe": otherPassword}).
		sees(200, "Votre mot de passe est changé.")
	phone.open("/compte").sees(401)
	stolen.open("/compte").sees(401)
	b.open("/compte").sees(200)

	b.open("/.well-known/change-password").sees(200, "Changer de mot de passe")
	b.open("/compte/nom").press("Sombre", nil)
	if b.page.Find("html").AttrOr("data-theme", "") != "dark" || b.address != "/compte/nom" {
		t.Errorf("theme %q at %s", b.page.Find("html").AttrOr("data-theme", ""), b.address)
	}
}

func TestMyData(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	b, other := p.person("marie@exemple.fr"), p.person("luc@exemple.fr")
	b.open("/compte").follow("Télécharger mes données")
	if b.status != 200 || b.header.Get("Cache-Control") != "no-store" || !strings.HasPrefix(b.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%d, %v", b.status, b.header)
	}
	if !strings.Contains(b.body, `"marie@exemple.fr"`) || strings.Contains(b.body, "luc@") {
		t.Errorf("the export says %s", b.body)
	}
	if other.open("/compte/donnees.json"); strings.Contains(other.body, "marie@") {
		t.Error("another person gets it")
	}
	p.visitor().open("/compte/donnees.json").sees(401)
}

func TestMyRoles(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	b := p.person("marie@exemple.fr")
	b.open("/compte").sees(200).misses("Rôles")
	const marie models.ID = 1 // the first to register
	for _, role := range []models.Role{models.Moderator, models.Administrator} {
		if err := p.site.Accounts.Grant(context.Background(), models.System, account.Right{Account: marie, Role: role}); err != nil {
			t.Fatal(err)
		}
	}
	b.open("/compte").sees(200, "Rôles", "2 rôles", "Modération", "Sur tout le portail, depuis le 24 novembre 2026", "Administration", "Ouvrir l’administration")
	if !strings.HasPrefix(p.mail("marie@exemple.fr", "Un rôle vous est donné"), "/compte") {
		t.Error("the role is not told by mail")
	}
}

func TestLeaving(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	b := p.person("marie@exemple.fr")
	b.open("/compte").follow("Supprimer mon compte").sees(200, "sans retour").
		press("Supprimer définitivement mon compte", fill{"Mot de passe actuel": "faux"}).sees(422, "Ce n’est pas votre mot de passe actuel.").
		press("Supprimer définitivement mon compte", fill{"Mot de passe actuel": goodPassword}).sees(200, "Votre compte est supprimé")
	b.open("/compte").sees(401)
	b.logIn("marie@exemple.fr", goodPassword).sees(422)

	admin := p.person("admin@exemple.fr")
	right := account.Right{Account: 2, Role: models.Administrator} // the second to register
	if err := p.site.Accounts.Grant(context.Background(), models.System, right); err != nil {
		t.Fatal(err)
	}
	admin.open("/compte/supprimer").sees(200, "Ce n’est pas possible pour l’instant", "au moins une personne pour administrer")
}

func TestLogInIsLimited(t *testing.T) {
	t.Parallel()
	p := newPortal(t, func(cfg *config.Config) { cfg.Proxies = []string{"0.0.0.0"} })
	p.person("marie@exemple.fr")
	p.clock.Add(time.Minute)
	attempt := func(email, password string) int {
		b := p.visitor().open("/connexion")
		b.press("Se connecter", fill{"Adresse électronique": email, "Mot de passe": password})
		return b.status
	}
	for i := range perMinute {
		if got := attempt("marie@exemple.fr", "faux"); got != 422 {
			t.Fatalf("attempt %d: %d", i, got)
		}
	}
	if got := attempt(" MARIE@exemple.fr", goodPassword); got != 429 {
		t.Errorf("attempt %d: %d, want 429", perMinute+1, got)
	}
	p.clock.Add(time.Minute)
	if got := attempt("marie@exemple.fr", goodPassword); got != 200 {
		t.Errorf("a minute later: %d", got)
	}
}

func TestMailsOfTheDemonstrationStayHere(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.visitor().open("/demo/mails").sees(200, "Aucun message pour l’instant")
	tests := []struct {
		name string
		edit func(*http.Request)
		want int
	}{
		{"another host", func(r *http.Request) { r.Host = "passerelle.example" }, 421},
		{"through a proxy", func(r *http.Request) { r.Header.Set("Forwarded", "for=192.0.2.1") }, 404},
		{"through another", func(r *http.Request) { r.Header.Set("X-Forwarded-For", "127.0.0.1") }, 404},
		{"and its host", func(r *http.Request) { r.Header.Set("X-Forwarded-Host", "127.0.0.1") }, 404},
	}
	for _, tt := range tests {
		r := p.request(http.MethodGet, "/demo/mails", nil)
		tt.edit(r)
		if b := p.visitor().send(r); b.status != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, b.status, tt.want)
		}
	}
	real := newPortal(t, func(cfg *config.Config) { cfg.Demo = false })
	real.visitor().open("/demo/mails").sees(404)
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	forms := []struct{ page, button string }{
		{"/inscription", "Créer mon compte"}, {"/connexion", "Se connecter"}, {"/mot-de-passe-oublie", "Recevoir le lien"},
	}
	values := map[string]string{"empty": "", "NUL": "a\x00b", "another encoding": "Mari\xe9@exemple.fr", "long": strings.Repeat("é", 5000), "markup": `"><script>alert(1)</script>`}
	for _, form := range forms {
		for name, value := range values {
			b := p.visitor().open(form.page)
			p.clock.Add(time.Minute)
			typed := fill{}
			b.page.Find("main label").Each(func(_ int, label *goquery.Selection) { typed[words(label.Text())] = value })
			b.press(form.button, typed)
			if b.status < 400 || b.status > 499 || strings.Contains(b.body, "<script>alert") {
				t.Errorf("%s with %s: %d", form.page, name, b.status)
			}
		}
		// The same field twice, as an array.
		b := p.visitor().open(form.page)
		r := p.request(http.MethodPost, form.page, url.Values{
			"email": {"a@b.fr", "c@d.fr"}, "csrf": {b.page.Find("main input[name=csrf]").AttrOr("value", "")},
		})
		b.send(r).sees(422, "deux fois le même champ")
	}
	var n int64
	err := p.store.View(context.Background(), func(_ context.Context, tx *models.Tx) error {
		return tx.DB.Raw("SELECT count(*) FROM accounts").Scan(&n).Error
	})
	if err != nil || n != 0 {
		t.Errorf("%d accounts were opened (%v)", n, err)
	}
}
