package watch

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// rootsEvery is how often the roots are looked at: one that is unmounted or replaced
	// gives no dependable event.
	rootsEvery = 250 * time.Millisecond
	// So many restarts within such a time, and events are given up.
	restartsMax = 8
	restartsFor = time.Minute
)

// system is what the operating system does for a native source. The zero value is the real
// one; tests put in calls that fail.
type system struct {
	open   func() (*fsnotify.Watcher, error)
	add    func(w *fsnotify.Watcher, dir string) error
	remote func(dir string) bool
}

func (s system) orReal() system {
	if s.open == nil {
		s.open = fsnotify.NewWatcher
	}
	if s.add == nil {
		s.add = func(w *fsnotify.Watcher, dir string) error { return w.Add(dir) }
	}
	if s.remote == nil {
		s.remote = remote
	}
	return s
}

// native is the source that is told by the system. fsnotify watches folders one by one, so
// the tree is walked and each new folder is added when it appears. Files are not watched: an
// editor that saves by renaming gives a file another inode, which such a watch would lose.
type native struct {
	scope
	sys      system
	fs       *fsnotify.Watcher
	tree     tree
	known    map[string]*rootState
	closed   map[string]bool // folders that could not be read
	notes    []Note          // of the walk that is under way
	restarts []time.Time
}

// newNative watches the tree; the error is a *fallback when events do not work here.
func newNative(sc scope, sys system) (*native, []Note, error) {
	n := &native{scope: sc, sys: sys.orReal(), closed: map[string]bool{}, known: map[string]*rootState{}}
	for _, root := range sc.roots {
		n.known[root] = &rootState{}
	}
	if err := n.open(); err != nil {
		n.close()
		return nil, nil, err
	}
	return n, n.takeNotes(), nil
}

// open begins to watch all roots anew.
func (n *native) open() error {
	w, err := n.sys.open()
	if err != nil {
		return failure(err, "")
	}
	n.fs, n.tree = w, tree{}
	for _, root := range n.roots {
		if info, ok := statRoot(root); ok {
			n.known[root].become(root, info)
		}
		if err := n.enterRoot(root); err != nil {
			return err
		}
	}
	return nil
}

func (n *native) close() {
	if n.fs != nil {
		_ = n.fs.Close() // nothing is lost with it
	}
}

func (n *native) files() []string {
	var paths []string
	for p := range n.all() {
		paths = append(paths, p)
	}
	return paths
}

func (n *native) all() map[string]stamp {
	files := map[string]stamp{}
	for root, state := range n.known {
		n.collectRoot(root, state, files)
	}
	return files
}

func (n *native) collectRoot(root string, state *rootState, files map[string]stamp) {
	if state.info != nil && !state.isDir() {
		files[root] = stampOf(state.info)
	}
	n.tree.collect(root, files)
}

func (n *native) takeNotes() []Note {
	notes := n.notes
	n.notes = nil
	return notes
}

func (n *native) run(ctx context.Context, out chan<- signal) error {
	roots := time.NewTicker(rootsEvery)
	defer roots.Stop()
	for {
		var s signal
		var err error
		select {
		case ev, ok := <-n.fs.Events:
			if !ok {
				return failure(fsnotify.ErrClosed, "")
			}
			s, err = n.handle(ev)
		case failed := <-n.fs.Errors:
			s, err = n.restart(failed)
		case <-roots.C:
			s, err = n.checkRoots()
		case <-ctx.Done():
			return nil
		}
		if err != nil {
			return err
		}
		s.notes = append(s.notes, n.takeNotes()...)
		send(ctx, out, s)
	}
}

// handle turns an event into what it means for the tree. The event says where to look; what
// is there is asked of the disk, because by now it may be something else.
func (n *native) handle(ev fsnotify.Event) (signal, error) {
	path := filepath.Clean(ev.Name)
	content := ev.Op &^ fsnotify.Chmod // mode, owner and times are none
	var s signal
	if state := n.known[path]; state != nil && content != 0 {
		var err error
		if s, err = n.checkRoot(path); err != nil {
			return s, err
		}
		if !state.isDir() {
			s.paths = append(s.paths, path)
		}
	}
	parent := n.tree[filepath.Dir(path)]
	switch {
	case parent == nil:
		return s, nil // beside a root, or an event that came late
	case content == 0 && !n.closed[path]:
		return s, nil // a closed folder may have been opened
	case content == fsnotify.Write && n.tree[path] != nil:
		return s, nil // Windows says so of a folder in which something changed
	}
	paths, err := n.reconcile(parent, path)
	s.paths = append(s.paths, paths...)
	return s, err
}

