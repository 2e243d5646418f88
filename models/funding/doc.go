// Package funding is the desk: calls, drafts, applications, proposals,
// decisions, money.
//
// Its acts are the transitions T1 to T4 and T8 to T12 of a call, one file a
// verb. Each runs in one transaction, names the version of the application it
// was decided on, and leaves one event (chained by hash) and one change of the
// feed; what it refuses leaves nothing but a refused attempt. Amounts are euro
// cents, all taxes included unless a name says net. A window is half-open and
// counted in Paris.
//
// Source of the rules: France Relance, Livret des thèmes (29 Oct 2020), ITN6.
package funding
