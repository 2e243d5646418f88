package journeys_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"passerelle/app/journeys"
	"passerelle/content"
	"passerelle/models"
)

// look says what a page reads after something changed; a text after « - » is
// read no more.
type look struct {
	address string
	texts   []string
}

// changed is something that happens, and the pages that show it.
type changed struct {
	what string
	act  func()
	show []look
}

// warm opens the pages as a visitor, so that they are in the page cache: what
// comes from it has an ETag.
func warm(t *testing.T, site *journeys.Site, looks []look) {
	t.Helper()
	visitor := site.Visitor()
	for _, l := range looks {
		if visitor.Open(l.address).Gets(200).Header.Get("ETag") == "" {
			t.Errorf("%s is not kept", l.address)
		}
	}
}

// follow makes each change in turn and looks at each page that shows it, as
// somebody without a cookie, in the same instant.
func follow(t *testing.T, site *journeys.Site, changes []changed) {
	t.Helper()
	for _, c := range changes {
		warm(t, site, c.show)
		c.act()
		visitor := site.Visitor()
		for _, l := range c.show {
			visitor.Open(l.address).Gets(200)
			for _, text := range l.texts {
				gone, absent := strings.CutPrefix(text, "-")
				if absent && visitor.Reads(gone) {
					t.Errorf("%s: %s still reads %q", c.what, l.address, gone)
				}
				if !absent && !visitor.Reads(text) {
					t.Errorf("%s: %s does not read %q", c.what, l.address, text)
				}
			}
		}
	}
}

