package web

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/utils"

	"passerelle/app/config"
	"passerelle/models"
	"passerelle/models/account"
)

// Site is the portal as the web sees it.
type Site struct {
	Config   config.Config
	Store    *models.Store
	Accounts *account.Accounts
	Log      *slog.Logger

	key      []byte // signs CSRF tokens
	proxies  []netip.Prefix
	sessions *sessionCache
	pages    *pageCache
	flashes  *flashes
	limits   *limiter
	stopping chan struct{}
}

// bodyLimit is how much one request may send.
const bodyLimit = 1 << 20

// deadline is how long a request may work.
const deadline = 10 * time.Second

// New prepares the site; Run keeps its caches true.
func New(cfg config.Config, store *models.Store, accounts *account.Accounts, log *slog.Logger) (*Site, error) {
	key, err := readKey(store.Dir())
	if err != nil {
		return nil, err
	}
	proxies, err := cfg.TrustedProxies()
	if err != nil {
		return nil, err
	}
	return &Site{
		Config: cfg, Store: store, Accounts: accounts, Log: log,
		key: key, proxies: proxies,
		sessions: newSessionCache(), pages: newPageCache(store), flashes: newFlashes(store), limits: newLimiter(store),
		stopping: make(chan struct{}),
	}, nil
}

// Run follows the feed until ctx ends: what changed leaves the page cache and
// the session cache.
func (s *Site) Run(ctx context.Context) error {
	for {
		changed := s.Store.Changed()
		if err := s.catchUp(ctx); err != nil && ctx.Err() == nil {
			s.Log.ErrorContext(ctx, "the caches cannot follow the feed", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
		}
	}
}

// catchUp brings the caches up to the last committed change.
func (s *Site) catchUp(ctx context.Context) error {
	return s.pages.catchUp(ctx, func(c models.Change) {
		switch c.Noun() {
		case "session", "account", "role":
			s.sessions.forget()
		}
	})
}

// App is a Fiber application with all that a request goes through before its
// handler; routes are added to it.
func (s *Site) App() *fiber.App {
	app := fiber.New(fiber.Config{
		AppName:               "Passerelle",
		DisableStartupMessage: true,
		StrictRouting:         true,
		CaseSensitive:         true,
		BodyLimit:             bodyLimit,
		ReadBufferSize:        16 << 10,         // a search of 2 000 accented characters stands in the address
		ReadTimeout:           30 * time.Second, // WriteTimeout would cut live streams; the proxy guards slow readers
		IdleTimeout:           time.Minute,
		ErrorHandler:          s.answerError,
	})
	app.Get("/s/:file", asset)
	app.Use(s.begin, s.headers, s.guardHost, s.guardForms)
	return app
}

// request is what the site knows of one request; handlers reach it by the
// functions of this package.
type request struct {
	site    *Site
	id      string
	session account.Session // zero for a visitor
	token   string          // the cookie's, of a session or of an anonymous form
	tags    []string        // what the page shows, for the page cache
	until   models.Time     // when its text changes by itself
}

type requestKey struct{}

func of(c *fiber.Ctx) *request {
	r, _ := c.Locals(requestKey{}).(*request)
	return r
}

// begin identifies the request and the person, sets the deadline, turns a
// panic into an error, and logs the outcome without a personal word.
func (s *Site) begin(c *fiber.Ctx) (err error) {
	started := time.Now()
	r := &request{site: s, id: utils.UUIDv4()}
	c.Locals(requestKey{}, r)
	ctx, cancel := context.WithTimeout(c.UserContext(), deadline)
	defer cancel()
	c.SetUserContext(ctx)
	defer func() {
		if p := recover(); p != nil {
			err = s.answerError(c, fmt.Errorf("panic: %v\n%s", p, stack()))
		}
		s.logRequest(c, r, time.Since(started))
	}()
	if token := c.Cookies(s.cookieName()); token != "" {
		r.token = utils.CopyString(token)
		if r.session, err = s.sessions.who(ctx, s, r.token); err != nil {
			return s.answerError(c, err)
		}
	}
	if err := c.Next(); err != nil {
		return s.answerError(c, err)
	}
	s.compress(c)
	return nil
}

func (s *Site) logRequest(c *fiber.Ctx, r *request, took time.Duration) {
	status := c.Response().StatusCode()
	observe(c, status, took)
	level := slog.LevelInfo
	if status >= 500 {
		level = slog.LevelError
	}
	if !s.Log.Enabled(context.Background(), level) {
		return
	}
	s.Log.LogAttrs(context.Background(), level, "request",
		slog.String("id", r.id), slog.String("method", c.Method()), slog.String("route", c.Route().Path),
		slog.Int("status", status), slog.Duration("took", took), slog.Int64("account", int64(r.session.AccountID)))
}

// guardHost refuses a request for another host: a page must not be built, and
// kept, with links to somebody else's.
func (s *Site) guardHost(c *fiber.Ctx) error {
	host := string(c.Request().Host())
	if host == s.Config.Host() || !s.Config.Secure() && loopbackHost(host) || watched[c.Path()] && s.FromHere(c) {
		return c.Next()
	}
	return fiber.NewError(fiber.StatusMisdirectedRequest)
}

// watched are the addresses that this very machine may ask for by its own name.
var watched = map[string]bool{"/healthz": true, "/readyz": true, "/metrics": true}

// loopbackHost tells whether a Host header names this very machine.
func loopbackHost(host string) bool {
	name := host
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		name = host[:i]
	}
	name = strings.Trim(name, "[]")
	if name == "localhost" {
		return true
	}
	address, err := netip.ParseAddr(name)
	return err == nil && address.IsLoopback()
}

