package web

import (
	"sync"

	"github.com/gofiber/fiber/v2"

	"passerelle/models"
)

// ErrTooMany says that somebody does one thing too often.
var ErrTooMany = models.Refuse(models.TooMany, "web.too_many")

// limiter holds token buckets: so many acts a minute, refilled evenly.
type limiter struct {
	store   *models.Store
	mu      sync.Mutex
	buckets map[string]*bucket
	swept   models.Time
}

type bucket struct {
	tokens float64
	filled models.Time
	size   float64
}

func newLimiter(store *models.Store) *limiter {
	return &limiter{store: store, buckets: map[string]*bucket{}, swept: store.Now()}
}

// Allow counts one act of a kind ("log-in", "post", "search") by whoever key
// names, and refuses with ErrTooMany past perMinute of them.
func (s *Site) Allow(act, key string, perMinute int) error {
	if !s.Config.Limits || s.limits.take(act+"\x00"+key, float64(perMinute)) {
		return nil
	}
	return ErrTooMany
}

// Limit is Allow by the network of the request, before a handler.
func (s *Site) Limit(act string, perMinute int) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if err := s.Allow(act, s.Network(c), perMinute); err != nil {
			return err
		}
		return c.Next()
	}
}

func (l *limiter) take(key string, size float64) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.store.Now()
	l.sweep(now)
	b, ok := l.buckets[key]
	if !ok {
		b = &bucket{tokens: size, filled: now, size: size}
		l.buckets[key] = b
	}
	b.fill(now)
	if b.tokens < 1 {
		return false
	}
	b.tokens--
	return true
}

func (b *bucket) fill(now models.Time) {
	b.tokens = min(b.size, b.tokens+b.size*max(0, now.Sub(b.filled.Time).Minutes()))
	b.filled = now
}

// sweep forgets the buckets that are full again, once a minute.
func (l *limiter) sweep(now models.Time) {
	if now.Sub(l.swept.Time).Minutes() < 1 {
		return
	}
	l.swept = now
	for key, b := range l.buckets {
		b.fill(now)
		if b.tokens >= b.size {
			delete(l.buckets, key)
		}
	}
}
