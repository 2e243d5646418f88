// Package lab is the library: laboratories, their use cases, local
// experiences, and the legal and help pages.
//
// The database is the truth; the Markdown files of package content are its
// seed. [Library.Load] brings in the files that are new or changed, and
// [Library.Import] one line of a bulk import. What the pages show is asked of
// a [Library] too: a list under filters that combine, with the count of each
// ([Library.List]), one case with those that resemble it, a laboratory with
// its cases.
//
// A region is its INSEE code, as text ("53"). Costs are whole euros and days;
// nil says « non connu », which a page says too.
package lab
