// Package forum is the debate: forums and their categories, threads, posts,
// and the moderation of these.
//
// A post's number is dense in its thread and never used again: page k of a
// thread is the numbers 20(k−1)+1 to 20k, a range of keys that costs the same
// everywhere. A deleted or hidden post keeps its number as a tombstone.
//
// Counters (posts, participants, last activity) stand on the parent row and
// change in the transaction of the act; [Forums.Check] compares them with what
// they count. Markdown is rendered before the transaction and kept as safe
// HTML, with the version of its renderer.
//
// In a query over several tables, « = +? » is « = ? » that SQLite need not plan
// again at each execution: it guesses from a bound value how many rows match,
// and drops the plan whenever a value is bound. That costs more than the query.
package forum
