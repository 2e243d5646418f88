package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHTMLParagraphs(t *testing.T) {
	t.Parallel()
	page := `<html><head><title>Titre</title></head><body><div class="navheader">Suivant</div>
		<h1>Un titre</h1><p>Une <em>phrase</em> d&#39;ici<br>et là.</p><pre>ls -l</pre><ul><li>Un<li><p>Deux</p></ul><script>x()</script></body></html>`
	var got []string
	if err := htmlParagraphs(page, func(p string) { got = append(got, p) }); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Un titre", "Une phrase d'ici et là.", "Un", "Deux"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestManParagraphs(t *testing.T) {
	t.Parallel()
	page := `.\" Une remarque
.TH LS 1
.SH NOM
ls \- Afficher le contenu
.SH DESCRIPTION
.PP
Lister les \fIFICHIERs\fR selon
.BR sort (1),
l\(aqordre \(Fo choisi \(Fc.
.nf
int main(void);
.fi
.TP
\fB\-a\fR, \f[B]\-\-all\f[R]
ne pas ignorer les entr\[u00E9]es
`
	var got []string
	manParagraphs(page, func(p string) { got = append(got, p) })
	want := []string{
		"ls - Afficher le contenu",
		"Lister les FICHIERs selon sort(1), l'ordre « choisi ».",
		"-a, --all ne pas ignorer les entrées",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
