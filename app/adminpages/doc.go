// Package adminpages is where administrators find people and grant them roles.
//
// To whoever does not administer, none of these pages exists (404). Each act
// leaves a line in the audit, which outlives the accounts that it names.
package adminpages
