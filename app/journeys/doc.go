// Package journeys walks the portal as people do: over HTTP by the visible
// labels of links, fields and buttons, and (with the build tag browser) in a
// real browser. A label that is missing fails a journey.
package journeys
