// Package serve shows a site while it is being written: it renders on request from the plan
// at hand, tells open pages of every change, and shows problems over the last good page.
//
// The central type is Server, an http.Handler around a Plan that can be exchanged at any
// moment. It reads nothing from the disk by path: what can be asked for is what the plan
// lists, so no request can leave the site. The package does not know where plans come from.
package serve

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"wenfang/internal/diag"
	"wenfang/internal/output"
)

// Options are what a Server needs besides a plan.
type Options struct {
	Addr   net.Addr    // where it listens: requests for another host or port are refused
	Host   string      // a host name that is allowed besides the local ones, or ""
	Words  *diag.Words // of the error page and of what the reload script shows
	Script []byte      // the reload script
}

// Server serves the plan given last.
type Server struct {
	options Options
	port    string
	plan    atomic.Pointer[output.Plan]
	hub     hub
}

// Addresses that no page can have.
const (
	eventsPath = "/-/events"
	scriptPath = "/-/reload.js"
	stylePath  = "/-/error.css"
)

// New returns a Server without a plan: until Swap every page is missing.
func New(options Options) *Server {
	s := &Server{options: options}
	if options.Addr != nil {
		_, s.port, _ = net.SplitHostPort(options.Addr.String())
	}
	s.hub.start(newBoot())
	return s
}

// Swap exchanges the plan and tells every open page, which then asks whether it changed.
// changed names outputs that keep their address when their bytes change, such as pictures:
// pages that show them load them again.
func (s *Server) Swap(plan *output.Plan, changed ...string) {
	s.plan.Store(plan)
	s.hub.swap(changed)
}

// SetProblems shows problems over the open pages; none takes them away.
func (s *Server) SetProblems(problems []Problem) { s.hub.setProblems(problems) }

// Serve answers requests on a listener until ctx ends; then it ends at once.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	stop := context.AfterFunc(ctx, func() {
		s.hub.stop()
		server.Close()
	})
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	if status := s.refuse(r); status != 0 {
		if status == http.StatusMethodNotAllowed {
			h.Set("Allow", "GET, HEAD")
		}
		http.Error(w, http.StatusText(status), status)
		return
	}
	switch r.URL.Path {
	case eventsPath:
		if r.Method == http.MethodGet {
			s.hub.stream(w, r)
		}
	case scriptPath:
		h.Set("Content-Type", contentTypes[".js"])
		_, _ = w.Write(s.options.Script)
	case stylePath:
		h.Set("Content-Type", contentTypes[".css"])
		_, _ = w.Write([]byte(errorStyle))
	default:
		s.page(w, r)
	}
}
