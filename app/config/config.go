// Package config is what the environment says, read once.
package config

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"

	"github.com/caarlos0/env/v11"
)

// Config is every setting of the program. The zero value of a new one works.
type Config struct {
	Addr         string   `env:"PASSERELLE_ADDR" envDefault:"127.0.0.1:3000"` // where it listens
	URL          string   `env:"PASSERELLE_URL"`                              // public base address, without a final slash
	Data         string   `env:"PASSERELLE_DATA" envDefault:"./data"`         // the one folder
	DatabaseURL  string   `env:"DATABASE_URL"`
	Demo         bool     `env:"PASSERELLE_DEMO"`
	Content      string   `env:"PASSERELLE_CONTENT"` // a folder read instead of the embedded content
	Proxies      []string `env:"PASSERELLE_PROXIES"` // addresses or networks of trusted proxies
	MetricsToken string   `env:"PASSERELLE_METRICS_TOKEN"`
	MailFrom     string   `env:"PASSERELLE_MAIL_FROM"`
	SourceURL    string   `env:"PASSERELLE_SOURCE_URL"`
	Limits       bool     `env:"PASSERELLE_LIMITS" envDefault:"true"` // false lifts rate limits, on loopback only
	SMTPURL      string   `env:"SMTP_URL"`
}

// meanings says what each variable is for, for `passerelle config`.
var meanings = map[string]string{
	"PASSERELLE_ADDR":          "where it listens",
	"PASSERELLE_URL":           "public base address, used in mails, feeds and Host checks; empty: from PASSERELLE_ADDR",
	"PASSERELLE_DATA":          "the one folder: database, index, files, mails, keys",
	"DATABASE_URL":             "empty: SQLite in the data folder; any value is refused until PostgreSQL lands",
	"PASSERELLE_DEMO":          "1: demonstration data and accounts, on loopback only",
	"PASSERELLE_CONTENT":       "a folder read instead of the embedded content",
	"PASSERELLE_PROXIES":       "addresses or networks of trusted proxies, by commas",
	"PASSERELLE_METRICS_TOKEN": "bearer of /metrics; empty: only loopback reads it",
	"PASSERELLE_MAIL_FROM":     "sender of mails",
	"PASSERELLE_SOURCE_URL":    "link to the code, in the footer",
	"PASSERELLE_LIMITS":        "0 lifts rate limits, on loopback only, for benches",
	"SMTP_URL":                 "smtps://user:secret@host:465; empty: .eml files in the data folder's mail/",
}

// What the program refuses to start with.
var (
	errPostgres   = errors.New("DATABASE_URL est défini, mais PostgreSQL n’est pas encore pris en charge : videz cette variable")
	errNotLocal   = errors.New("PASSERELLE_DEMO=1 n’est permis que sur une adresse de bouclage (127.0.0.1)")
	errLimitsOpen = errors.New("PASSERELLE_LIMITS=0 n’est permis que sur une adresse de bouclage (127.0.0.1)")
)

// Read reads the environment and refuses what cannot work together.
func Read() (Config, error) {
	cfg, err := env.ParseAs[Config]()
	if err != nil {
		return cfg, fmt.Errorf("read the environment: %w", err)
	}
	return cfg, cfg.complete()
}

// complete fills what follows from the rest, and checks it.
func (cfg *Config) complete() error {
	if cfg.DatabaseURL != "" {
		return errPostgres
	}
	host, _, err := net.SplitHostPort(cfg.Addr)
	if err != nil {
		return fmt.Errorf("PASSERELLE_ADDR: %w", err)
	}
	if cfg.Demo && !loopback(host) {
		return errNotLocal
	}
	if !cfg.Limits && !loopback(host) {
		return errLimitsOpen
	}
	if cfg.URL == "" {
		cfg.URL = "http://" + cfg.Addr
	}
	cfg.URL = strings.TrimRight(cfg.URL, "/")
	base, err := url.Parse(cfg.URL)
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" || base.Path != "" {
		return fmt.Errorf("PASSERELLE_URL: %q is not http(s)://host[:port]", cfg.URL)
	}
	if cfg.MailFrom == "" {
		cfg.MailFrom = "ne-pas-repondre@" + mailDomain(base.Hostname())
	}
	_, err = cfg.TrustedProxies()
	return err
}

// mailDomain is a host as it may stand in an address: an IPv6 one may not.
func mailDomain(host string) string {
	if strings.Contains(host, ":") {
		return "localhost"
	}
	return host
}

// Host is the host and port that visitors ask for.
func (cfg Config) Host() string {
	base, err := url.Parse(cfg.URL)
	if err != nil {
		return ""
	}
	return base.Host
}

// Secure tells whether visitors come by https.
func (cfg Config) Secure() bool { return strings.HasPrefix(cfg.URL, "https://") }

// TrustedProxies are the networks whose X-Forwarded-For is believed.
func (cfg Config) TrustedProxies() ([]netip.Prefix, error) {
	networks := make([]netip.Prefix, 0, len(cfg.Proxies))
	for _, text := range cfg.Proxies {
		text = strings.TrimSpace(text)
		if address, err := netip.ParseAddr(text); err == nil {
			networks = append(networks, netip.PrefixFrom(address, address.BitLen()))
			continue
		}
		network, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, fmt.Errorf("PASSERELLE_PROXIES: %q is neither an address nor a network", text)
		}
		networks = append(networks, network)
	}
	return networks, nil
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.IsLoopback()
}

// Print lists every setting with its value and meaning; secrets are masked.
func (cfg Config) Print() (string, error) {
	fields, err := env.GetFieldParams(&cfg)
	if err != nil {
		return "", fmt.Errorf("list the settings: %w", err)
	}
	values := map[string]string{
		"PASSERELLE_ADDR": cfg.Addr, "PASSERELLE_URL": cfg.URL, "PASSERELLE_DATA": cfg.Data,
		"DATABASE_URL": mask(cfg.DatabaseURL), "PASSERELLE_DEMO": flag(cfg.Demo), "PASSERELLE_CONTENT": cfg.Content,
		"PASSERELLE_PROXIES": strings.Join(cfg.Proxies, ","), "PASSERELLE_METRICS_TOKEN": mask(cfg.MetricsToken),
		"PASSERELLE_MAIL_FROM": cfg.MailFrom, "PASSERELLE_SOURCE_URL": cfg.SourceURL,
		"PASSERELLE_LIMITS": flag(cfg.Limits), "SMTP_URL": mask(cfg.SMTPURL),
	}
	var b strings.Builder
	for _, field := range fields {
		fmt.Fprintf(&b, "# %s\n%s=%s\n", meanings[field.Key], field.Key, values[field.Key])
	}
	return b.String(), nil
}

func flag(on bool) string {
	if on {
		return "1"
	}
	return "0"
}

// mask hides a secret; an address keeps its host, which helps to see a mistake.
func mask(secret string) string {
	if secret == "" {
		return ""
	}
	address, err := url.Parse(secret)
	if err != nil || address.Host == "" {
		return "***"
	}
	return address.Scheme + "://***@" + address.Host
}
