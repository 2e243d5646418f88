package main

import (
	"cmp"
	"fmt"
	"time"

	"github.com/valyala/fasthttp"
)

// page is one row of the table of pages.
type page struct {
	name, path string
	cookie     bool   // signed in
	by         string // how apart adds a number; a parameter that nobody reads by default
	apart      bool   // each request is one that the page cache does not know
	fresh      string // If-None-Match
	status     int
}

// measurePages asks for each kind of page from 16 connections.
func measurePages(site *server) error {
	person, err := signIn(site, "citoyenne")
	if err != nil {
		return err
	}
	thread, err := longThread(site)
	if err != nil {
		return err
	}
	etag, err := etagOf(site, thread)
	if err != nil {
		return err
	}
	pages := []page{
		{name: "home, from the cache", path: "/"},
		{name: "list of use cases, from the cache", path: "/cas-usage"},
		{name: "use case, from the cache", path: "/cas-usage/coco-velten"},
		{name: "thread of 20 posts, from the cache", path: thread},
		{name: "the same, not changed (304)", path: thread, fresh: etag, status: fasthttp.StatusNotModified},
		{name: "the same, not from the cache", path: thread, apart: true},
		{name: "the same, signed in", path: thread, cookie: true},
		{name: "search, a frequent word asked again", path: "/recherche?q=donn%C3%A9es"},
		{name: "the same, never asked before", path: "/recherche?q=donn%C3%A9es", apart: true, by: "+-mot"},
	}
	addr, pid, stop, err := plaintext()
	if err != nil {
		return err
	}
	defer stop()
	const lasting = 3 * time.Second
	fmt.Printf("%-42s %10s %8s %12s %8s\n", "16 connections", "a second", "ratio", "CPU µs", "ratio")
	var plain figure
	for range 2 { // the first warms up
		if plain, err = load(pid, addr, 16, lasting, 200, func(r *fasthttp.Request, _ int64) { r.SetRequestURI("/") }); err != nil {
			return err
		}
	}
	print := func(name string, f figure) {
		fmt.Printf("%-42s %10.0f %8.2f %12.1f %8.1f\n", name, f.rate, f.rate/plain.rate,
			float64(f.cpu.Nanoseconds())/1000, float64(f.cpu)/float64(plain.cpu))
	}
	print("plaintext", plain)
	for _, p := range pages {
		f, err := p.load(site, person.cookie(), lasting)
		if err != nil {
			return err
		}
		print(p.name, f)
	}
	fmt.Println()
	return nil
}

func (p page) load(site *server, cookie string, lasting time.Duration) (figure, error) {
	status := p.status
	if status == 0 {
		status = fasthttp.StatusOK
	}
	return load(site.process.Process.Pid, site.addr, 16, lasting, status, func(r *fasthttp.Request, n int64) {
		path := p.path
		if p.apart {
			path = fmt.Sprintf("%s%s%d", p.path, cmp.Or(p.by, "?mesure="), n)
		}
		r.SetRequestURI(path)
		r.Header.Set("Accept-Encoding", "gzip, br")
		if p.cookie {
			r.Header.Set("Cookie", cookie)
		}
		if p.fresh != "" {
			r.Header.Set("If-None-Match", p.fresh)
		}
	})
}
