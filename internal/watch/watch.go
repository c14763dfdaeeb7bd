// Package watch tells which files changed under some folders, in settled batches.
//
// The central types are Watcher and Batch. A save by an editor is many events (a temporary
// file, a rename, a truncation, a write, a change of mode) and a checkout is thousands; a
// Watcher hands on one Batch for each: at once, within a few milliseconds, when a single
// file was saved, and after a quiet moment when many changed. What came and went in between
// is not mentioned. Where the system gives no events (network file systems, used up
// limits), the Watcher looks at the tree at intervals instead and says so by a Note.
//
// The way of the data: a source (native.go, poll.go) finds touched paths in its tree (tree.go,
// roots.go), settle.go decides when they are a batch, and the loop in this file hands it on.
//
// The package knows nothing of Markdown, sites or words. It writes nothing to the disk. It
// follows no symbolic link below a root. It promises that a change is reported after it was
// made, not that each report is a change: who reads the file decides by its content.
package watch

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// Options say how to watch.
type Options struct {
	// Poll, if positive, looks at the tree at this interval and uses no events.
	Poll time.Duration
	// Ignore says which files and folders (with all below them) are not watched. It is
	// given paths as they appear in a Batch, is never asked about a root, and may be
	// called from another goroutine. Nil ignores nothing.
	Ignore func(path string, isDir bool) bool
}

// Batch is one settled change. Paths are the files, never folders, that appeared, changed
// or went, sorted, each beginning with the root it was found under, as that was given to
// New. Rescan says that some changes may be missing from Paths: look at everything.
type Batch struct {
	Paths  []string
	Rescan bool
	Notes  []Note
}

// NoteID names something that the user should be told; the words are somebody else's.
type NoteID string

// The notes. Err and Path of a Note say more.
const (
	NotePollFilesystem  NoteID = "watch.poll-filesystem"  // no events on the file system of Path: polling
	NotePollWatches     NoteID = "watch.poll-watches"     // the limit of watches is used up (fs.inotify.max_user_watches): polling
	NotePollInstances   NoteID = "watch.poll-instances"   // the limit of watchers or open files is used up (fs.inotify.max_user_instances, ulimit -n): polling
	NotePollUnavailable NoteID = "watch.poll-unavailable" // events do not work for another reason: polling
	NoteOverflow        NoteID = "watch.overflow"         // too many events at once: everything was looked at again
	NoteRootMissing     NoteID = "watch.root-missing"     // the folder Path, a root, has gone: waiting for it
	NoteRootBack        NoteID = "watch.root-back"        // a root that had gone is there again
	NoteUnreadable      NoteID = "watch.unreadable"       // the folder Path cannot be read: not watched
)

// Note is a fact about the watching itself.
type Note struct {
	ID   NoteID
	Path string
	Err  error
}

// Watcher watches until it is closed.
type Watcher struct {
	batches chan Batch
	cancel  context.CancelFunc
	stopped chan struct{}
	close   sync.Once
}

// signal is what a source found: touched files, not yet settled.
type signal struct {
	paths  []string
	rescan bool
	notes  []Note
}

func (s signal) empty() bool {
	return len(s.paths) == 0 && !s.rescan && len(s.notes) == 0
}

func (s *signal) add(t signal) {
	s.paths = append(s.paths, t.paths...)
	s.rescan = s.rescan || t.rescan
	s.notes = append(s.notes, t.notes...)
}

// source finds changes. It is made with the state of the tree at that moment, so that
// nothing changes unseen between New and the first event.
type source interface {
	// files are the paths that were there when the source was made.
	files() []string
	// run sends signals until ctx ends (nil) or the source can no longer work: then the
	// error is a *fallback.
	run(ctx context.Context, out chan<- signal) error
	// close gives back what the source holds. run has ended or was never called.
	close()
}

// fallback is the error of a source that has to be replaced by polling.
type fallback struct {
	note Note
}

func (f *fallback) Error() string { return string(f.note.ID) + ": " + f.note.Path }
func (f *fallback) Unwrap() error { return f.note.Err }

// New watches the roots: folders, or single files. A root that is not there is waited for.
// Every change made after New returns is reported. The error is for roots that cannot be
// named at all (none, or an empty path).
func New(roots []string, o Options) (*Watcher, error) {
	if len(roots) == 0 || slices.Contains(roots, "") {
		return nil, errors.New("watch: no folder to watch")
	}
	clean := make([]string, len(roots))
	for i, r := range roots {
		clean[i] = filepath.Clean(r)
	}
	slices.Sort(clean)
	scope := scope{roots: slices.Compact(clean), ignore: o.Ignore}
	if o.Poll > 0 {
		src, notes := newPoller(scope, o.Poll)
		return start(scope, src, notes), nil
	}
	src, notes, err := newNative(scope, system{})
	if err != nil {
		polled, more := newPoller(scope, defaultPoll)
		return start(scope, polled, append([]Note{noteOf(err)}, more...)), nil
	}
	return start(scope, src, notes), nil
}

