package main

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wenfang/internal/config"
	"wenfang/internal/diag"
	"wenfang/internal/output"
	"wenfang/internal/project"
	"wenfang/internal/render"
	"wenfang/internal/serve"
	"wenfang/internal/source"
	"wenfang/internal/theme"
	"wenfang/internal/watch"
)

// defaultAddr is where serve listens; when its port is taken, the next free one does.
const defaultAddr = "127.0.0.1:1313"

// serveFlags are the flags of serve.
type serveFlags struct {
	siteFlags
	addr string
	open bool
	poll time.Duration
}

func newServe(u *ui) *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:               "serve",
		Short:             u.text("cli.serve.short"),
		Long:              u.text("cli.serve.long"),
		Example:           "wenfang serve --open",
		Args:              noArgs(u),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return preview(cmd.Context(), u, f)
		},
	}
	f.register(u, cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.addr, "addr", defaultAddr, u.text("cli.serve.flag.addr"))
	flags.BoolVar(&f.open, "open", false, u.text("cli.serve.flag.open"))
	f.registerDrafts(u, cmd)
	flags.DurationVar(&f.poll, "poll", 0, u.text("cli.serve.flag.poll"))
	return cmd
}

// preview serves the site until ctx ends.
func preview(ctx context.Context, u *ui, f serveFlags) error {
	o, err := f.options(u)
	if err != nil {
		return err
	}
	host, _, err := net.SplitHostPort(f.addr)
	if err != nil {
		return usage(u.text("cli.serve.error.addr", "value", f.addr))
	}
	watcher, err := watch.New(watchedRoots(f.site), watch.Options{Poll: f.poll, Ignore: ignored(o)})
	if err != nil {
		return err
	}
	defer watcher.Close()
	p := &previewer{u: u, checked: make(chan *project.Snapshot), project: project.New(o), highlight: render.NewHighlighter(output.NewMemoryCache()), segments: output.NewMemorySegments()}
	snapshot, err := p.project.Load(ctx, nil)
	if err != nil {
		return err
	}
	listener, err := serve.Listen(f.addr, f.addr == defaultAddr)
	if err != nil {
		return err
	}
	p.server = serve.New(serve.Options{Addr: listener.Addr(), Host: host, Words: u.words, Script: reloadScript(snapshot)})
	p.show(ctx, snapshot)
	url := "http://" + listener.Addr().String() + "/"
	u.say(u.text("cli.serve.address", "url", url))
	if u.live {
		u.note(u.text("cli.serve.stop"))
	}
	if f.open {
		if err := openBrowser(url); err != nil {
			u.note(u.text("cli.serve.no-browser", "detail", err))
		}
	}
	served := make(chan error, 1)
	go func() { served <- p.server.Serve(ctx, listener) }()
	for {
		select {
		case err := <-served:
			if ctx.Err() != nil {
				return nil // Ctrl+C is how a preview ends
			}
			return err
		case checked := <-p.checked:
			p.tell(checked)
		case batch, open := <-watcher.Events():
			if open {
				p.update(ctx, batch)
			}
		}
	}
}

func reloadScript(s *project.Snapshot) []byte {
	if a := s.Theme.Asset(theme.ReloadScript); a != nil {
		return a.Data
	}
	return nil
}

// watchedRoots are the folders and files that a site is made from.
func watchedRoots(site string) []string {
	roots := []string{project.ContentRoot(site)}
	for _, own := range []string{"layouts", "assets", config.FileName} {
		roots = append(roots, filepath.Join(site, own))
	}
	return roots
}

// ignored leaves out what no site is made from: hidden files, editors' copies, the output.
func ignored(o project.Options) func(string, bool) bool {
	out, _ := filepath.Abs(o.Out)
	return func(path string, _ bool) bool {
		abs, err := filepath.Abs(path)
		return err == nil && abs == out || source.Hidden(filepath.Base(path))
	}
}

// previewer keeps what is served in step with the folder.
type previewer struct {
	u         *ui
	project   *project.Project
	highlight *render.Highlighter
	segments  *output.MemorySegments
	server    *serve.Server
	shown     *project.Snapshot
	outdated  context.CancelFunc     // ends the check of the snapshot that is shown
	checked   chan *project.Snapshot // whose problems are known
	told      map[problemKey]bool    // the problems that were printed last
}

