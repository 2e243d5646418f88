// Package web is what all pages share: the server and its middleware,
// sessions, the CSRF token, refusals in French, rate limits, the page cache.
//
// A handler parses with [Param], [Query] and [Field], calls one act of a
// models package, and answers with [Show], [Again] or [SeeOther]. Refusals that
// it returns become a page with their status and sentence in one place,
// errors.go.
package web
