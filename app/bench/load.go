package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/valyala/fasthttp"
)

// clockTicks is how many ticks of /proc make a second, on every Linux that Go
// runs on.
const clockTicks = 100

func freeAddr() string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// waitFor waits until an address answers 200.
func waitFor(addr, path string) error {
	for range 6000 {
		answer, err := http.Get("http://" + addr + path)
		if err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
	return fmt.Errorf("%s does not answer", addr)
}

// cpuOf is the CPU time that a process has used.
func cpuOf(pid int) time.Duration {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * time.Second / clockTicks
}

// memory is what the process holds in memory, in MiB.
func (s *server) memory() float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.process.Process.Pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kb / 1024
		}
	}
	return 0
}

// figure is what a load of requests showed.
type figure struct {
	rate float64       // answers a second
	cpu  time.Duration // of the server, an answer
	p50  time.Duration
	p99  time.Duration
}

// request is what a client sends; n counts the requests of all clients.
type request func(r *fasthttp.Request, n int64)

// load asks an address from several connections for a while.
func load(pid int, addr string, connections int, lasting time.Duration, want int, make request) (figure, error) {
	client := &fasthttp.HostClient{Addr: addr, MaxConns: connections, NoDefaultUserAgentHeader: true}
	var count atomic.Int64
	var mu sync.Mutex
	var times []time.Duration
	var failed error
	before, began := cpuOf(pid), time.Now()
	var clients sync.WaitGroup
	for range connections {
		clients.Go(func() {
			req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
			var mine []time.Duration
			for time.Since(began) < lasting {
				req.Reset()
				make(req, count.Add(1))
				req.Header.SetHost(addr)
				sent := time.Now()
				err := client.Do(req, res)
				if err == nil && res.StatusCode() != want {
					err = fmt.Errorf("%s answers %d, want %d", req.URI().RequestURI(), res.StatusCode(), want)
				}
				if err != nil {
					mu.Lock()
					failed = err
					mu.Unlock()
					return
				}
				mine = append(mine, time.Since(sent))
			}
			mu.Lock()
			times = append(times, mine...)
			mu.Unlock()
		})
	}
	clients.Wait()
	took, used := time.Since(began), cpuOf(pid)-before
	if failed != nil || len(times) == 0 {
		return figure{}, failed
	}
	slices.Sort(times)
	return figure{
		rate: float64(len(times)) / took.Seconds(), cpu: used / time.Duration(len(times)),
		p50: times[len(times)/2], p99: times[len(times)*99/100],
	}, nil
}

// plaintext runs the server that others are measured by.
func plaintext() (addr string, pid int, stop func(), err error) {
	addr = freeAddr()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), plainMark+"="+addr)
	if err := cmd.Start(); err != nil {
		return "", 0, nil, err
	}
	stop = func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	return addr, cmd.Process.Pid, stop, waitFor(addr, "/")
}
