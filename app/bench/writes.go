package main

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/valyala/fasthttp"
)

// measureWrites posts replies from 1, 16 and 64 connections: each is rendered
// and on disk before it is answered.
func measureWrites(site *server) error {
	person, err := signIn(site, "agent")
	if err != nil {
		return err
	}
	body, address, err := person.open("/fils/1")
	if err != nil {
		return err
	}
	values, err := form(body, "/fils/1")
	if err != nil {
		return err
	}
	values.Set("body", strings.Repeat("Nous l’avons essayé chez nous, avec **deux agents**, pendant trois mois. ", 12))
	cookie := person.cookie()
	fmt.Printf("%-42s %10s %12s %12s\n", "replies posted ("+address[:8]+"…)", "a second", "p50 ms", "p99 ms")
	var single figure
	for _, connections := range []int{1, 16, 64} {
		f, err := load(site.process.Process.Pid, site.addr, connections, 3*time.Second, http.StatusSeeOther, func(r *fasthttp.Request, n int64) {
			r.SetRequestURI("/fils/1/messages")
			r.Header.SetMethod(http.MethodPost)
			r.Header.SetContentType("application/x-www-form-urlencoded")
			r.Header.Set("Cookie", cookie)
			r.SetBodyString(strings.Replace(values.Encode(), "key=", fmt.Sprintf("key=%d-%d-", connections, n), 1))
		})
		if err != nil {
			return err
		}
		if connections == 1 {
			single = f
		}
		fmt.Printf("%2d writers (%.1f × one)%20s %10.0f %12.2f %12.2f\n", connections, f.rate/single.rate, "", f.rate,
			f.p50.Seconds()*1000, f.p99.Seconds()*1000)
	}
	fmt.Println()
	return nil
}
