// Package search finds public things by words: use cases, experiences,
// laboratories, threads, posts, calls, funded projects and help pages, in one
// Bleve index. Private texts are in no index: a [Matcher] reads them as it would.
//
// An [Index] is a reader of the change feed and nothing else writes to it.
// [Index.Run] follows the feed, reads again from the database whatever changed,
// and keeps its position in the same batch as the documents: a kill at any
// instant loses nothing. The index stores no text; titles and excerpts come
// from the database, in the same query that checks again that the thing is
// public. An index that is missing, damaged, of another store or of another
// [mappingVersion] is built again in a second folder while the portal serves.
//
// French is analysed as people type it: elisions, accents, plurals, ligatures,
// acronyms and grouped digits do not matter (analysis.go). A second field
// without stemmer and stop list serves phrases, and is the vocabulary in which
// forms (spellings.go), beginnings (sense.go) and typing errors (mend.go) are looked
// up: only what the index holds stands for a word. What was typed comes before all that
// is approximate.
//
// Searches read the segments of the index below Bleve's own searchers: sets of
// documents are joined at once (match.go), then scored by BM25F and counted for
// every filter; of the best, those come first whose words stand as near each other
// as they were typed (nearness.go). Columns of dates, threads and filters are read
// once a segment (shard.go), and so is what it says of a word that was asked for
// (posted.go, places.go). [ReadQuery] and [Query.Values] are the one form of a search in an
// address: pages, feeds and followed searches share it.
package search