func TestTheCacheFollowsTheForums(t *testing.T) {
	t.Parallel()
	site := journeys.Start(t)
	author, moderator := join(t, site, newcomerName, newcomer), site.LogIn("moderateur@demo.example")
	var thread, page, mine, second string
	act := func(who *journeys.Visitor, address, button string) func() {
		return func() { who.Open(address).Press(button).Gets(200) }
	}
	const forum = "/forums/donnees-ouvertes"
	follow(t, site, []changed{{"new thread", func() {
		thread = author.Open(forum+"/nouveau").Choose("Vous ouvrez", "Question").Fill("Titre", "Un fil tout neuf").Fill("Premier message", "Son premier message.").
			Press("Ouvrir le fil").Gets(200).Address
	}, []look{
		{forum, []string{"Un fil tout neuf", newcomerName}}, {"/forums", []string{"Un fil tout neuf"}}, {"/", []string{"Un fil tout neuf"}},
		{forum + ".atom", []string{"Un fil tout neuf", "Son premier message.", newcomerName}}, {"/sitemap.xml", []string{"un-fil-tout-neuf"}},
	}}})
	page = strings.Split(thread, "#")[0]
	atom := strings.SplitN(page, "-", 2)[0] + ".atom"
	follow(t, site, []changed{{"new post", func() {
		mine = author.Open(page).Fill("Votre message", "Une réponse au fil.").Press("Publier").Gets(200).Link("n° 2")
	}, []look{
		{page, []string{"Une réponse au fil.", "2 messages"}}, {forum, []string{"2 messages"}}, {"/forums", []string{"2 messages"}}, {"/", []string{"2 messages"}},
		{atom, []string{"Une réponse au fil."}},
	}}})
	second = strings.Replace(author.Find("#m2 a[href$='/modifier']").AttrOr("href", ""), "/modifier", "", 1)
	if second == "" || mine == "" {
		t.Fatal("the second message cannot be edited")
	}
	site.Clock.Add(time.Hour)
	author.Open(second+"/modifier").Fill("Votre message", "Une réponse mieux dite.").Press("Enregistrer").Gets(200)
	versions := second + "/versions"
	follow(t, site, []changed{
		{"edited post", func() {
			author.Open(second+"/modifier").Fill("Votre message", "Une réponse très bien dite.").Press("Enregistrer").Gets(200)
		}, []look{
			{page, []string{"Une réponse très bien dite.", "-mieux dite"}}, {versions, []string{"Une réponse très bien dite."}}, {atom, []string{"Une réponse très bien dite."}},
		}},
		{"renamed account", func() {
			author.Open("/compte/nom").Fill("Nom affiché", "Marie Renommée").Press("Enregistrer le nom").Gets(200)
		}, []look{
			{page, []string{"Marie Renommée", "-" + newcomerName}}, {forum, []string{"Marie Renommée", "-" + newcomerName}}, {"/forums", []string{"-" + newcomerName}},
			{versions, []string{"Marie Renommée", "-" + newcomerName}}, {atom, []string{"Marie Renommée", "-" + newcomerName}},
			{forum + ".atom", []string{"Marie Renommée", "-" + newcomerName}}, {"/", []string{"-" + newcomerName}},
		}},
		{"hidden post", func() {
			moderator.Open(second+"/masquer").Fill("Motif", "Un motif public").Press("Masquer le message").Gets(200)
		}, []look{
			{page, []string{"Message masqué par la modération", "Un motif public", "-très bien dite"}}, {atom, []string{"-très bien dite"}}, {"/moderation/journal", []string{"Un motif public"}},
		}},
	})
	follow(t, site, []changed{
		{"restored post", act(moderator, page, "Rétablir"), []look{{page, []string{"très bien dite"}}, {atom, []string{"très bien dite"}}, {"/moderation/journal", []string{"Message rétabli"}}}},
		{"pinned thread", act(moderator, page, "Épingler"), []look{{page, []string{"Épinglé"}}, {forum, []string{"Épinglé"}}}},
		{"unpinned thread", act(moderator, page, "Ne plus épingler"), []look{{page, []string{"-Épinglé"}}, {forum, []string{"-Épinglé"}}}},
		{"locked thread", func() {
			moderator.Open(page).Follow("Clore le fil").Fill("Motif", "Tout est dit").Press("Clore le fil").Gets(200)
		}, []look{{page, []string{"Ce fil est clos", "-Connectez-vous pour répondre"}}, {forum, []string{"Clos"}}, {"/", []string{"Clos"}}, {"/moderation/journal", []string{"Tout est dit"}}}},
		{"unlocked thread", act(moderator, page, "Rouvrir le fil"), []look{{page, []string{"-Ce fil est clos"}}, {"/", []string{"-Clos"}}}},
		{"deleted post", func() { author.Open(second + "/supprimer").Press("Supprimer définitivement").Gets(200) }, []look{
			{page, []string{"Message supprimé par son auteur", "-très bien dite", "1 message"}}, {atom, []string{"-très bien dite"}}, {forum, []string{"1 message"}},
		}},
		{"deleted account", func() {
			author.Open("/compte/supprimer").Fill("Mot de passe actuel", password).Press("Supprimer définitivement mon compte").Gets(200)
		}, []look{
			{page, []string{"Compte supprimé", "-Marie Renommée"}}, {forum, []string{"Compte supprimé", "-Marie Renommée"}}, {"/forums", []string{"-Marie Renommée"}},
			{atom, []string{"Compte supprimé", "-Marie Renommée"}}, {forum + ".atom", []string{"-Marie Renommée"}}, {"/", []string{"-Marie Renommée"}},
		}},
		{"hidden thread", func() {
			moderator.Open(page).Follow("Masquer le fil").Fill("Motif", "Doublon").Press("Masquer le fil").Gets(200)
		}, []look{
			{forum, []string{"-Un fil tout neuf"}}, {"/forums", []string{"-Un fil tout neuf"}}, {"/", []string{"-Un fil tout neuf"}},
			{forum + ".atom", []string{"-Un fil tout neuf"}}, {"/sitemap.xml", []string{"-un-fil-tout-neuf"}}, {"/moderation/journal", []string{"Fil masqué", "Doublon"}},
		}},
	})
	for _, gone := range []string{page, atom, versions} {
		site.Visitor().Open(gone).Gets(404)
	}
	site.Check()
}

