// Package ui is the design system: the theme « Travées » as typed templ
// components, and the French way to write amounts, dates and counts.
//
// A component is named after what is seen ([Card], [Pager]) and takes one
// struct named after what it says. Class names stay inside this package:
// pages are made of its components. No component looks anything up.
package ui
