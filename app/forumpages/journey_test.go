package forumpages

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"passerelle/models"
	"passerelle/models/forum"
)

const thread = "/fils/1-un-seul-format"

// opened opens a thread "Un seul format" through its form.
func (b *browser) opened() *browser {
	b.t.Helper()
	b.open("/forums").follow("main", "Essai").follow("main", "Ouvrir un fil").sees(200, "Ouvrir un fil", "Sans rubrique")
	return b.press("Ouvrir le fil", map[string]string{"kind": "proposition", "category": "idees", "title": "Un seul format", "body": "Publier **tout**."}).
		sees(200, "Votre fil est ouvert.", "Un seul format", "Proposition", "1 message", "Publier tout.")
}

func TestADebateFromEndToEnd(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	author, other, visitor := p.logIn("Marie L."), p.logIn("Karim B."), p.visitor()
	author.opened()
	if author.address != thread {
		t.Errorf("the thread is at %s", author.address)
	}
	visitor.open("/forums").sees(200, "Un seul format", "par Marie L.").follow("main", "Un seul format").
		sees(200, "Publier tout.", "Connectez-vous pour répondre").misses("Publier Aperçu", "Modifier")
	if login := visitor.page.Find("main a[href^='/connexion']").AttrOr("href", ""); login != "/connexion?retour=%2Ffils%2F1-un-seul-format%23repondre" {
		t.Errorf("the log-in comes back to %s", login)
	}

	// A quote goes with the visitor through the log-in or the registration.
	visitor.follow("#m1", "Citer").sees(200, "Connectez-vous pour répondre")
	for _, page := range []string{"/connexion", "/inscription"} {
		want := page + "?retour=%2Ffils%2F1-un-seul-format%3Fciter%3D1%23repondre"
		if got := visitor.page.Find("main a[href^='"+page+"']").AttrOr("href", ""); got != want {
			t.Errorf("the quote is lost: %s", got)
		}
	}

	// Quote, look, publish.
	other.open(thread).follow("#m1", "Citer")
	quote := other.page.Find("textarea[name=body]").Text()
	if !strings.Contains(quote, "> [Message n°\u00a01](/messages/1)\n>\n> Publier **tout**.") {
		t.Fatalf("the composer begins with %q", quote)
	}
	other.press("Aperçu", map[string]string{"body": quote + "D’accord, *mais*."}).
		sees(200, "Aperçu, pas encore publié", "D'accord, mais.", "Répondre à « Un seul format »")
	if p.visitor().open(thread).sees(200, "1 message").page.Find("#m2").Length() != 0 {
		t.Error("a preview was published")
	}
	p.clock.Add(time.Minute)
	other.press("Publier", nil).sees(200, "Votre message est publié.", "2 messages", "2 participants")
	if other.page.Find("#m2 blockquote a[href='/messages/1']").Length() != 1 {
		t.Error("the quote does not lead to its source")
	}
	if got := words(other.page.Find("#m2 blockquote a").Text()); got != "Marie L., message n° 1" {
		t.Errorf("the quote is of %q", got)
	}
	if !strings.HasPrefix(visitor.open("/messages/2").address, thread) {
		t.Errorf("the permalink leads to %s", visitor.address)
	}

	// Edit, with a trace that everybody may follow.
	p.clock.Add(time.Hour)
	other.open(thread).follow("#m2", "Modifier").press("Enregistrer", map[string]string{"body": "Je suis *contre*."}).
		sees(200, "Votre message est modifié.", "modifié le 24 novembre 2026 à 15 h 33", "Je suis contre.")
	visitor.open(thread).follow("#m2", "modifié le").sees(200, "Version actuelle", "Je suis contre.", "Première version", "D'accord, mais.")

	// Delete: a tombstone stays.
	other.open(thread).follow("#m2", "Supprimer").sees(200, "sans retour possible", "Je suis contre.").
		press("Supprimer définitivement", nil).sees(200, "Votre message est supprimé.", "Message supprimé par son auteur.", "1 message").
		misses("Je suis contre.")
	if other.page.Find("#m2 > .flash[role=status]").Length() != 1 || other.page.Find(".flash").Length() != 1 {
		t.Error("what was done is not said where the browser jumps")
	}
	visitor.open(thread).sees(200, "Message supprimé par son auteur.").misses("Je suis contre.")
	visitor.open("/messages/2/versions").sees(404)
	other.open("/messages/2/modifier").sees(409, "supprimé")
}