// noteOf returns the note of a source's failure.
func noteOf(err error) Note {
	var f *fallback
	if errors.As(err, &f) {
		return f.note
	}
	return Note{ID: NotePollUnavailable, Err: err}
}

// start runs the two goroutines of a Watcher: the source's and the settling loop's.
func start(sc scope, src source, notes []Note) *Watcher {
	ctx, cancel := context.WithCancel(context.Background())
	w := &Watcher{batches: make(chan Batch), cancel: cancel, stopped: make(chan struct{})}
	signals := make(chan signal)
	known := map[string]bool{}
	for _, p := range src.files() {
		known[p] = true
	}
	var running sync.WaitGroup
	running.Go(func() { feed(ctx, sc, src, signals) })
	running.Go(func() {
		l := loop{known: known, look: look, pending: newPending(signal{notes: notes}, time.Now())}
		l.run(ctx, signals, w.batches)
	})
	go func() {
		running.Wait()
		close(w.batches)
		close(w.stopped)
	}()
	return w
}

// feed runs the source, and polling in its place when it fails.
func feed(ctx context.Context, sc scope, src source, out chan<- signal) {
	err := src.run(ctx, out)
	src.close()
	if err == nil {
		return
	}
	polled, notes := newPoller(sc, defaultPoll)
	defer polled.close()
	// What changed while one source gave way to the other is not known.
	send(ctx, out, signal{paths: polled.files(), rescan: true, notes: append([]Note{noteOf(err)}, notes...)})
	// A poller never fails: it goes on until ctx ends.
	_ = polled.run(ctx, out)
}

func send(ctx context.Context, out chan<- signal, s signal) {
	if s.empty() {
		return
	}
	select {
	case out <- s:
	case <-ctx.Done():
	}
}

// Events returns the batches. While nobody receives, changes gather into one Batch. The
// channel is closed by Close.
func (w *Watcher) Events() <-chan Batch { return w.batches }

// Close ends the watching and returns when all of it has ended.
func (w *Watcher) Close() {
	w.close.Do(w.cancel)
	<-w.stopped
}

// loop gathers signals and hands on batches.
type loop struct {
	known   map[string]bool // files that the receiver knows as there
	look    func(path string) sight
	pending *pending
	there   map[string]bool // of the settled batch: what was to be seen of its paths
}

func (l *loop) run(ctx context.Context, in <-chan signal, out chan<- Batch) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	var ready *Batch // settled, and waiting for the receiver
	for {
		var offer chan<- Batch
		var batch Batch
		if ready != nil {
			offer, batch = out, *ready
		}
		select {
		case s := <-in:
			now := time.Now()
			if l.pending == nil {
				l.pending = newPending(s, now)
			} else {
				l.pending.add(s, now)
			}
			ready = nil
			timer.Reset(l.pending.soonest().Sub(now))
		case <-timer.C:
			ready = l.settle(timer)
		case offer <- batch:
			l.handed()
			ready = nil
		case <-ctx.Done():
			return
		}
	}
}

// settle returns the batch that is due, or nil when there is nothing to say or it is too
// early; then the timer is set.
func (l *loop) settle(timer *time.Timer) *Batch {
	if l.pending == nil {
		return nil
	}
	now := time.Now()
	if due := l.pending.due(l.sight); due.After(now) {
		timer.Reset(due.Sub(now))
		return nil
	}
	if l.pending.rescan {
		for p := range l.known {
			if !l.look(p).there {
				l.pending.paths[p] = true
			}
		}
	}
	b := Batch{Rescan: l.pending.rescan, Notes: slices.Clone(l.pending.notes)}
	l.there = map[string]bool{}
	for _, p := range slices.Sorted(maps.Keys(l.pending.paths)) {
		if s := l.sight(p); s.there || s.known {
			b.Paths = append(b.Paths, p)
			l.there[p] = s.there
		}
	}
	if len(b.Paths) == 0 && !b.Rescan && len(b.Notes) == 0 {
		l.pending = nil // it came and went
		return nil
	}
	return &b
}

// handed notes what the receiver knows now: what was to be seen when the batch settled,
// not what is to be seen now, lest a file that goes in between be forgotten unreported.
func (l *loop) handed() {
	for p, there := range l.there {
		if there {
			l.known[p] = true
		} else {
			delete(l.known, p)
		}
	}
	l.pending, l.there = nil, nil
}

func (l *loop) sight(path string) sight {
	s := l.look(path)
	s.known = l.known[path]
	return s
}
