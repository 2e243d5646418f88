// Package searchpages answers /recherche: one field over all that is public,
// with facets, excerpts and an empty page that helps.
package searchpages