func TestModerationIsOpenAndReversible(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	author, other, moderator, visitor := p.logIn("Marie L."), p.logIn("Karim B."), p.moderator(), p.visitor()
	author.opened()
	other.open(thread).press("Publier", map[string]string{"body": "Des injures."}).sees(200, "Des injures.")
	other.open("/messages/2/modifier").sees(200)

	moderator.open(thread).follow("#m2", "Masquer").sees(200, "Masquer le message", "Des injures.").
		press("Masquer le message", map[string]string{"reason": " "}).sees(422, "Remplissez ce champ.").
		press("Masquer le message", map[string]string{"reason": "Injures envers une personne"}).
		sees(200, "Le message est masqué.", "Message masqué par la modération.", "Motif : Injures envers une personne", "Des injures.", "Rétablir")
	visitor.open(thread).sees(200, "Message masqué par la modération.", "Motif : Injures").misses("Des injures.", "Rétablir", "Karim")
	author.open(thread).sees(200).misses("Des injures.")
	other.press("Enregistrer", map[string]string{"body": "Un texte sans la moindre injure."}).
		sees(409, "masqué par la modération", "Un texte sans la moindre injure.") // nothing typed is lost
	other.open(thread).sees(200, "Votre message a été masqué", "Des injures.", "Contester une décision").misses("Rétablir")
	for _, act := range []string{"/modifier", "/supprimer"} {
		other.open("/messages/2"+act).sees(409, "ni modifié, ni supprimé")
	}
	moderator.open(thread).sees(200, "Des injures.") // what there is to judge stays
	visitor.open("/moderation/journal").sees(200, "Message masqué", "Un seul format, message n° 2", "Injures envers une personne").misses("Karim", "Zoé")
	moderator.open(thread).press("Rétablir", nil).sees(200, "Le message est rétabli.")
	visitor.open(thread).sees(200, "Des injures.")

	moderator.open(thread).press("Épingler", nil).sees(200, "Le fil est épinglé.", "Épinglé").
		follow("main", "Clore le fil").press("Clore le fil", map[string]string{"reason": "Le débat a eu lieu"}).sees(200, "Le fil est clos.", "Clos")
	visitor.open(thread).sees(200, "Clos", "Ce fil est clos").misses("Connectez-vous pour répondre", "Citer")
	visitor.open("/forums/essai").sees(200, "Épinglé", "Clos")
	author.open(thread).sees(200).misses("Modifier", "Supprimer", "Citer")
	author.open("/messages/1/supprimer").sees(409, "clos")
	moderator.open(thread).press("Rouvrir le fil", nil).sees(200, "Le fil est rouvert.").press("Ne plus épingler", nil).misses("Clos", "Épinglé")

	moderator.open(thread).follow("main", "Masquer le fil").press("Masquer le fil", map[string]string{"reason": "Publicité"}).
		sees(200, "Le fil est masqué.", "Ce fil est masqué par la modération.", "Publicité")
	visitor.open(thread).sees(404)
	other.open(thread).sees(404)
	author.open(thread).sees(200, "Ce fil est masqué", "Publicité", "Publier tout.")
	visitor.open("/forums/essai").sees(200, "Personne n’a encore écrit ici.").misses("Un seul format")
	visitor.open("/forums").sees(200).misses("Un seul format")
	visitor.open("/moderation/journal").sees(200, "Fil masqué", "Publicité").misses("Un seul format")
	moderator.open(thread).press("Rétablir le fil", nil).sees(200, "Le fil est rétabli.")
	visitor.open(thread).sees(200, "Publier tout.")
}

