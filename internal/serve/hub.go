package serve

import (
	"encoding/json"
	"fmt"
	"net/http"
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

// state is what an open page needs to know: which version of the site is served, and what
// is wrong with it.
type state struct {
	Version  int       `json:"version"`
	Problems []Problem `json:"problems"`
}

// hub tells open pages of changes. A reader that does not keep up misses states, never the
// newest one: each holds only a note that there is something new.
type hub struct {
	mu      sync.Mutex
	now     state
	readers map[chan struct{}]bool
	done    chan struct{}
	ended   bool
}

// heartbeat keeps a quiet connection from being taken for dead.
const heartbeat = 20 * time.Second

func (h *hub) start() {
	h.readers = map[chan struct{}]bool{}
	h.done = make(chan struct{})
	h.now.Problems = []Problem{}
}

// change raises the version, or with problems exchanges these.
func (h *hub) change(problems *[]Problem) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if problems == nil {
		h.now.Version++
	} else {
		h.now.Problems = append([]Problem{}, *problems...)
	}
	for reader := range h.readers {
		select {
		case reader <- struct{}{}:
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

// stream sends states as server-sent events until the reader or the server goes.
func (h *hub) stream(w http.ResponseWriter, r *http.Request) {
	control := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	news := make(chan struct{}, 1)
	news <- struct{}{} // the state at hand
	h.mu.Lock()
	h.readers[news] = true
	h.mu.Unlock()
	defer func() {
		h.mu.Lock()
		delete(h.readers, news)
		h.mu.Unlock()
	}()
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		text := ":\n\n"
		select {
		case <-h.done:
			return
		case <-r.Context().Done():
			return
		case <-beat.C:
		case <-news:
			h.mu.Lock()
			data, err := json.Marshal(h.now)
			h.mu.Unlock()
			if err != nil {
				panic(err) // a state is text and numbers
			}
			text = fmt.Sprintf("data: %s\n\n", data)
		}
		// A reader that takes nothing for long is given up; it comes back by itself.
		_ = control.SetWriteDeadline(time.Now().Add(10 * time.Second))
		_ = control.SetReadDeadline(time.Time{})
		if _, err := w.Write([]byte(text)); err != nil || control.Flush() != nil {
			return
		}
	}
}
