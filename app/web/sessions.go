package web

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"passerelle/models"
	"passerelle/models/account"
)

// sessionLife is how long a cookie is kept by the browser.
const sessionLife = 30 * 24 * time.Hour

// cookieName: browsers keep the __Host- prefix to https.
func (s *Site) cookieName() string {
	if s.Config.Secure() {
		return "__Host-passerelle"
	}
	return "passerelle"
}

// setCookie gives the browser its token; life zero lasts until it closes.
func (s *Site) setCookie(c *fiber.Ctx, token string, life time.Duration) {
	cookie := &fiber.Cookie{
		Name: s.cookieName(), Value: token, Path: "/",
		HTTPOnly: true, Secure: s.Config.Secure(), SameSite: fiber.CookieSameSiteLaxMode,
		SessionOnly: life == 0,
	}
	if life > 0 {
		cookie.MaxAge = int(life.Seconds())
	}
	c.Cookie(cookie)
}

// LogIn gives the browser the cookie of a new session.
func LogIn(c *fiber.Ctx, token string) {
	r := of(c)
	r.token = token
	r.site.setCookie(c, token, sessionLife)
}

// LogOut takes the cookie from the browser.
func LogOut(c *fiber.Ctx) {
	r := of(c)
	r.token = ""
	c.Cookie(&fiber.Cookie{
		Name: r.site.cookieName(), Path: "/", Expires: time.Unix(1, 0),
		HTTPOnly: true, Secure: r.site.Config.Secure(), SameSite: fiber.CookieSameSiteLaxMode,
	})
}

// sessionTTL bounds how long what is known of a session is believed without
// a word from the feed: it expires, and is noted as seen.
const sessionTTL = 10 * time.Second

// sessionCacheSize bounds the memory of the cache; it is emptied when full.
const sessionCacheSize = 10_000

// sessionCache spares a look-up a request. Whatever concerns a person in the
// feed empties it.
type sessionCache struct {
	mu      sync.RWMutex
	entries map[string]sessionEntry
}

type sessionEntry struct {
	session account.Session
	read    models.Time
}

func newSessionCache() *sessionCache {
	return &sessionCache{entries: map[string]sessionEntry{}}
}

func (sc *sessionCache) forget() {
	sc.mu.Lock()
	defer sc.mu.Unlock()
	clear(sc.entries)
}

// who is the session that a cookie's token opens; the zero session for a
// visitor.
func (sc *sessionCache) who(ctx context.Context, s *Site, token string) (account.Session, error) {
	if isAnonymous(token) || len(token) > 100 {
		return account.Session{}, nil
	}
	if err := s.catchUp(ctx); err != nil {
		return account.Session{}, err
	}
	now := s.Store.Now()
	sc.mu.RLock()
	entry, ok := sc.entries[token]
	sc.mu.RUnlock()
	if ok && now.Sub(entry.read.Time) < sessionTTL && !now.Before(entry.read.Time) && now.Before(entry.session.ExpiresAt.Time) {
		return entry.session, nil
	}
	head := s.pages.position.Load()
	session, err := s.Accounts.Who(ctx, token)
	if errors.Is(err, account.ErrNoSession) {
		return account.Session{}, nil
	}
	if err != nil {
		return account.Session{}, err
	}
	sc.mu.Lock()
	defer sc.mu.Unlock()
	if head != s.pages.position.Load() {
		return session, nil // it may have been overtaken: not kept
	}
	if len(sc.entries) >= sessionCacheSize {
		clear(sc.entries)
	}
	sc.entries[token] = sessionEntry{session: session, read: now}
	return session, nil
}
