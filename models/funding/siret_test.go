package funding

import (
	"strings"
	"testing"
)

func TestParseSIRET(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, typed, want string
		ok                bool
	}{
		{"a State service", "13002526500013", "13002526500013", true},
		{"a company", "38047555800058", "38047555800058", true},
		{"a region", "23350001600040", "23350001600040", true},
		{"spaces, no-break and narrow", "732 829\u00a0320\u202f00074", "73282932000074", true},
		{"dots", "732.829.320.00074", "73282932000074", true},
		{"La Poste, head office", "35600000000048", "35600000000048", true},
		{"La Poste, sum of digits", "35600000018723", "35600000018723", true},
		{"La Poste, wrong sum", "35600000018724", "", false},
		{"wrong key", "73282932000079", "", false},
		{"wrong SIREN", "67895644300011", "", false},
		{"all zeros", "00000000000000", "", false},
		{"demonstration body 1", "00000001800002", "00000001800002", true},
		{"demonstration body 2", "00000002600005", "00000002600005", true},
		{"demonstration body 3", "00000003400009", "00000003400009", true},
		{"demonstration body 4", "00000004200002", "00000004200002", true},
		{"13 digits", "1300252650001", "", false},
		{"15 digits", "130025265000130", "", false},
		{"letters", "1300252650001A", "", false},
		{"Arabic digits", "١٣٠٠٢٥٢٦٥٠٠٠١٣", "", false},
		{"a sign", "+3002526500013", "", false},
		{"empty", "", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, ok := ParseSIRET(tt.typed)
			if ok != tt.ok || ok && got != tt.want {
				t.Errorf("ParseSIRET(%q) = %q, %v; want %q, %v", tt.typed, got, ok, tt.want, tt.ok)
			}
		})
	}
}

func FuzzParseSIRET(f *testing.F) {
	for _, seed := range []string{"13002526500013", "356 000 000 18723", "00000000000000", "é", "1300252650001\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		siret, ok := ParseSIRET(typed)
		if !ok {
			return
		}
		if len(siret) != 14 || strings.Trim(siret, "0123456789") != "" || siret == strings.Repeat("0", 14) {
			t.Errorf("%q was taken as %q", typed, siret)
		}
		again, ok := ParseSIRET(siret)
		if !ok || again != siret {
			t.Errorf("%q does not read back", siret)
		}
		// One wrong digit is always caught, save among the branches of La Poste.
		if siret[:9] == laPoste {
			return
		}
		for i := range siret {
			wrong := []byte(siret)
			wrong[i] = '0' + (wrong[i]-'0'+1)%10
			if _, ok := ParseSIRET(string(wrong)); ok && string(wrong[:9]) != laPoste {
				t.Errorf("%s passes as well as %s", wrong, siret)
			}
		}
	})
}
