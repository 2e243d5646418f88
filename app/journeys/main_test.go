package journeys_test

import (
	"testing"

	"passerelle/app/journeys"
)

func TestMain(m *testing.M) { journeys.Main(m) }
