package serve

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wenfang/internal/diag"
	"wenfang/internal/output"
	"wenfang/internal/project"
	"wenfang/internal/render"

	"testing/fstest"
)

// layouts are enough to see what is served.
var layouts = fstest.MapFS{
	"base.html":         {Data: []byte(`{{define "base"}}<html><head>{{.Policy}}</head><body>{{.Title}}|{{.Content}}</body></html>{{end}}`)},
	"guide.html":        {Data: []byte(`{{define "main"}}x{{end}}`)},
	"404.html":          {Data: []byte(`{{define "main"}}x{{end}}`)},
	"home.html":         {Data: []byte(`{{define "main"}}x{{end}}`)},
	"section.html":      {Data: []byte(`{{define "main"}}x{{end}}`)},
	"partials/nav.html": {Data: []byte(`x`)},
}

// plan loads a folder.
func plan(t *testing.T, dir string) *output.Plan {
	t.Helper()
	p := project.New(project.Options{Dir: dir, Layouts: layouts, Assets: fstest.MapFS{}})
	snapshot, err := p.Load(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return output.NewPlan(snapshot, render.NewHighlighter(output.NewMemoryCache()), nil)
}

func site(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// running serves a small site on a port of its own.
func running(t *testing.T) (*Server, string) {
	t.Helper()
	dir := site(t, map[string]string{
		"content/index.md": "# 手册\n", "content/guide/甲.md": "# 甲\n\n正文。\n", "content/图.png": "png", "wenfang.yaml": "title: 手册\n", ".env": "secret",
	})
	listener, err := Listen("127.0.0.1:0", false)
	if err != nil {
		t.Fatal(err)
	}
	s := New(Options{Addr: listener.Addr(), Words: diag.WordsFor("zh-CN"), Script: []byte("start()")})
	s.Swap(plan(t, dir))
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, listener) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-done:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(10 * time.Second):
			t.Error("the server does not end")
		}
	})
	return s, listener.Addr().String()
}

// raw sends a request as it stands and returns the status.
func raw(t *testing.T, addr, request string) int {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	r, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if r.Header.Get("Access-Control-Allow-Origin") != "" {
		t.Error("other origins are let in")
	}
	return r.StatusCode
}

func TestRequests(t *testing.T) {
	_, addr := running(t)
	_, port, _ := net.SplitHostPort(addr)
	get := func(target, host, more string) string {
		return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + more + "Connection: close\r\n\r\n"
	}
	tests := []struct {
		name, request string
		status        int
	}{
		{"home", get("/", addr, ""), 200},
		{"home by name", get("/", "localhost:"+port, ""), 200},
		{"home by IPv6", get("/", "[::1]:"+port, ""), 200},
		{"a page in hanzi", get("/guide/%E7%94%B2.html", addr, ""), 200},
		{"its Markdown", get("/guide/%E7%94%B2.md", addr, ""), 200},
		{"a folder", get("/guide/", addr, ""), 200},
		{"a folder without its slash", get("/guide", addr, ""), 302},
		{"a file", get("/%E5%9B%BE.png", addr, ""), 200},
		{"nothing", get("/no.html", addr, ""), 404},
		{"another host", get("/", "evil.example", ""), 403},
		{"another host, our port", get("/", "evil.example:"+port, ""), 403},
		{"another port", get("/", "127.0.0.1:1", ""), 403},
		{"no host", "GET / HTTP/1.0\r\n\r\n", 403},
		{"two hosts", get("/", addr, "Host: evil.example\r\n"), 400},
		{"own origin", get("/", addr, "Origin: http://"+addr+"\r\n"), 200},
		{"another origin", get("/", addr, "Origin: http://evil.example\r\n"), 403},
		{"no origin", get("/", addr, "Origin: null\r\n"), 403},
		{"POST", strings.Replace(get("/", addr, "Content-Length: 0\r\n"), "GET", "POST", 1), 405},
		{"DELETE", strings.Replace(get("/", addr, ""), "GET", "DELETE", 1), 405},
		{"TRACE", strings.Replace(get("/", addr, ""), "GET", "TRACE", 1), 405},
		{"up", get("/../wenfang.yaml", addr, ""), 404},
		{"up, encoded", get("/%2e%2e/wenfang.yaml", addr, ""), 404},
		{"up, backslash", get("/..%5cwenfang.yaml", addr, ""), 404},
		{"backslash", get("/%5c..", addr, ""), 404},
		{"slashes", get("//etc/passwd", addr, ""), 404},
		{"zero", get("/%00", addr, ""), 404},
		{"encoded slashes", get("/a%2f..%2f.env", addr, ""), 404},
		{"slashes inside", get("/guide//%E7%94%B2.html", addr, ""), 404},
		{"bad UTF-8", get("/%ff.html", addr, ""), 404},
		{"a control character", get("/a%0d%0aSet-Cookie:x", addr, ""), 404},
		{"a whole URL of ours", get("http://"+addr+"/", addr, ""), 200},
		{"a whole URL of another", get("http://evil.example/", addr, ""), 403},
		{"a link followed from elsewhere", get("/", addr, "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"), 200},
		{"our script on another site", get("/search/index.js", addr, "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n"), 403},
		{"our script on another port", get("/search/index.js", addr, "Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: no-cors\r\n"), 403},
		{"a large header", get("/", addr, "X: "+strings.Repeat("x", 1<<20)+"\r\n"), 431},
		{"hidden file", get("/.env", addr, ""), 404},
		{"configuration", get("/wenfang.yaml", addr, ""), 404},
		{"source", get("/content/index.md", addr, ""), 404},
	}
	for _, tt := range tests {
		if got := raw(t, addr, tt.request); got != tt.status {
			t.Errorf("%s: status %d, want %d", tt.name, got, tt.status)
		}
	}
}

