package local

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
)

const (
	// prefixWidth fits the longest name of the stack's own parts.
	prefixWidth = 9
	// longestLine is where a line without an end is cut, so that memory stays bounded.
	longestLine = 64 << 10
	// rotateAt is the size at which a part's log file gives way to a new one; one old one stays.
	rotateAt = 16 << 20
	// tailLines is how many last lines are told when a part doesn't come up.
	tailLines = 12
)

// sink writes whole lines of all parts to one writer.
type sink struct {
	mu  sync.Mutex
	out io.Writer
}

func (s *sink) line(name string, text []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, _ = fmt.Fprintf(s.out, "%-*s | %s\n", prefixWidth, name, text)
}

// partLog takes one part's output: to the shared sink, to the part's file, and the last lines to
// memory.
type partLog struct {
	name string
	sink *sink
	path string

	mu   sync.Mutex
	file *os.File
	size int64
	tail []string
}

func newPartLog(name string, s *sink, dir string) *partLog {
	p := &partLog{name: name, sink: s}
	if dir != "" {
		p.path = filepath.Join(dir, name+".log")
	}
	return p
}

// drain copies lines until the last writer has closed its end. It must never stop reading before
// that, or the part would block on a full pipe.
func (p *partLog) drain(r io.ReadCloser) {
	defer func() { _ = r.Close() }()
	lines := bufio.NewReaderSize(r, longestLine)
	for {
		text, err := lines.ReadSlice('\n')
		if len(text) > 0 {
			if text[len(text)-1] == '\n' {
				text = text[:len(text)-1]
			}
			p.write(text)
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return
		}
	}
}

func (p *partLog) write(text []byte) {
	p.sink.line(p.name, text)
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.tail) == tailLines {
		p.tail = p.tail[1:]
	}
	p.tail = append(p.tail, string(text))
	if p.path == "" {
		return
	}
	if p.file == nil || p.size > rotateAt {
		if err := p.open(); err != nil {
			p.path = ""
			return
		}
	}
	n, _ := fmt.Fprintf(p.file, "%s\n", text)
	p.size += int64(n)
}

func (p *partLog) open() error {
	if p.file != nil {
		_ = p.file.Close()
		p.file = nil
	}
	if info, err := os.Stat(p.path); err == nil && info.Size() > rotateAt {
		_ = os.Rename(p.path, p.path+".1")
	}
	f, err := os.OpenFile(p.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("open the log of %s: %w", p.name, err)
	}
	info, err := f.Stat()
	if err != nil {
		_ = f.Close()
		return fmt.Errorf("open the log of %s: %w", p.name, err)
	}
	p.file, p.size = f, info.Size()
	return nil
}

func (p *partLog) lastLines() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.tail...)
}

func (p *partLog) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.file != nil {
		_ = p.file.Close()
		p.file = nil
	}
}
