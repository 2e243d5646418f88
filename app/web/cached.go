package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/gofiber/fiber/v2"
	"github.com/klauspost/compress/gzip"

	"passerelle/models"
)

// DependsOn says what a page shows, so that the page cache ends it when that
// changes: "thread:12", "usecase", "account.renamed". A page that names nothing
// is not kept.
func DependsOn(c *fiber.Ctx, tags ...string) { of(c).tags = append(of(c).tags, tags...) }

// Tag names one thing that a page shows, for DependsOn.
func Tag(noun string, id models.ID) string { return noun + ":" + id.String() }

// Until says at what instant the text of a page changes by itself: a window,
// a day in Paris. The soonest counts; the zero Time says nothing.
func Until(c *fiber.Ctx, at models.Time) {
	r := of(c)
	if !at.IsZero() && (r.until.IsZero() || at.Before(r.until.Time)) {
		r.until = at
	}
}

// Cached serves a page from the page cache to visitors without a cookie of
// ours. The key is the address with the named parameters, sorted; a request
// with any other parameter goes to the handler.
func (s *Site) Cached(parameters ...string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		key, ok := cacheKey(c, parameters)
		if !ok || of(c).token != "" {
			return c.Next()
		}
		for {
			if err := s.catchUp(c.UserContext()); err != nil {
				return err
			}
			if page, ok := s.pages.get(key); ok {
				hits.Inc()
				return page.send(c)
			}
			done := make(chan struct{})
			other, busy := s.pages.building.LoadOrStore(key, done)
			if !busy {
				return s.build(c, key, done)
			}
			select { // somebody renders this page already
			case <-other.(chan struct{}):
			case <-c.UserContext().Done():
				return c.UserContext().Err()
			}
			if _, ok := s.pages.get(key); !ok {
				return c.Next() // it was not kept: each renders their own
			}
		}
	}
}

// build renders a page and keeps it.
func (s *Site) build(c *fiber.Ctx, key string, done chan struct{}) error {
	defer func() {
		s.pages.building.Delete(key)
		close(done)
	}()
	misses.Inc()
	position := s.pages.position.Load()
	if err := c.Next(); err != nil {
		return err
	}
	r, res := of(c), c.Response()
	if res.StatusCode() != fiber.StatusOK || len(r.tags) == 0 || r.token != "" {
		return nil
	}
	slices.Sort(r.tags)
	page, err := newCachedPage(string(res.Header.ContentType()), res.Body(), slices.Compact(r.tags), r.until)
	if err != nil {
		return err
	}
	s.pages.keep(key, page, position)
	return page.send(c)
}

// cacheKey is the address with its named parameters in one order; false when
// the request has others.
func cacheKey(c *fiber.Ctx, parameters []string) (string, bool) {
	query := c.Request().URI().QueryString()
	if len(query) == 0 {
		return string(c.Request().URI().Path()), true
	}
	values, err := url.ParseQuery(string(query))
	if err != nil || len(query) > 1000 {
		return "", false
	}
	for name, list := range values {
		if !slices.Contains(parameters, name) {
			return "", false
		}
		slices.Sort(list)
	}
	return string(c.Request().URI().Path()) + "?" + values.Encode(), true // Encode sorts by name
}

func newCachedPage(kind string, body []byte, tags []string, until models.Time) (*cachedPage, error) {
	packed, err := gzipped(body, 5)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(body)
	return &cachedPage{
		kind: kind, plain: bytes.Clone(body), gzip: packed,
		etag: `W/"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`,
		tags: tags, until: until,
	}, nil
}

// send answers with the page in the best encoding; 304 when the browser has it.
func (p *cachedPage) send(c *fiber.Ctx) error {
	h := &c.Response().Header
	h.Set(fiber.HeaderETag, p.etag)
	if c.Get(fiber.HeaderIfNoneMatch) == p.etag {
		c.Response().ResetBody()
		c.Status(fiber.StatusNotModified)
		return nil
	}
	h.SetContentType(p.kind)
	accepted := c.Get(fiber.HeaderAcceptEncoding)
	switch {
	case strings.Contains(accepted, "br"):
		h.Set(fiber.HeaderContentEncoding, "br")
		c.Response().SetBodyRaw(p.brotli())
	case strings.Contains(accepted, "gzip"):
		h.Set(fiber.HeaderContentEncoding, "gzip")
		c.Response().SetBodyRaw(p.gzip)
	default:
		c.Response().SetBodyRaw(p.plain)
	}
	return nil
}

// brotli packs the page at its first use: a page that ends before it is read
// again costs only the cheaper gzip.
func (p *cachedPage) brotli() []byte {
	if packed := p.br.Load(); packed != nil {
		return *packed
	}
	var out bytes.Buffer
	w := brotli.NewWriterLevel(&out, 5)
	_, err := w.Write(p.plain)
	if err == nil {
		err = w.Close()
	}
	if err != nil { // a buffer in memory does not fail
		panic(fmt.Errorf("pack a page: %w", err))
	}
	packed := out.Bytes()
	p.br.Store(&packed)
	return packed
}

var packers = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed)
	return w
}}

// compress packs an answer that was made for one person, cheaply.
func (s *Site) compress(c *fiber.Ctx) {
	res := c.Response()
	if len(res.Header.Peek(fiber.HeaderContentEncoding)) > 0 || res.IsBodyStream() || len(res.Body()) < 1024 ||
		!strings.Contains(c.Get(fiber.HeaderAcceptEncoding), "gzip") {
		return
	}
	var out bytes.Buffer
	out.Grow(len(res.Body()) / 3)
	w := packers.Get().(*gzip.Writer)
	defer packers.Put(w)
	w.Reset(&out)
	if _, err := w.Write(res.Body()); err != nil {
		return
	}
	if err := w.Close(); err != nil {
		return
	}
	res.Header.Set(fiber.HeaderContentEncoding, "gzip")
	res.SetBodyRaw(out.Bytes())
}

func gzipped(body []byte, level int) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, level)
	if err == nil {
		_, err = w.Write(body)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("pack a page: %w", err)
	}
	return out.Bytes(), nil
}
