package config

import (
	"strings"
	"testing"
)

func TestComplete(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		cfg  Config
		want string // part of the refusal; empty: fine
	}{
		{"defaults", Config{Addr: "127.0.0.1:3000", Limits: true}, ""},
		{"demonstration on the network", Config{Addr: "0.0.0.0:80", Demo: true, Limits: true}, "PASSERELLE_DEMO"},
		{"demonstration on every interface", Config{Addr: ":3000", Demo: true, Limits: true}, "PASSERELLE_DEMO"},
		{"demonstration on ::1", Config{Addr: "[::1]:3000", Demo: true, Limits: true}, ""},
		{"no limits on the network", Config{Addr: "0.0.0.0:80"}, "PASSERELLE_LIMITS"},
		{"postgres", Config{Addr: "127.0.0.1:1", Limits: true, DatabaseURL: "postgres://x"}, "DATABASE_URL"},
		{"address with a path", Config{Addr: "127.0.0.1:1", Limits: true, URL: "https://a.example/b"}, "PASSERELLE_URL"},
		{"proxy by name", Config{Addr: "127.0.0.1:1", Limits: true, Proxies: []string{"proxy"}}, "PASSERELLE_PROXIES"},
		{"proxies", Config{Addr: "127.0.0.1:1", Limits: true, Proxies: []string{"10.0.0.1", " 192.0.2.0/24"}}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			err := tt.cfg.complete()
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want a refusal about %q", err, tt.want)
			}
		})
	}
}

func TestPrintMasksSecretsAndExplainsAll(t *testing.T) {
	t.Parallel()
	cfg := Config{Addr: "127.0.0.1:3000", Limits: true, SMTPURL: "smtps://user:hunter2@mail.example:465", MetricsToken: "hunter2"}
	text, err := cfg.Print()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(text, "hunter2") {
		t.Error("a secret is printed")
	}
	if !strings.Contains(text, "mail.example:465") {
		t.Error("the mail server's host is hidden too")
	}
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if line == "# " {
			t.Error("a setting has no explanation")
		}
	}
	if got := strings.Count(text, "\n"); got != 2*len(meanings) {
		t.Errorf("%d lines for %d settings", got, len(meanings))
	}
}
