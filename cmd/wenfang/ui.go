package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"wenfang/internal/cjk"
	"wenfang/internal/diag"
)

// The rules of how the program speaks:
//
//   - What a verb was asked for goes to standard output: a result, an address, one line that
//     says what was done. Everything about it (problems, failures, progress) goes to
//     standard error.
//   - Colours and progress are for terminals only, and not when NO_COLOR is set. On a pipe
//     every line stands for itself.
//   - Every word comes from the catalogue. Text of others (files, arguments, the system) is
//     escaped before it is shown.
//   - A failure is one line "wenfang: …" and at most one line of advice.

// ui is the program's mouth.
type ui struct {
	out      *sticky
	err      *sticky
	words    *diag.Words
	outStyle diag.Style
	errStyle diag.Style
	live     bool // standard error is a terminal
}

func newUI(out, err *os.File, lang string) *ui {
	return &ui{
		out:      &sticky{w: out},
		err:      &sticky{w: err},
		words:    diag.WordsFor(lang),
		outStyle: styleOf(out),
		errStyle: styleOf(err),
		live:     term.IsTerminal(int(err.Fd())),
	}
}

// styleOf returns the style for a stream: colours and its own width on a terminal.
func styleOf(f *os.File) diag.Style {
	if !term.IsTerminal(int(f.Fd())) {
		return diag.Style{}
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil || width <= 0 {
		width = 0
	}
	color := os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && enableColor(f)
	return diag.Style{Color: color, Columns: width}
}

// sticky remembers the first failure to write, so that a full disk behind a pipe is not
// taken for success.
type sticky struct {
	w       io.Writer
	failure error
}

func (s *sticky) Write(p []byte) (int, error) {
	if s.failure != nil {
		return 0, s.failure
	}
	n, err := s.w.Write(p)
	s.failure = err
	return n, err
}

// text returns words of the catalogue; texts among the arguments are escaped.
func (u *ui) text(key string, args ...any) string {
	for i := 1; i < len(args); i += 2 {
		switch v := args[i].(type) {
		case string:
			args[i] = diag.Escape(v)
		case error:
			args[i] = diag.Escape(v.Error())
		}
	}
	return u.words.Text(key, args...)
}

// say prints a line that the verb was asked for.
func (u *ui) say(line string) { fmt.Fprintln(u.out, line) }

// note prints a line about the work.
func (u *ui) note(line string) { fmt.Fprintln(u.err, line) }

// problems prints problems to standard error.
func (u *ui) problems(l diag.List) { _ = diag.WriteText(u.err, l, u.words, u.errStyle) }

// exit explains err, if it needs an explanation, and returns the exit code.
func (u *ui) exit(err error) int {
	code := u.explain(err)
	if u.out.failure != nil && code == exitDone {
		return u.explain(u.out.failure)
	}
	return code
}

func (u *ui) explain(err error) int {
	var wrong *usageError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errRefused):
		return exitUsage
	case errors.Is(err, errContent):
		return exitContent
	case errors.As(err, &wrong):
		u.note("wenfang: " + wrong.message)
		if wrong.advice != "" {
			u.note(wrong.advice)
		}
		return exitUsage
	case errors.Is(err, context.Canceled):
		u.note("wenfang: " + u.text("cli.failure.interrupted"))
		return exitFailure
	}
	u.note("wenfang: " + u.failure(err))
	return exitFailure
}

// list returns lines of two columns, the first padded by display width.
func list(rows [][2]string) string {
	width := 0
	for _, r := range rows {
		width = max(width, cjk.Width(r[0]))
	}
	var b strings.Builder
	for _, r := range rows {
		pad := strings.Repeat(" ", width-cjk.Width(r[0]))
		b.WriteString(strings.TrimRight("  "+r[0]+pad+"  "+r[1], " ") + "\n")
	}
	return b.String()
}

// progress shows how far a long work is, on a terminal only. It is quiet at first, so that
// short work shows nothing, and clears its line when done.
type progress struct {
	u     *ui
	key   string
	last  time.Time
	shown bool
}

const (
	progressDelay = 500 * time.Millisecond
	progressEvery = 100 * time.Millisecond
)

// newProgress returns a progress line whose words have {done} and {total}.
func (u *ui) newProgress(key string) *progress {
	return &progress{u: u, key: key, last: time.Now().Add(progressDelay - progressEvery)}
}

// step shows that done of total are done.
func (p *progress) step(done, total int) {
	if !p.u.live || time.Since(p.last) < progressEvery {
		return
	}
	p.last, p.shown = time.Now(), true
	fmt.Fprint(p.u.err, "\r"+p.u.words.Text(p.key, "done", done, "total", total))
}

// clear takes the line away.
func (p *progress) clear() {
	if p.shown {
		fmt.Fprint(p.u.err, "\r\x1b[K")
		p.shown = false
	}
}