// reconcile makes the tree, and the watches, agree with the disk at path and returns the
// files that were touched.
func (n *native) reconcile(parent *folder, path string) ([]string, error) {
	info, err := os.Lstat(path)
	isDir := err == nil && info.IsDir()
	ignored := n.ignores(path, isDir)
	if ignored && n.tree[path] == nil {
		return nil, nil
	}
	name := filepath.Base(path)
	before, after := map[string]stamp{}, map[string]stamp{}
	if s, ok := parent.files[name]; ok {
		before[path] = s
	}
	// A folder is always watched anew: it may be another one of the same name, and the
	// watch of one that was renamed still bears the old name.
	n.tree.drop(path, before, n.leave)
	delete(parent.files, name)
	delete(parent.folders, name)
	if isDir && !ignored {
		parent.folders[name] = true
		if err := n.walker().walk(n.tree, path); err != nil {
			return nil, err
		}
		n.tree.collect(path, after)
		return differences(before, after), nil
	}
	if err == nil && !ignored {
		parent.files[name] = stampOf(info)
	}
	// Equal stamps are no equal content: a disk counts time in steps.
	return append(differences(before, after), path), nil
}

func (n *native) checkRoots() (signal, error) {
	var s signal
	for _, root := range n.roots {
		one, err := n.checkRoot(root)
		if err != nil {
			return s, err
		}
		s.add(one)
	}
	return s, nil
}

// checkRoot looks whether a root came, went or was replaced.
func (n *native) checkRoot(root string) (signal, error) {
	state := n.known[root]
	info, ok := statRoot(root)
	if !ok || state.same(info) {
		return signal{}, nil
	}
	before, after := map[string]stamp{}, map[string]stamp{}
	n.collectRoot(root, state, before)
	n.tree.drop(root, map[string]stamp{}, n.leave)
	s := state.become(root, info)
	if err := n.enterRoot(root); err != nil {
		return s, err
	}
	n.collectRoot(root, state, after)
	s.paths = differences(before, after)
	return s, nil
}

// enterRoot begins to watch a root, whatever it is now: for a file, or for nothing, the
// folder that it is in.
func (n *native) enterRoot(root string) error {
	if n.known[root].isDir() {
		return n.walker().walk(n.tree, root)
	}
	if err := n.enter(filepath.Dir(root)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (n *native) walker() walker {
	return walker{scope: n.scope, enter: n.enter, unreadable: n.unreadable}
}

func (n *native) enter(dir string) error {
	if n.sys.remote(dir) {
		return &fallback{Note{ID: NotePollFilesystem, Path: dir}}
	}
	err := n.sys.add(n.fs, dir)
	switch {
	case err == nil:
		delete(n.closed, dir)
		return nil
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return fs.ErrNotExist
	case errors.Is(err, fs.ErrPermission):
		return nil // reading it will say so
	}
	return failure(err, dir)
}

func (n *native) unreadable(dir string, err error) {
	n.closed[dir] = true
	n.notes = append(n.notes, Note{ID: NoteUnreadable, Path: dir, Err: err})
}

// leave gives up the watch of a folder that went, which the system may have done already.
func (n *native) leave(dir string) {
	delete(n.closed, dir)
	_ = n.fs.Remove(dir)
}

// restart begins anew after events were lost. What they would have told, a walk tells.
func (n *native) restart(cause error) (signal, error) {
	now := time.Now()
	if n.restarts = append(n.restarts, now); len(n.restarts) > restartsMax {
		n.restarts = n.restarts[1:]
		if now.Sub(n.restarts[0]) < restartsFor {
			return signal{}, failure(cause, "")
		}
	}
	before := n.all()
	n.close()
	clear(n.closed)
	if err := n.open(); err != nil {
		return signal{}, err
	}
	note := Note{ID: NoteOverflow, Err: cause}
	return signal{paths: differences(before, n.all()), rescan: true, notes: []Note{note}}, nil
}

// failure says why events cannot be had.
func failure(err error, dir string) error {
	id := NotePollUnavailable
	switch {
	case errors.Is(err, syscall.ENOSPC):
		id = NotePollWatches
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		id = NotePollInstances
	}
	return &fallback{Note{ID: id, Path: dir, Err: err}}
}