// FromHere tells whether a request comes from this very machine and from no
// proxy: who may see demonstration mails and metrics.
func (s *Site) FromHere(c *fiber.Ctx) bool {
	for name := range c.GetReqHeaders() {
		if name == "Forwarded" || strings.HasPrefix(name, "X-Forwarded-") {
			return false
		}
	}
	address, ok := netip.AddrFromSlice(c.Context().RemoteIP())
	return ok && address.Unmap().IsLoopback() && loopbackHost(string(c.Request().Host()))
}

// Address is where a request comes from: the peer, or what the trusted proxies
// in front of it say, read from the nearest one.
func (s *Site) Address(c *fiber.Ctx) string {
	peer, ok := netip.AddrFromSlice(c.Context().RemoteIP())
	if !ok {
		return ""
	}
	peer = peer.Unmap()
	hops := strings.Split(c.Get(fiber.HeaderXForwardedFor), ",")
	for i := len(hops) - 1; i >= 0 && s.trusted(peer); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		peer = hop.Unmap()
	}
	return peer.String()
}

// Network is whom limits count a request to: an IPv4 address, or the /64 that
// one subscriber of IPv6 has, in which addresses cost nothing.
func (s *Site) Network(c *fiber.Ctx) string {
	address, err := netip.ParseAddr(s.Address(c))
	if err != nil || address.Is4() {
		return s.Address(c)
	}
	network, err := address.Prefix(64)
	if err != nil {
		return s.Address(c)
	}
	return network.String()
}

func (s *Site) trusted(address netip.Addr) bool {
	for _, network := range s.proxies {
		if network.Contains(address) {
			return true
		}
	}
	return false
}

// Serve answers on a listener until ctx ends, then lets running requests
// finish.
func (s *Site) Serve(ctx context.Context, app *fiber.App, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- app.Listener(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve on %s: %w", listener.Addr(), err)
	case <-ctx.Done():
	}
	close(s.stopping)
	if err := app.ShutdownWithTimeout(deadline); err != nil {
		return fmt.Errorf("stop serving: %w", err)
	}
	return <-failed
}
