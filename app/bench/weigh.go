package main

import (
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
)

var assets = regexp.MustCompile(`(?:href|src)="(/s/[^"]+)"`)

// weigh counts what a browser fetches for a thread page that it has never
// seen: the page, its style, its script, its icon.
func weigh(site *server) error {
	thread, err := longThread(site)
	if err != nil {
		return err
	}
	total, body, err := fetch(site, thread)
	if err != nil {
		return err
	}
	fmt.Printf("%-42s %10d bytes, %d elements\n", "thread page, compressed", total, strings.Count(body, "<")-strings.Count(body, "</"))
	requests := 1
	for _, asset := range assets.FindAllStringSubmatch(body, -1) {
		weight, _, err := fetch(site, asset[1])
		if err != nil {
			return err
		}
		fmt.Printf("  %-40s %10d\n", asset[1], weight)
		total += weight
		requests++
	}
	fmt.Printf("%-42s %10d bytes in %d requests\n", "cold thread page", total, requests)
	return nil
}

// fetch is what travels for an address with brotli, and the plain page.
func fetch(site *server, path string) (weight int, plain string, err error) {
	for _, encoding := range []string{"gzip, br", "identity"} {
		req, err := http.NewRequest(http.MethodGet, "http://"+site.addr+path, nil)
		if err != nil {
			return 0, "", err
		}
		req.Header.Set("Accept-Encoding", encoding)
		answer, err := http.DefaultClient.Do(req)
		if err != nil {
			return 0, "", err
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil || answer.StatusCode != http.StatusOK {
			return 0, "", fmt.Errorf("%s answers %d: %w", path, answer.StatusCode, err)
		}
		if encoding != "identity" {
			weight = len(body)
		} else {
			plain = string(body)
		}
	}
	return weight, plain, nil
}