func TestTheCacheFollowsTheDesk(t *testing.T) {
	t.Parallel()
	site := journeys.Start(t)
	holder, decider := site.LogIn("porteur@demo.example"), site.LogIn("decideur@demo.example")
	complete(begin(holder), nil)
	follow(t, site, []changed{
		{"submitted application", func() { submit(holder) }, []look{{callPage, []string{"en instruction, 7 dossiers", "285 505,78 €"}}}},
		{"granted application", func() {
			decider.Open("/instruction/2026-0010").Fill("Montant accordé", "10 000").Fill("Motif de l’accord", "Bon projet.").Press("Accorder").Gets(200).Press("Accorder 10 000 €").Gets(200)
		}, []look{
			{callPage, []string{"engagés, 4 projets", "129 689,60 €", "Un bureau virtuel pour les permanences"}},
			{"/financement", []string{"129 689,60 €", "-119 689,60 €", "Un bureau virtuel pour les permanences", "10 000,00 €"}},
		}},
		{"withdrawn application", func() {
			holder.Open("/dossiers/2026-0003/retirer").Press("Retirer le dossier").Gets(200)
		}, []look{{callPage, []string{"en instruction, 5 dossiers"}}}},
	})

	// The window passes: pages say so at that very instant, and the feed soon.
	closes := time.Date(2027, 11, 24, 0, 0, 0, 0, models.Paris)
	site.Clock.Set(closes.Add(-time.Microsecond))
	follow(t, site, []changed{{"closed call", func() { site.Clock.Set(closes) }, []look{
		{callPage, []string{"Guichet clos", "-Commencer un dossier", "Dernier instant : le 23 novembre 2027 à 23 h 59 min 59 s"}},
		{"/financement", []string{"Aucun guichet n’est ouvert aujourd’hui"}}, {"/", []string{"-Guichet de démonstration ouvert"}},
	}}})
	waitFor(t, site, "call.closed")
}

