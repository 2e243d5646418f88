package web

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofiber/fiber/v2"

	"passerelle/models"
)

// keyFile holds the key that signs form tokens, inside the data folder.
const keyFile = "secret.key"

// readKey reads the folder's key, or makes it.
func readKey(dir string) ([]byte, error) {
	path := filepath.Join(dir, keyFile)
	key, err := os.ReadFile(path)
	if err == nil && len(key) == 32 {
		return key, nil
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("read the key: %w", err)
	}
	key = make([]byte, 32)
	rand.Read(key)
	if err := os.WriteFile(path, key, 0o600); err != nil {
		return nil, fmt.Errorf("keep the key: %w", err)
	}
	return key, nil
}

// What a form may be refused for before its handler.
var (
	errStaleForm = models.Refuse(models.Forbidden, "web.stale_form")
	errRepeated  = models.Refuse(models.Invalid, "web.repeated")
)

const tokenSize = 16

// csrf is the form token of a cookie, masked anew at every call so that
// compression cannot tell it (BREACH).
func (s *Site) csrf(cookie string) string {
	var masked [2 * tokenSize]byte
	rand.Read(masked[:tokenSize])
	for i, b := range s.plainToken(cookie) {
		masked[tokenSize+i] = b ^ masked[i]
	}
	return base64.RawURLEncoding.EncodeToString(masked[:])
}

func (s *Site) plainToken(cookie string) []byte {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte("csrf\x00" + cookie))
	return mac.Sum(nil)[:tokenSize]
}

func (s *Site) validToken(cookie, token string) bool {
	masked, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(masked) != 2*tokenSize || cookie == "" {
		return false
	}
	for i := range tokenSize {
		masked[tokenSize+i] ^= masked[i]
	}
	return hmac.Equal(masked[tokenSize:], s.plainToken(cookie))
}

// guardForms lets a request that changes something pass only from a form of
// this site, sent by the browser that got it, each field once.
func (s *Site) guardForms(c *fiber.Ctx) error {
	switch c.Method() {
	case fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions:
		return c.Next()
	}
	if s.foreign(c) {
		return errStaleForm
	}
	// Looked at before it is parsed: a megabyte of empty fields takes a hundred more in memory.
	kind, _, _ := strings.Cut(c.Get(fiber.HeaderContentType), ";")
	if kind != "" && strings.TrimSpace(kind) != fiber.MIMEApplicationForm {
		return fiber.NewError(fiber.StatusUnsupportedMediaType)
	}
	if bytes.Count(c.Request().Body(), []byte("&")) > maxFields {
		return fiber.NewError(fiber.StatusRequestEntityTooLarge)
	}
	if !s.validToken(of(c).token, Field(c, "csrf")) {
		return errStaleForm
	}
	seen := map[string]bool{}
	repeated := false
	for key := range c.Request().PostArgs().All() {
		repeated = repeated || seen[string(key)]
		seen[string(key)] = true
	}
	if repeated {
		return errRepeated
	}
	return c.Next()
}

// maxFields is how many fields one form may send; the longest of ours, a
// budget of a hundred lines, has six a line.
const maxFields = 1000

// foreign tells whether the browser says that a form of another site is sent.
func (s *Site) foreign(c *fiber.Ctx) bool {
	if site := c.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" {
		return true
	}
	origin := c.Get(fiber.HeaderOrigin)
	return origin != "" && !s.ownOrigin(c, origin)
}

func (s *Site) ownOrigin(c *fiber.Ctx, origin string) bool {
	from, err := url.Parse(origin)
	return err == nil && (from.Host == string(c.Request().Host()) || origin == s.Config.URL)
}

// newAnonymous is the cookie of a visitor who got a form.
func newAnonymous() string {
	var b [16]byte
	rand.Read(b[:])
	return anonymous + base64.RawURLEncoding.EncodeToString(b[:])
}

// anonymous begins the cookies that open no session: none is looked for.
const anonymous = "a."

func isAnonymous(token string) bool { return strings.HasPrefix(token, anonymous) }
