// Package labpages shows the library: the home page, the laboratories, the use
// cases, and the legal and help pages.
//
// Nothing here depends on who looks but the frame of the page, so that every
// page may be kept by the page cache.
package labpages
