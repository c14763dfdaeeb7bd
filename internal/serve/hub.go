package serve

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Problem is a problem as the overlay shows it. Everything in it is text.
type Problem struct {
	Path     string `json:"path"`
	Line     int    `json:"line"`
	Col      int    `json:"col"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	Hint     string `json:"hint"`
	Excerpt  string `json:"excerpt"`
}

// state is what an open page needs to know: which version of the site is served, which files
// other than pages changed since the state that it was told before, and what is wrong. Pages
// find out by themselves whether they changed, so no change costs more in a larger site.
type state struct {
	Version  string    `json:"version"`
	Changed  []string  `json:"changed"`
	Problems []Problem `json:"problems"`
}

// hub tells open pages of changes. A reader that does not keep up misses states, never the
// newest one: what is kept for each is a note that there is something new.
type hub struct {
	mu       sync.Mutex
	boot     string // tells one run of the server from the next
	number   int
	changed  map[string]int // the version in which a file that is no page changed last
	problems []Problem
	readers  map[*reader]bool
	done     chan struct{}
	ended    bool
}

// reader is one connection.
type reader struct {
	news chan struct{}
	seen int // the version that it knows
}

const (
	// heartbeat keeps a quiet connection from being taken for dead.
	heartbeat = 20 * time.Second
	// A reader that takes nothing for so long is given up; it comes back by itself.
	readerTime = 10 * time.Second
	// retry is how soon a browser comes back, in milliseconds.
	retry = 500
)

// newBoot returns a word that no other run has.
func newBoot() string { return strconv.FormatInt(time.Now().UnixNano(), 36) }

func (h *hub) start(boot string) {
	h.boot = boot
	h.changed = map[string]int{}
	h.readers = map[*reader]bool{}
	h.done = make(chan struct{})
	h.problems = []Problem{}
}

func (h *hub) version() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.versionLocked()
}

func (h *hub) versionLocked() string { return h.boot + "-" + strconv.Itoa(h.number) }

// swap raises the version.
func (h *hub) swap(changed []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.number++
	for _, path := range changed {
		h.changed[path] = h.number
	}
	h.wake()
}

func (h *hub) setProblems(problems []Problem) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.problems = append([]Problem{}, problems...)
	h.wake()
}

func (h *hub) wake() {
	for r := range h.readers {
		select {
		case r.news <- struct{}{}:
		default: // it knows already
		}
	}
}

func (h *hub) stop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.ended {
		h.ended = true
		close(h.done)
	}
}

// join adds a reader that knows the version since, or none.
func (h *hub) join(since string) *reader {
	h.mu.Lock()
	defer h.mu.Unlock()
	r := &reader{news: make(chan struct{}, 1), seen: h.number}
	if number, ok := strings.CutPrefix(since, h.boot+"-"); ok {
		if n, err := strconv.Atoi(number); err == nil {
			r.seen = n
		}
	}
	r.news <- struct{}{} // the state at hand
	h.readers[r] = true
	return r
}

func (h *hub) leave(r *reader) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.readers, r)
}

// next returns the state that a reader is told now.
func (h *hub) next(r *reader) state {
	h.mu.Lock()
	defer h.mu.Unlock()
	s := state{Version: h.versionLocked(), Changed: []string{}, Problems: h.problems}
	for path, number := range h.changed {
		if number > r.seen {
			s.Changed = append(s.Changed, path)
		}
	}
	slices.Sort(s.Changed)
	r.seen = h.number
	return s
}

// stream sends states as server-sent events until the reader or the server goes.
func (h *hub) stream(w http.ResponseWriter, r *http.Request) {
	control := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	since := r.Header.Get("Last-Event-ID")
	if since == "" {
		since = r.URL.Query().Get("since")
	}
	one := h.join(since)
	defer h.leave(one)
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	_ = control.SetReadDeadline(time.Time{}) // it asked; it says nothing more
	text := fmt.Sprintf("retry: %d\n\n", retry)
	for {
		_ = control.SetWriteDeadline(time.Now().Add(readerTime))
		if _, err := w.Write([]byte(text)); err != nil || control.Flush() != nil {
			return
		}
		text = ":\n\n"
		select {
		case <-h.done:
			return
		case <-r.Context().Done():
			return
		case <-beat.C:
		case <-one.news:
			now := h.next(one)
			data, err := json.Marshal(now)
			if err != nil {
				panic(err) // a state is text and numbers
			}
			text = fmt.Sprintf("id: %s\ndata: %s\n\n", now.Version, data)
		}
	}
}
