package journeys_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"passerelle/app/journeys"
)

// What a cold thread page of twenty posts may cost.
const (
	mostBytes    = 35_000
	mostRequests = 4
	mostElements = 900
)

func TestAThreadIsLight(t *testing.T) {
	t.Parallel()
	site := journeys.Start(t)
	page := site.Visitor().Open("/fils/1").Gets(200)
	if posts := page.Find("article.post").Length(); posts != 20 {
		t.Fatalf("the page shows %d posts", posts)
	}
	if n := page.Find("*").Length(); n >= mostElements {
		t.Errorf("%d elements, want under %d", n, mostElements)
	}
	for _, encoding := range []string{"gzip, deflate, br, zstd", "gzip"} {
		addresses := []string{page.Address}
		page.Find("link[rel=stylesheet], link[rel=icon], script[src], img[src]").Each(func(_ int, s *goquery.Selection) {
			addresses = append(addresses, s.AttrOr("href", s.AttrOr("src", "")))
		})
		total := 0
		for _, address := range addresses {
			total += transferred(t, site.URL+address, encoding)
		}
		if len(addresses) > mostRequests || total > mostBytes {
			t.Errorf("%s: %d bytes in %d requests, want at most %d in %d", encoding, total, len(addresses), mostBytes, mostRequests)
		}
		t.Logf("%s: %d bytes in %d requests", encoding, total, len(addresses))
	}
}

// transferred is how many bytes of a body come over the wire.
func transferred(t *testing.T, address, encoding string) int {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept-Encoding", encoding)
	answer, err := (&http.Transport{DisableCompression: true}).RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if got := answer.Header.Get("Content-Encoding"); got == "" || !strings.Contains(encoding, got) || !strings.Contains(answer.Header.Get("Vary"), "Accept-Encoding") {
		t.Errorf("%s comes as %q, Vary %q", address, got, answer.Header.Get("Vary"))
	}
	if strings.Contains(address, "/s/") && answer.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" {
		t.Errorf("%s: Cache-Control %q", address, answer.Header.Get("Cache-Control"))
	}
	return len(body)
}
