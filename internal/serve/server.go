// Package serve shows a site while it is being written: it renders on request from the plan
// at hand, tells open pages of every change, and shows problems over the last good page.
//
// The central type is Server, an http.Handler around a Plan that can be exchanged at any
// moment. It reads nothing from the disk by path: what can be asked for is what the plan
// lists, so no request can leave the site. The package does not know where plans come from.
package serve

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"html"
	"io"
	"net"
	"net/http"
	"path"
	"strings"
	"sync/atomic"
	"time"

	"wenfang/internal/diag"
	"wenfang/internal/output"
)

// Options are what a Server needs besides a plan.
type Options struct {
	Addr   net.Addr    // where it listens: requests for another host or port are refused
	Host   string      // a host name that is allowed besides the local ones, or ""
	Words  *diag.Words // of the error page
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
)

// New returns a Server without a plan: until Swap every page is missing.
func New(options Options) *Server {
	s := &Server{options: options}
	if options.Addr != nil {
		_, s.port, _ = net.SplitHostPort(options.Addr.String())
	}
	s.hub.start()
	return s
}

// Swap exchanges the plan and tells every open page, which then asks whether it changed.
func (s *Server) Swap(plan *output.Plan) {
	s.plan.Store(plan)
	s.hub.change(nil)
}

// SetProblems shows problems over the open pages; none takes them away.
func (s *Server) SetProblems(problems []Problem) { s.hub.change(&problems) }

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
		s.hub.stream(w, r)
	case scriptPath:
		h.Set("Content-Type", contentTypes[".js"])
		w.Write(s.options.Script)
	default:
		s.page(w, r)
	}
}

// refuse returns the status of a request that is not answered: for another host (a name that
// some page made to point here), from another origin, with another method, or for a target
// that no address of a site looks like.
func (s *Server) refuse(r *http.Request) int {
	if !s.ours(r.Host) {
		return http.StatusForbidden
	}
	if origin := r.Header.Get("Origin"); origin != "" {
		if host, ok := strings.CutPrefix(origin, "http://"); !ok || !s.ours(host) {
			return http.StatusForbidden
		}
	}
	if site := r.Header.Get("Sec-Fetch-Site"); site == "cross-site" && r.Header.Get("Sec-Fetch-Mode") != "navigate" {
		return http.StatusForbidden
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return http.StatusMethodNotAllowed
	}
	target := strings.ToLower(r.RequestURI)
	if strings.HasPrefix(target, "//") || strings.ContainsAny(r.URL.Path, "\\\x00") || strings.Contains(target, "%2f") || strings.Contains(target, "%5c") {
		return http.StatusNotFound
	}
	return 0
}

// ours reports whether a host with its port is this server.
func (s *Server) ours(hostPort string) bool {
	host, port, err := net.SplitHostPort(hostPort)
	if err != nil {
		host, port = hostPort, "80"
	}
	if s.port != "" && port != s.port {
		return false
	}
	switch strings.ToLower(strings.Trim(host, "[]")) {
	case "localhost", "127.0.0.1", "::1":
		return true
	case "":
		return false
	case strings.ToLower(s.options.Host):
		return true
	}
	return false
}

// page answers for a path of the site.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	plan := s.plan.Load()
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if plan == nil {
		http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
		return
	}
	out, ok := plan.Lookup(name)
	status := http.StatusOK
	if !ok {
		if _, folder := plan.Lookup(name + "/index.html"); folder && path.Ext(name) == "" {
			http.Redirect(w, r, "/"+escapePath(name)+"/", http.StatusFound)
			return
		}
		status = http.StatusNotFound
		if out, ok = plan.Lookup("404.html"); !ok {
			http.NotFound(w, r)
			return
		}
	}
	s.write(w, r, out, status)
}

func escapePath(p string) string {
	return strings.NewReplacer("%", "%25", "?", "%3F", "#", "%23").Replace(p)
}

// write renders an output into the answer. Pages pass through memory, for the script that
// is added to them; other files are streamed.
func (s *Server) write(w http.ResponseWriter, r *http.Request, out output.Output, status int) {
	h := w.Header()
	kind := contentTypes[strings.ToLower(path.Ext(out.Path))]
	if kind == "" {
		kind = "application/octet-stream"
	}
	h.Set("Content-Type", kind)
	if path.Ext(out.Path) != ".html" {
		w.WriteHeader(status)
		if r.Method == http.MethodGet {
			_ = out.Render(w) // the reader is gone, or sees a short file: the terminal has the reason
		}
		return
	}
	var page bytes.Buffer
	if err := out.Render(&page); err != nil {
		page.Reset()
		page.WriteString(s.errorPage(s.plan.Load().RenderProblem(out, err)))
		status = http.StatusInternalServerError
	}
	sum := sha256.Sum256(page.Bytes())
	etag := `"` + hex.EncodeToString(sum[:12]) + `"`
	h.Set("ETag", etag)
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.WriteHeader(status)
	if r.Method == http.MethodGet {
		_, _ = io.WriteString(w, s.withScript(page.String(), etag))
	}
}

// withScript adds the reload script to a page and lets it connect to this server.
func (s *Server) withScript(page, etag string) string {
	if len(s.options.Script) == 0 {
		return page
	}
	page = strings.Replace(page, "connect-src 'none'", "connect-src 'self'", 1)
	tag := `<script src="` + scriptPath + `" data-etag="` + html.EscapeString(etag) + `" defer></script>`
	if i := strings.LastIndex(page, "</body>"); i >= 0 {
		return page[:i] + tag + page[i:]
	}
	return page + tag
}

// errorPage stands in for a page that cannot be rendered.
func (s *Server) errorPage(d diag.Diagnostic) string {
	message, hint := s.options.Words.Message(d)
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html lang="` + s.options.Words.Lang + `"><head><meta charset="utf-8">` +
		`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; connect-src 'none'">` +
		`<title>` + html.EscapeString(s.options.Words.Text("error.title")) + `</title></head><body><main><h1>` +
		html.EscapeString(s.options.Words.Text("error.title")) + `</h1>`)
	for _, line := range []string{d.Path, message, hint} {
		b.WriteString("<p>" + html.EscapeString(line) + "</p>")
	}
	b.WriteString("</main></body></html>")
	return b.String()
}

// contentTypes is fixed: the table of the system may be anything.
var contentTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
	".md": "text/markdown; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".csv": "text/csv; charset=utf-8",
	".xml": "application/xml; charset=utf-8", ".json": "application/json; charset=utf-8", ".svg": "image/svg+xml",
	".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
	".avif": "image/avif", ".ico": "image/x-icon", ".woff2": "font/woff2", ".pdf": "application/pdf", ".zip": "application/zip",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".wps":  "application/vnd.ms-works", ".et": "application/vnd.ms-excel", ".dps": "application/vnd.ms-powerpoint",
}
