// Package api answers machines: the Atom feeds, the map of the site for search
// engines, and the files that robots and researchers look for.
//
// What it shows is what every visitor sees, so its answers are kept by the page
// cache like pages.
package api