// update loads what changed and shows it.
func (p *previewer) update(ctx context.Context, batch watch.Batch) {
	for _, n := range batch.Notes {
		p.u.note(p.u.text(string(n.ID), "path", n.Path, "detail", n.Err))
	}
	began := time.Now()
	changed := batch.Paths
	if batch.Rescan {
		changed = nil
	} else if len(changed) == 0 {
		return
	}
	snapshot, err := p.project.Load(ctx, changed)
	if errors.Is(err, context.Canceled) {
		return
	}
	if err != nil {
		p.u.note(p.u.text("cli.serve.failed", "detail", p.u.failure(err)))
		return
	}
	p.show(ctx, snapshot, changedFiles(snapshot, changed)...)
	if p.u.live {
		p.u.note(p.u.text("cli.serve.updated", "ms", time.Since(began).Milliseconds()))
	}
}

// calm is how long a check waits before it begins: the open pages ask for themselves first, and
// need the processor more.
const calm = 100 * time.Millisecond

// show serves a snapshot, and has it checked afterwards: a page is on the screen, and the next
// save is read, before every link of the site is known to lead somewhere. A snapshot that is
// replaced before is not checked.
// files are the addresses of files beside the pages that changed, such as pictures.
func (p *previewer) show(ctx context.Context, snapshot *project.Snapshot, files ...string) {
	p.shown = snapshot
	p.server.Swap(output.NewPlan(snapshot, p.highlight, p.segments), files...)
	if p.outdated != nil {
		p.outdated()
	}
	ctx, p.outdated = context.WithCancel(ctx)
	go func() {
		select {
		case <-time.After(calm):
		case <-ctx.Done():
			return
		}
		snapshot.Problems()
		select {
		case p.checked <- snapshot:
		case <-ctx.Done():
		}
	}()
}

// changedFiles returns the addresses of the files beside the pages among changed paths.
func changedFiles(snapshot *project.Snapshot, changed []string) []string {
	paths := make(map[string]bool, len(changed))
	for _, path := range changed {
		paths[filepath.Clean(path)] = true
	}
	var files []string
	for address, path := range snapshot.Site.Files {
		if paths[filepath.Clean(path)] {
			files = append(files, address)
		}
	}
	return files
}

// tell prints the problems that are new, and shows all of them over the pages. What was wrong
// with a snapshot that is no longer shown is not worth telling.
func (p *previewer) tell(snapshot *project.Snapshot) {
	if snapshot != p.shown {
		return
	}
	all := without(snapshot.Problems(), diag.Info)
	told := make(map[problemKey]bool, len(all))
	var fresh diag.List
	for _, d := range all {
		key := problemKey{d.Path, d.ID, d.Excerpt}
		if !p.told[key] {
			fresh = append(fresh, d)
		}
		told[key] = true
	}
	p.u.problems(fresh)
	if len(all) == 0 && len(p.told) > 0 {
		p.u.note(p.u.text("cli.serve.well"))
	}
	p.told = told
	p.server.SetProblems(p.overlay(all))
}

// problemKey is what a problem is known again by: its line may have moved.
type problemKey struct{ path, id, excerpt string }

// overlay returns the errors as the overlay shows them; beyond a screenful nobody reads on.
func (p *previewer) overlay(l diag.List) []serve.Problem {
	const most = 20
	var problems []serve.Problem
	for _, d := range l {
		if d.Severity != diag.Error || len(problems) == most {
			continue
		}
		message, hint := p.u.words.Message(d)
		problems = append(problems, serve.Problem{
			Path: d.Path, Line: d.Line, Col: d.Col, Severity: d.Severity.String(),
			Message: message, Hint: hint, Excerpt: strings.TrimSpace(d.Excerpt),
		})
	}
	return problems
}

// openBrowser asks the system to open an address.
func openBrowser(url string) error {
	name, args := "xdg-open", []string{url}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", url}
	}
	cmd := exec.Command(name, args...)
	cmd.Env = os.Environ()
	return cmd.Start()
}
