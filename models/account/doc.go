// Package account is people: registration, confirmation by a mailed link,
// passwords (Argon2id), sessions, granted roles, and leaving.
//
// Secrets (session tokens, mailed tokens) are random and kept only as SHA-256.
package account