// waitFor waits until the feed holds a change of a kind after the last one.
func waitFor(t *testing.T, site *journeys.Site, kind string) {
	t.Helper()
	store, ctx := site.Service.Store, t.Context()
	for {
		moved := store.Changed()
		found := false
		err := store.View(ctx, func(_ context.Context, tx *models.Tx) error {
			return tx.DB.Raw("SELECT count(*) > 0 FROM changes WHERE kind = ? AND at >= ?", kind, models.At(site.Clock.Now())).Scan(&found).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		if found {
			return
		}
		select {
		case <-moved:
		case <-time.After(20 * time.Second):
			t.Fatalf("nothing recorded %s", kind)
		}
	}
}

func TestTheCacheFollowsTheContent(t *testing.T) {
	t.Parallel()
	site := journeys.Start(t)
	dir := t.TempDir()
	if err := os.CopyFS(dir, content.Embedded); err != nil {
		t.Fatal(err)
	}
	site.Service.Files = os.DirFS(dir)
	// edit changes a text in a file of the content, and loads it.
	edit := func(name, from, to string) func() {
		return func() {
			path := filepath.Join(dir, name)
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(text), from) {
				t.Fatalf("%s does not hold %q", name, from)
			}
			if err := os.WriteFile(path, []byte(strings.Replace(string(text), from, to, 1)), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := site.Service.Load(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
	}
	add := func(name, from, id, slug, title string) func() {
		return func() {
			text, err := os.ReadFile(filepath.Join(dir, from))
			if err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(string(text), "\n")
			for i, line := range lines {
				for key, value := range map[string]string{"id: ": id, "slug: ": slug, "title: ": title} {
					if strings.HasPrefix(line, key) {
						lines[i] = key + value
					}
				}
			}
			if err := os.WriteFile(filepath.Join(dir, name), []byte(strings.Join(lines, "\n")), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := site.Service.Load(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
	}
	follow(t, site, []changed{
		{"title of a use case", edit("usecases/limaccueil.md", "trois services sous un même toit", "trois services réunis"), []look{
			{"/cas-usage/limaccueil", []string{"trois services réunis", "-sous un même toit à"}}, {"/cas-usage/limaccueil.md", []string{"trois services réunis"}},
			{"/cas-usage?labo=lab-o", []string{"trois services réunis"}}, {"/laboratoires/lab-o", []string{"trois services réunis"}},
			{"/laboratoires/lab-o.atom", []string{"trois services réunis"}},
		}},
		{"text of a use case", edit("usecases/limaccueil.md", "Les trois services ont ensuite construit", "Les trois services, patiemment, ont construit"), []look{
			{"/cas-usage/limaccueil", []string{"patiemment"}}, {"/cas-usage/limaccueil.md", []string{"patiemment"}},
		}},
		{"new use case", add("usecases/un-accueil-de-plus.md", "usecases/limaccueil.md", "11111111-2222-4333-8444-555555555555", "un-accueil-de-plus", "Un accueil de plus à Limoux"), []look{
			{"/", []string{"Tous les cas d’usage (34)"}}, {"/cas-usage", []string{"34 cas d’usage"}}, {"/laboratoires/lab-o", []string{"Un accueil de plus à Limoux"}},
			{"/cas-usage.atom", []string{"Un accueil de plus à Limoux"}}, {"/sitemap.xml", []string{"/cas-usage/un-accueil-de-plus"}},
		}},
		{"name of a laboratory", edit("labs/lab-o.md", "name: Lab-O", "name: Lab-O d’Occitanie"), []look{
			{"/laboratoires/lab-o", []string{"Lab-O d’Occitanie"}}, {"/laboratoires", []string{"Lab-O d’Occitanie"}}, {"/", []string{"Lab-O d’Occitanie"}},
			{"/cas-usage/limaccueil", []string{"Lab-O d’Occitanie"}}, {"/cas-usage", []string{"Lab-O d’Occitanie"}}, {"/plan-du-site", []string{"Lab-O d’Occitanie"}},
			{"/laboratoires/lab-o.atom", []string{"Lab-O d’Occitanie"}},
		}},
		{"legal page", edit("pages/mentions-legales.md", "Passerelle est un logiciel libre", "Passerelle est un logiciel très libre"), []look{
			{"/mentions-legales", []string{"un logiciel très libre"}},
		}},
	})
	site.Found()
	site.Check()
}

func TestNobodySeesAnotherPersonsPage(t *testing.T) {
	t.Parallel()
	site := journeys.Start(t)
	pages := []string{
		"/", "/laboratoires", "/laboratoires/ti-lab", "/cas-usage", "/cas-usage?region=occitanie&labo=lab-o", "/cas-usage/limaccueil", "/forums", "/forums/donnees-ouvertes",
		"/fils/1?page=2", "/financement", callPage, "/mentions-legales", "/aide", "/plan-du-site", "/moderation/journal",
	}
	person, name := site.LogIn("moderateur@demo.example"), namesOf(site, "moderateur")[0]
	visitor := site.Visitor()
	for _, address := range pages {
		for range 2 { // before and after each other
			person.Open(address).Gets(200)
			if person.Header.Get("ETag") != "" || person.Header.Get("Cache-Control") != "no-store" || !person.Reads(name) {
				t.Errorf("%s: who is logged in gets a page that is not theirs (ETag %q, %s)", address, person.Header.Get("ETag"), person.Header.Get("Cache-Control"))
			}
			visitor.Open(address).Gets(200)
			if visitor.Header.Get("ETag") == "" {
				t.Errorf("%s is not kept", address)
			}
			if visitor.Reads(name) || visitor.Find("input[name=csrf]").Length() > 0 || visitor.Reads("Se déconnecter") {
				t.Errorf("%s: a visitor gets the page of %s", address, name)
			}
			if len(visitor.Header.Values("Set-Cookie")) > 0 {
				t.Errorf("%s gives a visitor a cookie", address)
			}
		}
	}

	// What was just done is told to who did it.
	person.Open("/compte").Press("Se déconnecter")
	for _, address := range pages {
		if site.Visitor().Open(address).Find("main [role=status].flash").Length() > 0 {
			t.Errorf("%s tells a visitor what somebody else did", address)
		}
	}

	// A parameter that no page knows reaches no entry, and makes none.
	for _, address := range []string{"/?utm_source=lettre", "/fils/1?page=1&x=1", "/cas-usage?labo=lab-o&labo=ti-lab&x="} {
		if visitor.Open(address).Gets(200).Header.Get("ETag") != "" {
			t.Errorf("%s is kept", address)
		}
	}
	one := visitor.Open("/cas-usage?region=occitanie&labo=lab-o").Header.Get("ETag")
	if other := visitor.Open("/cas-usage?labo=lab-o&region=occitanie").Header.Get("ETag"); one != other {
		t.Errorf("the same filters in another order make another page: %s, %s", one, other)
	}
}
