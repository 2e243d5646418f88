// Package models holds what is true: the store, its transactions, the change
// feed, and the small types that every entity is made of.
//
// One [Store] is one data folder. Reads run in [Store.View] on a pool of
// read-only connections; writes run in [Store.Update] on the one writer, which
// commits what waits as a group. Every act that matters ends in one
// [Tx.Record]: a row of the feed `changes`, written in the same transaction,
// which everything derived (index, page cache, mail) reads in order with
// [Store.Follow].
//
// Amounts are euro cents ([Cents]); instants are UTC to the microsecond
// ([Time]) and shown in [Paris]. Rules live in the sub-packages, one a domain.
package models
