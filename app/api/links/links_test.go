package links_test

import (
	"slices"
	"strings"
	"testing"

	"passerelle/app/api/links"
)

func TestFollow(t *testing.T) {
	t.Parallel()
	site := map[string]links.Answer{
		"/":          html(`<a href="/a">a</a> <a href="b?x=1&amp;y=2#ici">b</a> <a href="https://ailleurs.example/">x</a> <a href="mailto:a@example.org">m</a>`),
		"/a":         html(`<a href="#la">là</a> <a href="/perdu">perdu</a> <form action="/chercher"><input name="q"></form> <form action="/agir" method="post"></form>`),
		"/b?x=1&y=2": html(`<h2 id="ici">ici</h2><a href="/moi">moi</a><a href="/vieux">vieux</a><a href="/perdu">encore</a><img src="/i.png" alt="">`),
		"/moi":       {Status: 401},
		"/vieux":     {Status: 301, Location: "/disparu"},
		"/i.png":     {Status: 200, Type: "image/png"},
		"/chercher":  html(``),
	}
	asked := map[string]int{}
	broken, read, err := links.Follow(func(address string) (links.Answer, error) {
		asked[address]++
		if answer, ok := site[address]; ok {
			return answer, nil
		}
		return links.Answer{Status: 404}, nil
	}, "/")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range broken {
		got = append(got, b.Page+" "+b.Link)
	}
	slices.Sort(got)
	if want := "/a #la,/a /perdu,/vieux /disparu"; strings.Join(got, ",") != want {
		t.Errorf("broken: %v, want %s", broken, want)
	}
	if len(read) != 9 || asked["/agir"] != 0 {
		t.Errorf("read %v", read)
	}
	for address, n := range asked {
		if n > 1 {
			t.Errorf("%s was asked for %d times", address, n)
		}
	}
}

func TestFollowStopsWhenThereIsNoEnd(t *testing.T) {
	t.Parallel()
	_, _, err := links.Follow(func(address string) (links.Answer, error) {
		return html(`<a href="` + address + `x">encore</a>`), nil
	}, "/")
	if err == nil {
		t.Error("it said nothing")
	}
}

func html(body string) links.Answer {
	return links.Answer{Status: 200, Type: "text/html; charset=utf-8", Body: "<!DOCTYPE html><html><body>" + body + "</body></html>"}
}
