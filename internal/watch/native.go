package watch

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// native finds changes by the events of the system. fsnotify watches folders one by one, so
// the whole tree is walked, and each new folder is added when it appears.
type native struct {
	scope
	watcher *fsnotify.Watcher
	tree    tree
	lone    map[string]bool // roots that are files: their folders are watched for them
	missing map[string]bool // roots that are not there
	notes   []Note
}

// rootCheck is how often roots that are not there are looked for.
const rootCheck = 500 * time.Millisecond

// newNative watches the tree; the error is a *fallback when events do not work here.
func newNative(sc scope) (*native, error) {
	for _, root := range sc.roots {
		if remote(root) {
			return nil, &fallback{Note{ID: NotePollFilesystem, Path: root}}
		}
	}
	w, err := fsnotify.NewBufferedWatcher(4096)
	if err != nil {
		return nil, &fallback{Note{ID: limitNote(err), Err: err}}
	}
	n := &native{scope: sc, watcher: w, tree: tree{}, lone: map[string]bool{}, missing: map[string]bool{}}
	for _, root := range sc.roots {
		if err := n.enterRoot(root); err != nil {
			w.Close()
			return nil, err
		}
	}
	return n, nil
}

// limitNote tells which limit of the system an error speaks of.
func limitNote(err error) NoteID {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return NotePollWatches
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		return NotePollInstances
	}
	return NotePollUnavailable
}

// enterRoot begins to watch a root, whatever it is now.
func (n *native) enterRoot(root string) error {
	info, err := os.Stat(root)
	if err == nil && info.IsDir() {
		delete(n.missing, root)
		return n.enterFolder(root)
	}
	n.missing[root] = err != nil
	if err == nil {
		n.tree[root] = &folder{files: map[string]stamp{"": stampOf(info)}}
	}
	n.lone[root] = true
	parent := filepath.Dir(root)
	if _, err := os.Stat(parent); err != nil {
		return nil // looked for again and again
	}
	return n.add(parent)
}

// enterFolder watches a folder and all below it.
func (n *native) enterFolder(dir string) error {
	return walker{
		scope: n.scope,
		enter: n.add,
		unreadable: func(dir string, err error) {
			n.notes = append(n.notes, Note{ID: NoteUnreadable, Path: dir, Err: err})
		},
	}.walk(n.tree, dir)
}

func (n *native) add(dir string) error {
	err := n.watcher.Add(dir)
	if err == nil || errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return err
	}
	return &fallback{Note{ID: limitNote(err), Path: dir, Err: err}}
}

func (n *native) files() []string {
	var files []string
	for dir, f := range n.tree {
		for name := range f.files {
			files = append(files, join(dir, name))
		}
	}
	return files
}

func (n *native) close() { n.watcher.Close() }

func (n *native) run(ctx context.Context, out chan<- signal) error {
	ticker := time.NewTicker(rootCheck)
	defer ticker.Stop()
	for {
		var s signal
		var err error
		select {
		case <-ctx.Done():
			return nil
		case event, ok := <-n.watcher.Events:
			if !ok {
				return nil
			}
			s, err = n.event(event)
		case problem, ok := <-n.watcher.Errors:
			if !ok {
				return nil
			}
			s, err = n.lookAgain(problem)
		case <-ticker.C:
			s, err = n.checkRoots()
		}
		s.notes = append(s.notes, n.notes...)
		n.notes = nil
		send(ctx, out, s)
		if err != nil {
			return err
		}
	}
}

// event turns one event into the files that it touched.
func (n *native) event(e fsnotify.Event) (signal, error) {
	path := filepath.Clean(e.Name)
	if e.Op == fsnotify.Chmod || !n.within(path) {
		return signal{}, nil
	}
	if n.tree[path] != nil && !n.lone[path] && e.Has(fsnotify.Remove|fsnotify.Rename) {
		return n.gone(path), nil
	}
	info, err := os.Lstat(path)
	isDir := err == nil && info.IsDir()
	if !slices.Contains(n.roots, path) && n.ignores(path, isDir) {
		return signal{}, nil
	}
	if isDir {
		return n.appeared(path)
	}
	if f := n.tree[filepath.Dir(path)]; f != nil && err == nil {
		f.files[filepath.Base(path)] = stampOf(info)
	}
	if n.lone[path] {
		n.tree[path] = &folder{files: map[string]stamp{"": {}}}
	}
	return signal{paths: []string{path}}, nil
}

// within reports whether a path lies at or below a root: the folders of roots that are files
// are watched too.
func (n *native) within(path string) bool {
	for _, root := range n.roots {
		if rel, err := filepath.Rel(root, path); err == nil && filepath.IsLocal(rel) {
			return true
		}
	}
	return false
}

// appeared enters a new folder; its files count as touched. One that is known already (an
// event for it came late) is read again.
func (n *native) appeared(dir string) (signal, error) {
	var s signal
	if n.tree[dir] != nil {
		return s, nil
	}
	delete(n.missing, dir)
	err := n.enterFolder(dir)
	n.tree.files(dir, func(path string, _ stamp) { s.paths = append(s.paths, path) })
	if parent := n.tree[filepath.Dir(dir)]; parent != nil && !slices.Contains(parent.folders, filepath.Base(dir)) {
		parent.folders = append(parent.folders, filepath.Base(dir))
	}
	return s, err
}

// gone forgets a folder; its files count as touched.
func (n *native) gone(dir string) signal {
	var s signal
	for path := range n.tree.drop(dir, func(dir string) { _ = n.watcher.Remove(dir) }) {
		s.paths = append(s.paths, path)
	}
	if slices.Contains(n.roots, dir) {
		n.missing[dir] = true
		s.notes = append(s.notes, Note{ID: NoteRootMissing, Path: dir})
	}
	return s
}

// lookAgain walks everything when events were lost.
func (n *native) lookAgain(problem error) (signal, error) {
	s := signal{rescan: true}
	if errors.Is(problem, fsnotify.ErrEventOverflow) {
		s.notes = append(s.notes, Note{ID: NoteOverflow, Err: problem})
	}
	for _, root := range n.roots {
		if info, err := os.Stat(root); err == nil && info.IsDir() {
			if err := n.enterFolder(root); err != nil {
				return s, err
			}
		}
	}
	s.paths = n.files()
	return s, nil
}

// checkRoots looks for roots that are not there.
func (n *native) checkRoots() (signal, error) {
	var s signal
	for root, missing := range n.missing {
		if !missing {
			continue
		}
		info, err := os.Stat(root)
		if err != nil {
			continue
		}
		n.missing[root] = false
		delete(n.lone, root)
		s.rescan = true
		s.notes = append(s.notes, Note{ID: NoteRootBack, Path: root})
		if info.IsDir() {
			more, err := n.appeared(root)
			s.add(more)
			if err != nil {
				return s, err
			}
		} else if err := n.enterRoot(root); err != nil {
			return s, err
		}
	}
	return s, nil
}
