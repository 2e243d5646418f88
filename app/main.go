// Package main is the portal in one program: it serves, and it keeps its data
// folder (backup, restore, import, check…). `passerelle --help` lists the
// commands; without one it serves.
package main

func main() {}
