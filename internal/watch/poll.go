package watch

import (
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"slices"
	"time"
)

const (
	defaultPoll = 500 * time.Millisecond
	// A look at a tree takes at most about a fifth of the time, however slow its disk.
	pollRest = 4
	// After a look that found several files changed, the next ones follow at this distance
	// until one finds nothing new, so that a checkout is one change.
	pollAgain = 100 * time.Millisecond
	// The files that changed last are looked at more often: they are being written.
	warmEvery = 100 * time.Millisecond
	warmFiles = 16
	// For so long after a change a file is read again too: a second save may keep size and
	// time, which on some disks counts in steps of two seconds.
	warmRead = 3 * time.Second
	warmSize = 1 << 20
)

// poller is the source that looks at intervals. It goes by size, time and inode; a change
// that keeps all three is seen only in the first seconds after another.
type poller struct {
	scope
	interval time.Duration
	state    map[string]stamp
	known    map[string]*rootState
	closed   map[string]bool // folders that were said to be unreadable
	warm     []warmFile
}

// warmFile is a file that changed lately.
type warmFile struct {
	path  string
	stamp stamp
	sum   [sha256.Size]byte
	until time.Time
}

func newPoller(sc scope, interval time.Duration) (*poller, []Note) {
	p := &poller{
		scope: sc, interval: interval,
		state: map[string]stamp{}, known: map[string]*rootState{}, closed: map[string]bool{},
	}
	for _, root := range sc.roots {
		p.known[root] = &rootState{}
	}
	s := p.scan(context.Background())
	for _, path := range s.paths {
		if age := time.Since(time.Unix(0, p.state[path].mtime)); age < warmRead {
			p.heat(path)
		}
	}
	return p, s.notes
}

func (p *poller) close() {}

func (p *poller) files() []string {
	paths := make([]string, 0, len(p.state))
	for path := range p.state {
		paths = append(paths, path)
	}
	return paths
}

func (p *poller) run(ctx context.Context, out chan<- signal) error {
	full := time.NewTimer(p.interval)
	defer full.Stop()
	warm := time.NewTicker(warmEvery)
	defer warm.Stop()
	for {
		select {
		case <-full.C:
			began := time.Now()
			s := p.scan(ctx)
			rest := max(p.interval, pollRest*time.Since(began))
			p.gather(ctx, &s)
			p.report(ctx, out, s)
			full.Reset(rest)
		case now := <-warm.C:
			p.report(ctx, out, signal{paths: p.lookAtWarm(now)})
		case <-ctx.Done():
			return nil
		}
	}
}

// report remembers what the touched files hold and then sends them, in this order: what the
// receiver reads is at least as new.
func (p *poller) report(ctx context.Context, out chan<- signal, s signal) {
	for _, path := range s.paths[:min(len(s.paths), warmFiles)] {
		p.heat(path)
	}
	send(ctx, out, s)
}

// gather goes on looking while many files are changing.
func (p *poller) gather(ctx context.Context, s *signal) {
	if len(s.paths) < 2 {
		return
	}
	for end := time.Now().Add(longest); time.Now().Before(end); {
		select {
		case <-time.After(pollAgain):
		case <-ctx.Done():
			return
		}
		more := p.scan(ctx)
		if more.empty() {
			return
		}
		s.add(more)
	}
}

// scan looks at everything and returns what differs from the last time.
func (p *poller) scan(ctx context.Context) signal {
	var s signal
	now := map[string]stamp{}
	w := walker{
		scope: p.scope,
		enter: func(string) error { return ctx.Err() },
		unreadable: func(dir string, err error) {
			p.keep(dir, now)
			if !p.closed[dir] {
				p.closed[dir] = true
				s.notes = append(s.notes, Note{ID: NoteUnreadable, Path: dir, Err: err})
			}
		},
	}
	for _, root := range p.roots {
		info, ok := statRoot(root)
		if !ok {
			p.keep(root, now)
			continue
		}
		if state := p.known[root]; !state.same(info) {
			s.add(state.become(root, info))
		}
		switch {
		case info == nil:
		case info.IsDir():
			t := tree{}
			if w.walk(t, root) != nil {
				return signal{} // we are told to end
			}
			t.collect(root, now)
		default:
			now[root] = stampOf(info)
		}
	}
	s.paths = differences(p.state, now)
	p.state = now
	return s
}

// keep takes over what was known below a folder that cannot be read now.
func (p *poller) keep(dir string, into map[string]stamp) {
	for path, s := range p.state {
		if path == dir || under(path, dir) {
			into[path] = s
		}
	}
}

func under(path, dir string) bool {
	return len(path) > len(dir) && path[:len(dir)] == dir && os.IsPathSeparator(path[len(dir)])
}

// heat puts a file among the warm ones, in the place of the oldest if there are too many.
func (p *poller) heat(path string) {
	p.warm = slices.DeleteFunc(p.warm, func(w warmFile) bool { return w.path == path })
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() {
		return
	}
	if len(p.warm) == warmFiles {
		p.warm = slices.Delete(p.warm, 0, 1)
	}
	w := warmFile{path: path, stamp: stampOf(info), until: time.Now().Add(warmRead)}
	w.sum, _ = sumOf(path, info)
	p.warm = append(p.warm, w)
}

func sumOf(path string, info fs.FileInfo) (sum [sha256.Size]byte, ok bool) {
	if info.Size() > warmSize {
		return sum, false
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return sum, false
	}
	return sha256.Sum256(data), true
}

// lookAtWarm returns the warm files that changed again.
func (p *poller) lookAtWarm(now time.Time) []string {
	var paths []string
	for _, w := range p.warm {
		info, err := os.Lstat(w.path)
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				delete(p.state, w.path)
				paths = append(paths, w.path)
			}
			continue
		}
		s := stampOf(info)
		changed := s != w.stamp
		if !changed && now.Before(w.until) {
			sum, ok := sumOf(w.path, info)
			changed = ok && sum != w.sum
		}
		if changed {
			p.state[w.path] = s
			paths = append(paths, w.path)
		}
	}
	return paths
}
