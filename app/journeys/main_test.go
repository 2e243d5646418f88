package journeys_test

import (
	"testing"

	"passerelle/app/journeys"
)

// atEnd is what tests share and the process must close.
var atEnd []func()

func TestMain(m *testing.M) { journeys.Main(m, atEnd...) }
