package content

import (
	"testing"
)

func TestEmbedded(t *testing.T) {
	t.Parallel()
	lib, err := Load(Embedded)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(len(lib.Labs), len(lib.UseCases))
}
