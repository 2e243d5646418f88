package funding

import "passerelle/models"

// Desk does the acts of funding.
type Desk struct {
	store *models.Store
}

// New serves the desk of a store.
func New(store *models.Store) *Desk { return &Desk{store: store} }

// What the desk may refuse; app/web holds one French sentence for each. Absent
// and not to be known of are the same.
var (
	ErrUnknown         = models.Refuse(models.NotFound, "funding.unknown")
	ErrUnknownCall     = models.Refuse(models.NotFound, "funding.unknown_call")
	ErrNotOpen         = models.Refuse(models.Conflict, "funding.not_open")
	ErrClosed          = models.Refuse(models.Conflict, "funding.closed")
	ErrStale           = models.Refuse(models.Conflict, "funding.stale")
	ErrOvertaken       = models.Refuse(models.Conflict, "funding.overtaken")
	ErrSubmitted       = models.Refuse(models.Conflict, "funding.submitted")
	ErrHolderOnly      = models.Refuse(models.Forbidden, "funding.holder_only")
	ErrReadOnly        = models.Refuse(models.Forbidden, "funding.read_only")
	ErrNotMember       = models.Refuse(models.Forbidden, "funding.not_member")
	ErrRole            = models.Refuse(models.Forbidden, "funding.role")
	ErrInterest        = models.Refuse(models.Forbidden, "funding.interest")
	ErrOwnProposal     = models.Refuse(models.Forbidden, "funding.own_proposal")
	ErrNotAssigned     = models.Refuse(models.Forbidden, "funding.not_assigned")
	ErrNothingToVerify = models.Refuse(models.Conflict, "funding.nothing_to_verify")
	ErrEnvelope        = models.Refuse(models.Conflict, "funding.envelope")
	ErrInvitation      = models.Refuse(models.NotFound, "funding.invitation")
	ErrOtherAddress    = models.Refuse(models.Forbidden, "funding.other_address")
	ErrManyDrafts      = models.Refuse(models.TooMany, "funding.many_drafts")
	ErrManyInvited     = models.Refuse(models.TooMany, "funding.many_invited")
)
