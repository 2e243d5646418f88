// Package content reads the Markdown of the portal and renders it to safe HTML.
//
// Two things live here. [RenderPost] and [RenderPage] turn Markdown into HTML
// that may be written to a page as it is: GFM tables, strikethrough, autolinks,
// task boxes and footnotes, French typography, an allow-list of elements, no
// script, no style, no picture from elsewhere. [Load] reads the folder of the
// laboratories, use cases, calls and pages, whose YAML front matter is checked
// in one go: every fault is reported with its file and line ([Faults]).
//
// The folder is embedded in the program ([Embedded]); each item carries the
// digest of its file, so that a reader loads what is new or changed only.
//
// Units: money is int64 euro cents (fields in …Cents) save `cost_euros`, whole
// euros; sizes are bytes; instants of a call are in Europe/Paris; dates of a
// phase or a source may be a year or a month ([Date]).
//
// Sources of the rules: CommonMark 0.31 and GitHub Flavored Markdown for the
// syntax; « Lexique des règles typographiques en usage à l’Imprimerie
// nationale » for the spaces; the Code officiel géographique for the regions;
// Plan France Relance, Livret des thèmes (29 October 2020), ITN6 for the call.
package content