func TestRefusalsKeepWhatWasTyped(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	author, other, moderator := p.logIn("Marie L."), p.logIn("Karim B."), p.moderator()
	author.opened()
	const typed = "Un long texte auquel je tiens beaucoup."
	long := strings.Repeat("mot ", 5001)

	author.open("/forums/essai/nouveau").press("Ouvrir le fil", map[string]string{"kind": "question", "title": "Non", "body": typed}).
		sees(422, "Écrivez au moins 5 caractères.")
	if author.page.Find("textarea").Text() != typed || author.page.Find("#title").AttrOr("value", "") != "Non" ||
		author.page.Find("input[value=question][checked]").Length() != 1 || !strings.HasPrefix(author.page.Find("title").Text(), "Erreur") {
		t.Error("what was typed is lost")
	}
	author.press("Aperçu", map[string]string{"title": "Une question"}).sees(200, "Aperçu, pas encore publié", typed)
	if author.page.Find("#title").AttrOr("value", "") != "Une question" {
		t.Error("the preview lost the title")
	}
	author.press("Aperçu", map[string]string{"body": strings.Repeat(">", 12) + " a"}).sees(422, "emboîte plus de 10 citations")

	for _, bad := range []struct{ body, want string }{{"", "Remplissez ce champ."}, {long, "Ce texte dépasse 20000 caractères"}, {"a\x00b", "illisibles"}, {"\xff\xfe", "illisibles"}} {
		author.open(thread).press("Publier", map[string]string{"body": bad.body}).sees(422, bad.want)
	}
	if author.open(thread).press("Publier", map[string]string{"body": long}); !strings.Contains(author.page.Find("textarea").Text(), "mot mot") {
		t.Error("the long text is lost")
	}

	// Closed while it was being written.
	other.open(thread)
	moderator.open(thread).follow("main", "Clore le fil").press("Clore le fil", nil).sees(200, "Le fil est clos.")
	other.press("Publier", map[string]string{"body": typed}).sees(409, "Ce fil est clos", typed)
	moderator.open(thread).press("Rouvrir le fil", nil)

	// Edited in another tab meanwhile.
	author.open("/messages/1/modifier")
	second := *author
	second.press("Enregistrer", map[string]string{"body": "Depuis l’autre onglet."}).sees(200, "Votre message est modifié.")
	author.press("Enregistrer", map[string]string{"body": typed}).sees(409, "a changé depuis que vous l’avez ouvert", typed, "Version actuelle", "Depuis l’autre onglet.").
		press("Enregistrer", nil).sees(200, "Votre message est modifié.", typed)

	// Logged out meanwhile.
	author.open(thread)
	p.exec("DELETE FROM sessions WHERE account_id = ?", author.who.ID)
	p.clock.Add(time.Minute)
	author.press("Publier", map[string]string{"body": typed}).sees(401, "Connectez-vous", typed)
}

func TestWhoSeesWhichForm(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	author, other, newcomer, visitor := p.logIn("Marie L."), p.logIn("Karim B."), p.logIn("Nouveau"), p.visitor()
	author.opened()
	p.exec("UPDATE accounts SET confirmed_at = NULL WHERE id = ?", newcomer.who.ID)
	newcomer.open(thread).sees(200, "Confirmez d’abord votre adresse").misses("Publier Aperçu")
	tests := []struct {
		address                          string
		visitor, newcomer, author, other int
	}{
		{"/forums/essai/nouveau", 401, 403, 200, 200},
		{"/forums/ancien/nouveau", 401, 403, 409, 409},
		{"/forums/ailleurs/nouveau", 404, 404, 404, 404},
		{"/messages/1/modifier", 401, 403, 200, 403},
		{"/messages/1/supprimer", 401, 403, 200, 403},
		{"/messages/1/masquer", 401, 403, 403, 403},
		{"/fils/1/fermer", 401, 403, 403, 403},
		{"/fils/1/masquer", 401, 403, 403, 403},
		{"/fils/1/epingler", 405, 405, 405, 405},
		{"/messages/9", 404, 404, 404, 404},
		{"/messages/9/modifier", 404, 404, 404, 404},
		{"/messages/abc", 404, 404, 404, 404},
		{"/fils/9", 404, 404, 404, 404},
		{"/fils/abc", 404, 404, 404, 404},
		{"/fils/1-un-seul-format?page=2", 404, 404, 404, 404},
		{"/fils/1-un-seul-format?page=0", 404, 404, 404, 404},
		{"/fils/1-un-seul-format?page=x", 404, 404, 404, 404},
		{"/fils/1?page=1", 200, 200, 200, 200},
		{"/fils/1-un-seul-format?citer=99", 200, 200, 200, 200},
		{"/forums/ailleurs", 404, 404, 404, 404},
		{"/forums/essai?rubrique=ailleurs", 404, 404, 404, 404},
		{"/forums/essai?type=autre", 404, 404, 404, 404},
		{"/forums/essai?avant=hier", 404, 404, 404, 404},
		{"/forums/essai?avant=1-1", 200, 200, 200, 200},
		{"/forums/ancien", 200, 200, 200, 200},
		{"/moderation/journal", 200, 200, 200, 200},
		{"/moderation/journal?avant=x", 404, 404, 404, 404},
	}
	for _, tt := range tests {
		for b, want := range map[*browser]int{visitor: tt.visitor, newcomer: tt.newcomer, author: tt.author, other: tt.other} {
			if b.open(tt.address); b.status != want {
				t.Errorf("%s by %d: %d, want %d", tt.address, b.who.ID, b.status, want)
			}
		}
	}
}

