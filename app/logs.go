package main

import (
	"bufio"
	"io"
	"sync"
	"time"
)

// logWriter gathers log lines and writes them each second, so that a request
// does not wait for its own.
type logWriter struct {
	mu   sync.Mutex
	buf  *bufio.Writer
	stop chan struct{}
	done sync.WaitGroup
}

func newLogWriter(out io.Writer) *logWriter {
	w := &logWriter{buf: bufio.NewWriterSize(out, 64<<10), stop: make(chan struct{})}
	w.done.Go(w.flushEachSecond)
	return w
}

func (w *logWriter) Write(line []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buf.Write(line)
}

func (w *logWriter) flushEachSecond() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			w.flush()
		case <-w.stop:
			w.flush()
			return
		}
	}
}

func (w *logWriter) flush() {
	w.mu.Lock()
	defer w.mu.Unlock()
	_ = w.buf.Flush() // nowhere is left to complain to
}

// Close writes what is left.
func (w *logWriter) Close() {
	close(w.stop)
	w.done.Wait()
}
