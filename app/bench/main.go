// Package main prints the figures of the portal in one run: requests a second
// and CPU a request, each as a ratio to a plaintext answer of the same
// framework; durable posts; the index; memory; start-up; the weight of a page.
//
// The program runs as a process of its own, on a folder with 20 000 posts. Only
// ratios of one run are worth comparing: machines are noisy.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

// plainMark makes this program the plaintext server that others are measured by.
const plainMark = "PASSERELLE_BENCH_PLAINTEXT"

func main() {
	if addr := os.Getenv(plainMark); addr != "" {
		app := fiber.New(fiber.Config{DisableStartupMessage: true})
		app.Get("/", func(c *fiber.Ctx) error { return c.SendString("Bonjour") })
		if err := app.Listen(addr); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: bench PROGRAM")
		os.Exit(2)
	}
	if err := measure(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// measure runs everything on a fresh folder, which it removes.
func measure(program string) (err error) {
	program, err = filepath.Abs(program)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "passerelle-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	site := newServer(program, dir)

	took, err := site.start()
	if err != nil {
		return err
	}
	fmt.Printf("first start, with content and demonstration      %8.2f s\n", took.Seconds())
	if err := site.stop(); err != nil {
		return err
	}
	file := filepath.Join(dir, "20000.jsonl")
	if err := writeCorpus(file, 20_000); err != nil {
		return err
	}
	took, _, err = site.command("import", file)
	if err != nil {
		return err
	}
	fmt.Printf("import of 20 000 posts                           %8.2f s\n", took.Seconds())
	took, cpu, err := site.command("reindex")
	if err != nil {
		return err
	}
	fmt.Printf("reindex, 20 000 posts and the rest               %8.2f s %8.0f documents a CPU-second\n", took.Seconds(), 20_300/cpu.Seconds())
	took, err = site.start()
	if err != nil {
		return err
	}
	fmt.Printf("start with 20 000 posts                          %8.2f s\n", took.Seconds())
	defer site.stop()
	time.Sleep(2 * time.Second) // memory once the start has settled
	fmt.Printf("memory, idle                                     %8.0f MiB\n\n", site.memory())

	if err := measurePages(site); err != nil {
		return err
	}
	fmt.Printf("memory, after the load                           %8.0f MiB\n\n", site.memory())
	if err := measureWrites(site); err != nil {
		return err
	}
	return weigh(site)
}

// server is the program as a process of its own.
type server struct {
	program, dir, addr string
	process            *exec.Cmd
}

func newServer(program, dir string) *server {
	return &server{program: program, dir: filepath.Join(dir, "data"), addr: freeAddr()}
}

func (s *server) env() []string {
	return append(os.Environ(), "PASSERELLE_DATA="+s.dir, "PASSERELLE_ADDR="+s.addr, "PASSERELLE_URL=",
		"PASSERELLE_DEMO=1", "PASSERELLE_LIMITS=0", "DATABASE_URL=", "SMTP_URL=", "PASSERELLE_CONTENT=")
}

// start runs the program and tells how long it took to answer.
func (s *server) start() (time.Duration, error) {
	began := time.Now()
	s.process = exec.Command(s.program, "serve")
	s.process.Env = s.env()
	s.process.Stderr = os.Stderr
	if err := s.process.Start(); err != nil {
		return 0, err
	}
	err := waitFor(s.addr, "/readyz")
	return time.Since(began), err
}

func (s *server) stop() error {
	if s.process == nil {
		return nil
	}
	_ = s.process.Process.Signal(os.Interrupt)
	err := s.process.Wait()
	s.process = nil
	return err
}

// command runs one command of the program and tells its time and CPU.
func (s *server) command(words ...string) (took, cpu time.Duration, err error) {
	began := time.Now()
	cmd := exec.Command(s.program, words...)
	cmd.Env = s.env()
	out, err := cmd.CombinedOutput()
	if err != nil {
		return 0, 0, fmt.Errorf("%s: %w\n%s", strings.Join(words, " "), err, out)
	}
	return time.Since(began), cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), nil
}