func TestAddressesAreCanonical(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.logIn("Marie L.").opened()
	for address, want := range map[string]string{
		"/fils/1":                     "301 " + thread,
		"/fils/1-autre-titre":         "301 " + thread,
		"/fils/1-autre-titre?page=1":  "301 " + thread + "?page=1",
		"/fils/1-un-seul-format":      "200 ",
		"/messages/1":                 "303 " + thread + "#m1",
		"/fils/1-un-seul-format.atom": "404 ",
		"/forums/essai.atom":          "404 ",
		"/forums/Essai":               "404 ",
		"/fils/01-un-seul-format":     "404 ",
	} {
		r := httptest.NewRequest(http.MethodGet, address, nil)
		r.Host = "127.0.0.1:3000"
		res, err := p.app.Test(r)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(res.StatusCode, " ", res.Header.Get("Location")); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}

func TestADoubleClickPostsOnce(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	author := p.logIn("Marie L.")
	author.opened().open(thread)
	var wg sync.WaitGroup
	for range 5 {
		again := *author
		wg.Go(func() { again.press("Publier", map[string]string{"body": "Une seule fois."}) })
	}
	wg.Wait()
	author.open(thread).sees(200, "2 messages")
}

func TestTenPostsAMinute(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	author, other := p.logIn("Marie L."), p.logIn("Karim B.")
	author.opened() // the first of ten
	for i := range 9 {
		author.open(thread).press("Publier", map[string]string{"body": fmt.Sprint("Message ", i)}).sees(200)
	}
	author.open(thread).press("Publier", map[string]string{"body": "Le onzième, auquel je tiens."}).sees(429, "trop souvent", "Le onzième, auquel je tiens.")
	other.open(thread).press("Publier", map[string]string{"body": "Quelqu’un d’autre."}).sees(200)
	p.clock.Add(6 * time.Second)
	author.press("Publier", nil).sees(200, "Le onzième, auquel je tiens.")
}

func TestAStrangersFormIsRefused(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	author, other := p.logIn("Marie L."), p.logIn("Karim B.")
	author.opened().open(thread)
	r := author.request("Publier", map[string]string{"body": "Par un autre navigateur."})
	other.send(r).sees(403)
	post := httptest.NewRequest(http.MethodPost, "/fils/1/epingler", nil)
	other.send(post).sees(403)
	author.open(thread).sees(200, "1 message").misses("Épinglé")
}

// TestTheCacheTellsTheTruth changes each thing that a page shows and looks at
// the pages of a visitor: they are kept, and never wrong.
func TestTheCacheTellsTheTruth(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	ctx := context.Background()
	author, other, moderator := p.logIn("Marie L."), p.logIn("Karim B."), p.moderator()
	author.opened()
	other.open(thread).press("Publier", map[string]string{"body": "Une réponse."})
	visitor := p.visitor()
	pages := []string{"/forums", "/forums/essai", thread, "/messages/2/versions", "/moderation/journal", "/forums/essai?rubrique=idees&type=proposition"}
	steps := []struct {
		name string
		act  func() error
		want map[string]string // address → what it now reads; "-…": no more
	}{
		{"reply", func() error {
			_, err := p.forums.Reply(ctx, other.who, forum.NewPost{Thread: 1, Body: "Encore une."})
			return err
		},
			map[string]string{"/forums": "3 messages", "/forums/essai": "3 messages", thread: "Encore une."}},
		{"edit", func() error {
			_, err := p.forums.Edit(ctx, other.who, forum.Edit{Post: 2, Body: "Une autre réponse."})
			return err
		},
			map[string]string{thread: "Une autre réponse.", "/messages/2/versions": "Une autre réponse."}},
		{"rename", func() error {
			return p.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
				tx.DB.Exec("UPDATE accounts SET name = 'Marie Louise' WHERE id = ?", author.who.ID)
				return tx.Record(ctx, author.who, "account.renamed", author.who.ID)
			})
		}, map[string]string{"/forums": "par Marie Louise", "/forums/essai": "par Marie Louise", thread: "par Marie Louise",
			"/forums/essai?rubrique=idees&type=proposition": "par Marie Louise"}},
		{"leave", func() error {
			return p.store.Update(ctx, func(ctx context.Context, tx *models.Tx) error {
				tx.DB.Exec("UPDATE accounts SET name = '', email = '', deleted_at = created_at WHERE id = ?", other.who.ID)
				return tx.Record(ctx, other.who, "account.deleted", other.who.ID)
			})
		}, map[string]string{thread: "Compte supprimé"}},
		{"hide", func() error { _, err := p.forums.HidePost(ctx, moderator.who, 2, "Injures"); return err },
			map[string]string{thread: "Motif : Injures", "/forums/essai": "2 messages", "/moderation/journal": "Injures", "/messages/2/versions": "-réponse"}},
		{"restore", func() error { _, err := p.forums.RestorePost(ctx, moderator.who, 2); return err },
			map[string]string{thread: "Une autre réponse.", "/forums": "3 messages", "/moderation/journal": "rétabli", "/messages/2/versions": "Une autre réponse."}},
		{"pin", func() error { _, err := p.forums.Pin(ctx, moderator.who, 1); return err },
			map[string]string{thread: "Épinglé", "/forums/essai": "Épinglé", "/moderation/journal": "épinglé"}},
		{"lock", func() error { _, err := p.forums.Lock(ctx, moderator.who, 1, ""); return err },
			map[string]string{thread: "Ce fil est clos", "/forums/essai": "Clos", "/forums": "Clos", "/moderation/journal": "Fil clos"}},
		{"title of the forum", func() error {
			return p.forums.SeedForums(ctx, []forum.Seed{{Slug: "essai", Title: "Banc d’essai", Lead: "Pour voir.", Position: 1, Categories: []forum.SeedCategory{{Slug: "idees", Title: "Nos idées"}}}})
		}, map[string]string{"/forums": "Banc d’essai", "/forums/essai": "Nos idées", thread: "Nos idées", "/moderation/journal": "Banc d’essai", "/messages/2/versions": ""}},
		{"hide the thread", func() error { _, err := p.forums.HideThread(ctx, moderator.who, 1, "Publicité"); return err },
			map[string]string{thread: "-Nos idées", "/forums/essai": "Personne n’a encore écrit ici.", "/forums": "-Un seul format", "/moderation/journal": "-Un seul format", "/messages/2/versions": "-réponse"}},
		{"show it again", func() error { _, err := p.forums.RestoreThread(ctx, moderator.who, 1); return err },
			map[string]string{thread: "Nos idées", "/forums/essai": "Un seul format", "/forums": "Un seul format"}},
	}
	for _, step := range steps {
		for _, address := range pages { // twice: filled, then kept
			visitor.open(address)
			tag := visitor.header.Get("ETag")
			if visitor.open(address); visitor.status == 200 && (tag == "" || visitor.header.Get("ETag") != tag) {
				t.Errorf("before %s, %s is not kept", step.name, address)
			}
			if visitor.page.Find("[name=csrf]").Length() > 0 || visitor.header.Get("Set-Cookie") != "" {
				t.Errorf("%s is kept with something of a person", address)
			}
		}
		if err := step.act(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		for address, want := range step.want {
			visitor.open(address)
			if gone, ok := strings.CutPrefix(want, "-"); ok {
				visitor.misses(gone)
			} else if !strings.Contains(visitor.text(), words(want)) {
				t.Errorf("after %s, %s (%d) does not read %q:\n%s", step.name, address, visitor.status, want, visitor.text())
			}
		}
	}
}