func TestPage(t *testing.T) {
	s, addr := running(t)
	r, err := http.Get("http://" + addr + "/guide/%E7%94%B2.html")
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(r.Body)
	r.Body.Close()
	text := string(body)
	if !strings.Contains(text, "正文。") || !strings.Contains(text, "connect-src 'self'") || !strings.Contains(text, scriptPath) {
		t.Errorf("body = %s", text)
	}
	for name, want := range map[string]string{"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"} {
		if got := r.Header.Get(name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	again := httptest.NewRequest(http.MethodGet, "http://"+addr+"/guide/%E7%94%B2.html", nil)
	again.Header.Set("If-None-Match", r.Header.Get("ETag"))
	w := httptest.NewRecorder()
	s.ServeHTTP(w, again)
	if w.Code != http.StatusNotModified {
		t.Errorf("the same page again: status %d", w.Code)
	}
}

// TestEvents: every reader hears of a change and of problems; one that does not read holds
// nobody up.
func TestEvents(t *testing.T) {
	s, addr := running(t)
	lazy, err := http.Get("http://" + addr + eventsPath)
	if err != nil {
		t.Fatal(err)
	}
	defer lazy.Body.Close()
	var readers []*bufio.Reader
	for range 100 { // a dozen browsers with many tabs, and more
		r, err := http.Get("http://" + addr + eventsPath)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		reader := bufio.NewReader(r.Body)
		next(t, reader)
		readers = append(readers, reader)
	}
	before := s.hub.version()
	for i := range 500 {
		s.hub.swap([]string{fmt.Sprintf("%d.png", i%3)})
	}
	s.SetProblems([]Problem{{Path: "a.md", Line: 3, Message: "<img onerror=1>"}})
	for _, reader := range readers {
		changed := map[string]bool{}
		for {
			got := next(t, reader)
			for _, path := range got.Changed {
				changed[path] = true
			}
			if len(got.Problems) == 1 && got.Version == s.hub.version() {
				break
			}
		}
		if len(changed) != 3 {
			t.Errorf("changed = %v", changed)
		}
	}
	// One that comes back is told what it missed; one that never was here, nothing.
	for since, want := range map[string]int{before: 3, s.hub.version(): 0, "": 0, "other-1": 0, s.hub.boot + "-x": 0} {
		request, err := http.NewRequest(http.MethodGet, "http://"+addr+eventsPath, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Last-Event-ID", since)
		r, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		if got := next(t, bufio.NewReader(r.Body)); len(got.Changed) != want {
			t.Errorf("since %q: changed = %v", since, got.Changed)
		}
		r.Body.Close()
	}
}

// next reads one state.
func next(t *testing.T, r *bufio.Reader) state {
	t.Helper()
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		if data, ok := strings.CutPrefix(line, "data: "); ok {
			var s state
			if err := json.Unmarshal([]byte(data), &s); err != nil {
				t.Fatal(err)
			}
			return s
		}
	}
}

func TestListenTriesTheNextPort(t *testing.T) {
	first, err := Listen("127.0.0.1:0", false)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	if second, err := Listen(first.Addr().String(), false); err == nil {
		second.Close()
		t.Error("one port was opened twice")
	}
	second, err := Listen(first.Addr().String(), true)
	if err != nil {
		t.Fatal(err)
	}
	second.Close()
}

// TestBrokenPage: a page that cannot be rendered says so, and the others go on.
func TestBrokenPage(t *testing.T) {
	dir := site(t, map[string]string{
		"content/index.md": "# 手册\n", "content/a.md": "# 甲\n",
		"layouts/guide.html": `{{define "base"}}{{index .Title 99999}}{{end}}`,
	})
	s := New(Options{Words: diag.WordsFor("zh-CN"), Script: []byte("x")})
	s.Swap(plan(t, dir))
	for path, want := range map[string]int{"/a.html": 500, "/": 200} {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://localhost"+path, nil))
		if w.Code != want {
			t.Errorf("%s: status %d, want %d", path, w.Code, want)
		}
		if want == 500 && !strings.Contains(w.Body.String(), "layouts/guide.html") {
			t.Errorf("%s: %s", path, w.Body)
		}
	}
}

// TestFailingFile: a file that has gone from the disk is an error, not an empty file.
func TestFailingFile(t *testing.T) {
	dir := site(t, map[string]string{"content/index.md": "# 手册\n", "content/图.png": "png"})
	listener, err := Listen("127.0.0.1:0", false)
	if err != nil {
		t.Fatal(err)
	}
	s := New(Options{Addr: listener.Addr(), Words: diag.WordsFor("zh-CN")})
	s.Swap(plan(t, dir))
	if err := os.Remove(filepath.Join(dir, "content", "图.png")); err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://"+listener.Addr().String()+"/%E5%9B%BE.png", nil))
	if w.Code != http.StatusInternalServerError {
		t.Errorf("status %d: %q", w.Code, w.Body)
	}
	listener.Close()
}

// TestPolicy: only the policy in the head is changed, and only where there is one.
func TestPolicy(t *testing.T) {
	const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; connect-src 'none'">`
	for page, want := range map[string]string{
		"<head>" + policy + "</head><body>connect-src 'none'":      "<head>" + strings.Replace(policy, "connect-src 'none'", "connect-src 'self'", 1) + "</head><body>connect-src 'none'",
		"<head></head><body>connect-src 'none'" + policy:           "<head></head><body>connect-src 'none'" + policy,
		"<head></head><body>connect-src 'none'":                    "<head></head><body>connect-src 'none'",
		`<head><meta http-equiv="Content-Security-Policy" content`: `<head><meta http-equiv="Content-Security-Policy" content`,
	} {
		if got := connectable(page); got != want {
			t.Errorf("connectable(%q) = %q", page, got)
		}
	}
}

// TestEnd: open streams and slow readers hold up no end.
func TestEnd(t *testing.T) {
	listener, err := Listen("127.0.0.1:0", false)
	if err != nil {
		t.Fatal(err)
	}
	s := New(Options{Addr: listener.Addr(), Words: diag.WordsFor("zh-CN")})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, listener) }()
	for range 20 {
		r, err := http.Get("http://" + listener.Addr().String() + eventsPath)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
	}
	cancel()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Error("it does not end")
	}
}

// TestOtherAddress: a server that listens at every address is reached by the number at which
// a request comes in, and by no name but its own.
func TestOtherAddress(t *testing.T) {
	listener, err := Listen("0.0.0.0:0", false)
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	s := New(Options{Addr: listener.Addr(), Host: "0.0.0.0", Words: diag.WordsFor("zh-CN")})
	s.Swap(plan(t, site(t, map[string]string{"content/index.md": "# 手册\n"})))
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, listener) }()
	for host, want := range map[string]int{"127.0.0.2": 200, "127.0.0.3": 403, "127.0.0.1": 200, "evil.example": 403} {
		request := "GET / HTTP/1.1\r\nHost: " + host + ":" + port + "\r\nConnection: close\r\n\r\n"
		if got := raw(t, "127.0.0.2:"+port, request); got != want {
			t.Errorf("%s: status %d, want %d", host, got, want)
		}
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
