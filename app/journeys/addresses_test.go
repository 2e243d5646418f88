package journeys_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"passerelle/app/journeys"
	"passerelle/models"
	"passerelle/models/account"
)

// oddValues are what somebody may write after « = » in an address.
var oddValues = []string{
	"", "0", "-1", "abc", "1e9", "2", "99999999999999999999", "1.5", " 1", "zz", "'", `"`, "<script>alert(1)</script>", "*e*", "a*", "(", "[", "~", "^", ":", "+-", "\\",
	"AND OR NOT", "é", "e\u0301", "\x00", "a\x00b", "\xff\xfe", "%", "%s%d%n", "{{.}}", "../../etc/passwd", "x'; DROP TABLE posts; --", "title:*", "/.*/", "\u202e", "😀",
	strings.Repeat("a", 2000), strings.Repeat("mot ", 500), strings.Repeat("é", 1000), strings.Repeat("\"", 2000), "https://ailleurs.example/", "//ailleurs.example",
}

// oddParts are what somebody may write between slashes.
var oddParts = []string{
	"0", "-1", "-", "abc", "1-", "01", "9999999999999999999999", "2026-9999", "1e9", "%00", "%ff", "%2e%2e%2f", "..%2f..%2fetc%2fpasswd", "%C3%A9", "a.b", "1.md", "x.atom",
	"*", "%25", "'", "%22", "%3Cscript%3E", strings.Repeat("a", 3000),
}

// everybody is an account with every role there is, so that no page is out of
// its reach.
func everybody(t *testing.T, site *journeys.Site) *journeys.Visitor {
	t.Helper()
	ctx, accounts := t.Context(), site.Service.Accounts
	var rights []account.Right
	for _, role := range []models.Role{models.Moderator, models.Administrator} {
		rights = append(rights, account.Right{Role: role})
	}
	call, err := site.Service.Desk.CallID(ctx, "demonstration")
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range []models.Role{models.Reviewer, models.LeadReviewer, models.Decider} {
		rights = append(rights, account.Right{Role: role, Scope: call})
	}
	for _, right := range rights {
		found, err := accounts.RightOf(ctx, "porteur@demo.example", models.Moderator, "")
		if err != nil {
			t.Fatal(err)
		}
		right.Account = found.Account
		if err := accounts.Grant(ctx, models.System, right); err != nil {
			t.Fatal(err)
		}
	}
	return site.LogIn("porteur@demo.example")
}

func TestOddAddressesAreNoFaultOfOurs(t *testing.T) {
	t.Parallel()
	site := journeys.Start(t)
	people := map[string]*journeys.Visitor{"a visitor": site.Visitor(), "somebody with every role": everybody(t, site)}
	head := site.Service.Store.Head()
	look := func(name, address string) {
		who := people[name].Open(site.URL + address)
		if who.Status >= 500 || who.Status < 200 {
			t.Errorf("%s, %.120s: status %d", name, address, who.Status)
		}
		if strings.HasPrefix(who.Header.Get("Content-Type"), "text/html") {
			if who.Status >= 400 {
				if problem := inFrench(who); problem != "" {
					t.Errorf("%s, %.120s (%d): %s", name, address, who.Status, problem)
				}
			}
			if strings.Contains(who.Body, "<script>alert") {
				t.Errorf("%s, %.120s: a script is in the page", name, address)
			}
		}
	}
	for _, route := range site.Service.App.GetRoutes(true) {
		if route.Method != http.MethodGet || strings.HasPrefix(route.Path, "/s/") {
			continue
		}
		if len(route.Params) == 0 {
			continue
		}
		for _, part := range oddParts {
			for name := range people {
				look(name, replaceParams(route.Path, part))
			}
		}
	}
	lists := map[string][]string{
		"/recherche": {"q", "type", "labo", "page"}, "/cas-usage": {"labo", "region", "theme", "public", "maturite", "tri", "page"}, "/forums/donnees-ouvertes": {"rubrique", "type", "avant"},
		"/fils/1": {"page", "citer"}, "/instruction": {"vue", "q", "etat", "instructeur", "tri", "page"}, "/administration": {"q", "avant", "apres"}, "/administration/journal": {"avant", "apres"},
		"/financement": {"page"}, "/moderation/journal": {"avant"}, "/connexion": {"retour"}, "/confirmer": {"jeton"}, "/nouveau-mot-de-passe": {"jeton"}, "/dossiers/invitation": {"jeton"},
		callPage + "/eligibilite": {"test", "porteur", "equipe"}, callPage + "/commencer": {"porteur"}, "/": {"q"}, "/laboratoires/ti-lab": {"page"},
	}
	for address, names := range lists {
		for _, name := range names {
			for _, value := range oddValues {
				for who := range people {
					look(who, address+"?"+name+"="+url.QueryEscape(value))
				}
			}
			for who := range people {
				look(who, address+"?"+name+"=1&"+name+"=2&"+name+"[]=3")
				look(who, address+"?"+name)
				look(who, address+"?"+name+"=%zz&&&=%")
			}
		}
	}
	if now := site.Service.Store.Head(); now != head {
		t.Errorf("reading wrote changes %d to %d", head+1, now)
	}
}

// replaceParams is a route's address with a part in the place of each parameter.
func replaceParams(path, part string) string {
	parts := strings.Split(path, "/")
	for i, one := range parts {
		if strings.Contains(one, ":") {
			_, after, _ := strings.Cut(one, ".")
			parts[i] = part
			if after != "" && !strings.Contains(one, "<") {
				parts[i] += "." + after
			}
		}
	}
	return strings.Join(parts, "/")
}
