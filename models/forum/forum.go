package forum

import (
	"context"
	"runtime"

	"passerelle/content"
	"passerelle/models"
)

// Limits of what is written. A title counts characters, a post bytes.
const (
	MinTitle  = 5
	MaxTitle  = 150
	MaxPost   = content.MaxPost
	MaxReason = 500 // characters of a moderator's reason
	PageSize  = 20  // posts a page
	ListSize  = 25  // threads a page
)

// Kind is what a thread is.
type Kind string

// The kinds of threads.
const (
	Discussion Kind = "discussion"
	Question   Kind = "question"
	Proposal   Kind = "proposal"
)

// Kinds lists the kinds in the order of forms and filters.
var Kinds = []Kind{Discussion, Question, Proposal}

func (k Kind) known() bool { return k == Discussion || k == Question || k == Proposal }

// State is what became of a post.
type State string

// The states of a post.
const (
	Visible State = "visible"
	Deleted State = "deleted" // by its author; its texts are erased
	Hidden  State = "hidden"  // by a moderator; its author and moderators still read it
)

// What forums may refuse; app/web holds one French sentence for each.
var (
	ErrUnknown       = models.Refuse(models.NotFound, "forum.unknown")
	ErrUnknownThread = models.Refuse(models.NotFound, "forum.unknown_thread")
	ErrUnknownPost   = models.Refuse(models.NotFound, "forum.unknown_post")
	ErrNotAuthor     = models.Refuse(models.Forbidden, "forum.not_author")
	ErrNotModerator  = models.Refuse(models.Forbidden, "forum.not_moderator")
	ErrClosed        = models.Refuse(models.Conflict, "forum.closed")
	ErrLocked        = models.Refuse(models.Conflict, "forum.locked")
	ErrThreadHidden  = models.Refuse(models.Conflict, "forum.thread_hidden")
	ErrPostHidden    = models.Refuse(models.Conflict, "forum.post_hidden")
	ErrNoAnswer      = models.Refuse(models.Conflict, "forum.no_answer")
	ErrNotAgent      = models.Refuse(models.Conflict, "forum.not_agent")
	ErrOwnOfficial   = models.Refuse(models.Forbidden, "forum.own_official")
	ErrPostDeleted   = models.Refuse(models.Conflict, "forum.post_deleted")
	ErrStale         = models.Refuse(models.Conflict, "forum.stale")
)

// Authors gives the account that signs what an import says name wrote, made
// when new: it cannot log in and is never a real person's account.
type Authors func(ctx context.Context, tx *models.Tx, name string) (models.ID, error)

// Forums does the acts of the forums of a store.
type Forums struct {
	store   *models.Store
	authors Authors
	slots   chan struct{} // one rendering a core: the worst post takes a fifth of a second
}

// New serves the forums of a store; authors is asked by imports only.
func New(store *models.Store, authors Authors) *Forums {
	return &Forums{store: store, authors: authors, slots: make(chan struct{}, runtime.GOMAXPROCS(0))}
}

// PageOf is the page of its thread on which a post number stands.
func PageOf(number int64) int { return int((number-1)/PageSize) + 1 }
