// Package fundingpages shows funding: the calls and what they paid for, the
// applicants' drafts and applications, and the reviewers' desk.
//
// Only the pages of « financement » are public, and kept by the page cache;
// all others belong to a person.
package fundingpages
