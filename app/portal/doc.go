// Package portal puts the rooms together: it opens the store and what lives in
// it, gives every page its address, and runs what works beside requests. The
// program, the journeys and the benches all start from here.
package portal
