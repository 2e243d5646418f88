// Package jobs is what runs beside requests: mail and retention.
//
// Mail is made by a reader of the feed. In one transaction it takes the token
// that a link carries (only its hash is kept), writes the mail to the outbox,
// and notes how far it has read; so a kill at any line neither loses a mail nor
// makes it twice. A sender then hands over what the outbox holds, by SMTP or as
// .eml files: at least once, always under the same Message-ID, and wipes what
// the mail said and to whom as soon as it left.
//
// Scheduled jobs run once a day of Paris, whatever the clock does in between.
package jobs
