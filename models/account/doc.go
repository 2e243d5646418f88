// Package account is people: registration, confirmation by a mailed link,
// passwords, sessions, granted roles, and leaving.
//
// Secrets (session tokens, mailed tokens) are random and kept only as SHA-256;
// passwords as Argon2id (RFC 9106), computed outside the store's writer and at
// most on all cores but one. Whoever is not logged in learns nothing of whose
// address has an account: registering, asking for a new password and logging
// in do the same work and give the same answer either way, and the rest is in
// a mail.
//
// An act that calls for a mail only records its change; the mail job follows
// the feed, takes its token from [Issue] and writes the mail.
package account
