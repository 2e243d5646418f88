package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
)

// browser is a person's, with its cookies.
type browser struct {
	base   string
	client *http.Client
}

func newBrowser(addr string) (*browser, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	return &browser{base: "http://" + addr, client: &http.Client{Jar: jar}}, nil
}

// open reads a page, and where redirects led.
func (b *browser) open(path string) (body, address string, err error) {
	answer, err := b.client.Get(b.base + path)
	if err != nil {
		return "", "", err
	}
	return read(answer)
}

func read(answer *http.Response) (body, address string, err error) {
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answers %d", answer.Request.URL, answer.StatusCode)
	}
	return string(text), answer.Request.URL.RequestURI(), err
}

var hidden = regexp.MustCompile(`<input type="hidden" name="([a-z]+)" value="([^"]*)">`)

// form reads the hidden fields of the form of a page that goes to action.
func form(body, action string) (url.Values, error) {
	_, rest, ok := strings.Cut(body, `action="`+action)
	if !ok {
		return nil, fmt.Errorf("no form goes to %s", action)
	}
	rest, _, _ = strings.Cut(rest, "</form>")
	values := url.Values{}
	for _, field := range hidden.FindAllStringSubmatch(rest, -1) {
		values.Set(field[1], field[2])
	}
	return values, nil
}

// signIn logs a demonstration account in.
func signIn(site *server, login string) (*browser, error) {
	b, err := newBrowser(site.addr)
	if err != nil {
		return nil, err
	}
	body, _, err := b.open("/connexion")
	if err != nil {
		return nil, err
	}
	values, err := form(body, "/connexion")
	if err != nil {
		return nil, err
	}
	values.Set("email", login+"@demo.example")
	values.Set("password", "passerelle-demo")
	answer, err := b.client.PostForm(b.base+"/connexion", values)
	if err != nil {
		return nil, err
	}
	_, _, err = read(answer)
	return b, err
}

// cookie is what the browser sends with each request.
func (b *browser) cookie() string {
	base, err := url.Parse(b.base)
	if err != nil {
		return ""
	}
	var parts []string
	for _, cookie := range b.client.Jar.Cookies(base) {
		parts = append(parts, cookie.Name+"="+cookie.Value)
	}
	return strings.Join(parts, "; ")
}

// longThread is the address of a thread whose first page is full.
func longThread(site *server) (string, error) {
	b, err := newBrowser(site.addr)
	if err != nil {
		return "", err
	}
	for id := 1; id <= 30; id++ {
		body, address, err := b.open(fmt.Sprintf("/fils/%d", id))
		if err != nil {
			return "", err
		}
		if strings.Contains(body, `id="m20"`) {
			return address, nil
		}
	}
	return "", fmt.Errorf("no thread has 20 posts")
}

// etagOf is the entity tag of a cached page.
func etagOf(site *server, path string) (string, error) {
	answer, err := http.Get("http://" + site.addr + path)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	if answer.Header.Get("ETag") == "" {
		return "", fmt.Errorf("%s has no ETag", path)
	}
	return answer.Header.Get("ETag"), nil
}
