// Package static holds what browsers fetch besides pages: one stylesheet, one
// script, one icon.
//
// Sources are embedded, one file a component. At start they are joined in a
// fixed order, comments are stripped, and each bundle is named after its
// content (/s/site.HASH.css), so that it may be kept for ever. [URL] gives the
// address that pages print, [Find] what to answer to it.
package static
