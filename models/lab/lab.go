package lab

import (
	"slices"

	"passerelle/content"
	"passerelle/models"
)

// Library does the acts on laboratories, use cases and pages, and answers
// what is asked of them.
type Library struct {
	store *models.Store
}

// New serves the library of a store.
func New(store *models.Store) *Library { return &Library{store: store} }

// What the library may refuse.
var (
	ErrUnknown       = models.Refuse(models.NotFound, "lab.unknown")
	ErrUnknownFilter = models.Refuse(models.NotFound, "lab.unknown_filter")
	ErrNoPage        = models.Refuse(models.NotFound, "lab.no_page")
	ErrTaken         = models.Refuse(models.Conflict, "lab.address_taken")
)

// Stages are the maturities of the facet, in order; the last is « not known ».
var Stages = append(slices.Clone(content.Stages), NotKnown)

// NotKnown is the maturity of a use case without a known phase.
const NotKnown content.Stage = ""
