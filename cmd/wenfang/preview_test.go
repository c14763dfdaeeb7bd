package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

const patience = 20 * time.Second

type previewKey struct{}

// running is the wenfang serve of one script.
type running struct {
	cmd    *exec.Cmd
	url    string
	out    bytes.Buffer // complete when gathered is closed
	errs   noted
	gather chan struct{}
}

// noted is what the preview has written to its standard error so far.
type noted struct {
	mu   sync.Mutex
	text strings.Builder
}

func (n *noted) Write(data []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text.Write(data)
}

func (n *noted) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text.String()
}

var address = regexp.MustCompile(`http://[^\s]+`)

func startPreview(ts *testscript.TestScript, neg bool, args []string) {
	p := ts.Value(previewKey{}).(*running)
	if neg || p.cmd != nil {
		ts.Fatalf("usage: preview [ARG…], once")
	}
	p.cmd = exec.Command("wenfang", append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)
	p.cmd.Dir = ts.MkAbs(".")
	p.cmd.Env = append(os.Environ(), "LC_ALL=", "LC_MESSAGES=", "LANG="+ts.Getenv("LANG"))
	p.cmd.Stderr = &p.errs
	stdout, err := p.cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(p.cmd.Start())
	ts.Defer(func() { _ = p.cmd.Process.Kill() })
	first := make(chan string, 1)
	p.gather = make(chan struct{})
	go func() {
		defer close(p.gather)
		lines := bufio.NewReader(io.TeeReader(stdout, &p.out))
		line, _ := lines.ReadString('\n')
		first <- address.FindString(line)
		_, _ = io.Copy(io.Discard, lines)
	}()
	select {
	case p.url = <-first:
	case <-time.After(patience):
	}
	if p.url == "" {
		_ = p.cmd.Process.Kill()
		_ = p.cmd.Wait()
		ts.Fatalf("the preview names no address\n%s", p.errs.String())
	}
}

// ask returns the answer of the preview for a path.
func (p *running) ask(path string) (status int, body []byte, err error) {
	client := http.Client{Timeout: patience}
	r, err := client.Get(p.url[:len("http://")+len(hostOf(p.url))] + path)
	if err != nil {
		return 0, nil, err
	}
	defer r.Body.Close()
	body, err = io.ReadAll(r.Body)
	return r.StatusCode, body, err
}

func hostOf(url string) string {
	return regexp.MustCompile(`^http://([^/]+)`).FindStringSubmatch(url)[1]
}

func get(ts *testscript.TestScript, neg bool, args []string) {
	want := http.StatusOK
	if neg || len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: get PATH [STATUS]")
	}
	if len(args) == 2 {
		n, err := strconv.Atoi(args[1])
		ts.Check(err)
		want = n
	}
	status, body, err := ts.Value(previewKey{}).(*running).ask(args[0])
	ts.Check(err)
	_, _ = ts.Stdout().Write(body)
	if status != want {
		ts.Fatalf("%s: status %d, want %d", args[0], status, want)
	}
}

func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: await PATH PATTERN")
	}
	p := ts.Value(previewKey{}).(*running)
	until(ts, args[0], args[1], func() string {
		_, body, err := p.ask(args[0])
		if err != nil {
			return err.Error()
		}
		return string(body)
	})
}

func awaitNote(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: noted PATTERN")
	}
	until(ts, "what is noted", args[0], ts.Value(previewKey{}).(*running).errs.String)
}

// until looks again until what is seen matches a pattern.
func until(ts *testscript.TestScript, what, pattern string, see func() string) {
	want, err := regexp.Compile(pattern)
	ts.Check(err)
	for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		seen := see()
		if want.MatchString(seen) {
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("%s does not come to match %s:\n%s", what, pattern, seen)
		}
	}
}

func stopPreview(ts *testscript.TestScript, neg bool, args []string) {
	p := ts.Value(previewKey{}).(*running)
	if neg || len(args) > 0 || p.cmd == nil {
		ts.Fatalf("usage: halt, after preview")
	}
	ts.Check(p.cmd.Process.Signal(os.Interrupt))
	ended := make(chan error, 1)
	go func() {
		<-p.gather
		ended <- p.cmd.Wait()
	}()
	select {
	case err := <-ended:
		fmt.Fprint(ts.Stdout(), p.out.String())
		fmt.Fprint(ts.Stderr(), p.errs.String())
		ts.Check(err)
	case <-time.After(patience):
		ts.Fatalf("the preview does not end")
	}
}
