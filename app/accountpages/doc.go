// Package accountpages is where people register, log in and keep their account.
//
// A mailed link opens a page that changes nothing: its button posts the token,
// since mail filters open links too. Pages that may be asked about somebody
// else's address answer the same whether it has an account.
package accountpages
