package serve

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"html"
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"wenfang/internal/diag"
	"wenfang/internal/output"
)

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
		s.stream(w, r, out, status)
		return
	}
	version := s.hub.version() // before the rendering: a page may be newer than it says, never older
	var page bytes.Buffer
	if err := out.Render(&page); err != nil {
		page.Reset()
		h.Set("Content-Security-Policy", errorPolicy)
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
	body := s.withScript(page.String(), etag, version, status)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method == http.MethodGet {
		_, _ = io.WriteString(&patient{w: w}, body)
	}
}

// stream sends a file that is no page. One that fails before its first byte is an error to the
// browser too; later the connection is cut, lest half a file be taken for a whole one.
func (s *Server) stream(w http.ResponseWriter, r *http.Request, out output.Output, status int) {
	if r.Method == http.MethodHead {
		w.WriteHeader(status)
		return
	}
	p := &patient{w: w}
	err := out.Render(p)
	switch {
	case err == nil:
	case p.began:
		panic(http.ErrAbortHandler)
	default:
		message, _ := s.options.Words.Message(s.plan.Load().RenderProblem(out, err))
		http.Error(w, message, http.StatusInternalServerError)
	}
}

// patient gives a reader time for each piece, not for the whole.
type patient struct {
	w     http.ResponseWriter
	began bool
}

const pieceTime = 30 * time.Second

func (p *patient) Write(data []byte) (int, error) {
	p.began = true
	// A writer without deadlines, in a test, has all the time there is.
	_ = http.NewResponseController(p.w).SetWriteDeadline(time.Now().Add(pieceTime))
	return p.w.Write(data)
}

// withScript adds the reload script to a page and lets it connect to this server. The script
// runs at once, not deferred: it has to see the page before other scripts change it.
func (s *Server) withScript(page, etag, version string, status int) string {
	if len(s.options.Script) == 0 {
		return page
	}
	page = connectable(page)
	var tag strings.Builder
	tag.WriteString(`<script src="` + scriptPath + `"`)
	for _, data := range [][2]string{
		{"etag", etag}, {"version", version}, {"status", strconv.Itoa(status)}, {"events", eventsPath},
		{"problems", s.options.Words.Text("reload.problems")}, {"close", s.options.Words.Text("reload.close")}, {"lost", s.options.Words.Text("reload.lost")},
	} {
		tag.WriteString(` data-` + data[0] + `="` + html.EscapeString(data[1]) + `"`)
	}
	tag.WriteString(`></script>`)
	if i := strings.LastIndex(page, "</body>"); i >= 0 {
		return page[:i] + tag.String() + page[i:]
	}
	return page + tag.String()
}

// connectable changes the page's policy, which stands in its head, and nothing else that
// looks like it.
func connectable(page string) string {
	start := strings.Index(page, `<meta http-equiv="Content-Security-Policy"`)
	if start < 0 {
		return page
	}
	end := start + strings.IndexByte(page[start:], '>') + 1
	if body := strings.Index(page, "<body"); end <= start || body >= 0 && body < start {
		return page
	}
	return page[:start] + strings.Replace(page[start:end], "connect-src 'none'", "connect-src 'self'", 1) + page[end:]
}

// errorStyle is a file of its own: an open page reads an error page under its own policy, which
// allows no style in it.
const errorStyle = `html{color-scheme:light dark;font:17px/1.9 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}main{max-width:40em;margin:0 auto;padding:4rem 1rem}p{white-space:pre-wrap;overflow-wrap:anywhere}`

const errorPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"

// errorPage stands in for a page that cannot be rendered.
func (s *Server) errorPage(d diag.Diagnostic) string {
	message, hint := s.options.Words.Message(d)
	title := html.EscapeString(s.options.Words.Text("error.title"))
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html lang="` + s.options.Words.Lang + `"><head><meta charset="utf-8">` +
		`<title>` + title + `</title><link rel="stylesheet" href="` + stylePath + `"></head><body><main><h1>` + title + `</h1>`)
	place := d.Path
	if d.Line > 0 {
		place += ":" + strconv.Itoa(d.Line)
	}
	for _, line := range []string{place, message, hint} {
		if line != "" {
			b.WriteString("<p>" + html.EscapeString(line) + "</p>")
		}
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
