package watch

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

// withSystem watches a folder through a system that may fail.
func withSystem(t *testing.T, sys system) bench {
	t.Helper()
	b := bench{t, t.TempDir(), nil}
	b.write("index.md", "甲")
	b.write("guide/a.md", "甲")
	sc := scope{roots: []string{b.dir}}
	src, notes, err := newNative(sc, sys)
	if err != nil {
		polled, more := newPoller(sc, 20*time.Millisecond)
		b.w = start(sc, polled, append([]Note{noteOf(err)}, more...))
	} else {
		b.w = start(sc, src, notes)
	}
	t.Cleanup(b.w.Close)
	return b
}

// note waits for a note.
func (b bench) note(id NoteID) Note {
	b.Helper()
	deadline := time.After(20 * time.Second)
	for {
		select {
		case batch := <-b.w.Events():
			for _, n := range batch.Notes {
				if n.ID == id {
					return n
				}
			}
		case <-deadline:
			b.Fatalf("waiting for the note %s", id)
		}
	}
}

// TestFallback: where events cannot be had, it is said why, and changes are seen all the same.
func TestFallback(t *testing.T) {
	adding := func(err error) system {
		return system{add: func(w *fsnotify.Watcher, dir string) error {
			if strings.HasSuffix(dir, "guide") {
				return err
			}
			return w.Add(dir)
		}}
	}
	for want, sys := range map[NoteID]system{
		NotePollWatches:     adding(syscall.ENOSPC),
		NotePollInstances:   {open: func() (*fsnotify.Watcher, error) { return nil, syscall.EMFILE }},
		NotePollUnavailable: {open: func() (*fsnotify.Watcher, error) { return nil, errors.ErrUnsupported }},
		NotePollFilesystem:  {remote: func(dir string) bool { return strings.HasSuffix(dir, "guide") }},
	} {
		t.Run(string(want), func(t *testing.T) {
			b := withSystem(t, sys)
			b.note(want)
			b.write("guide/a.md", "甲乙")
			b.await("guide/a.md")
			b.write("new/b.md", "乙")
			b.await("new/b.md")
		})
	}
}

// TestFallbackLater: the limit is reached by a folder that appears while watching.
func TestFallbackLater(t *testing.T) {
	b := withSystem(t, system{add: func(w *fsnotify.Watcher, dir string) error {
		if strings.HasSuffix(dir, "new") {
			return syscall.ENOSPC
		}
		return w.Add(dir)
	}})
	b.write("guide/a.md", "甲乙")
	b.await("guide/a.md")
	b.write("new/b.md", "乙")
	if batch := b.await("new/b.md"); !batch.Rescan || !slices.ContainsFunc(batch.Notes, func(n Note) bool { return n.ID == NotePollWatches }) {
		t.Errorf("batch = %+v", batch)
	}
	b.write("new/b.md", "乙乙")
	b.await("new/b.md")
	if err := os.Remove(filepath.Join(b.dir, "guide", "a.md")); err != nil {
		t.Fatal(err)
	}
	b.await("guide/a.md")
}

// TestRestarts: a watcher that fails again and again is given up.
func TestRestarts(t *testing.T) {
	n, _, err := newNative(scope{roots: []string{t.TempDir()}}, system{})
	if err != nil {
		t.Fatal(err)
	}
	defer n.close()
	broken := errors.New("broken")
	for range restartsMax {
		if s, err := n.restart(broken); err != nil || !s.rescan {
			t.Fatalf("restart: %+v, %v", s, err)
		}
	}
	if _, err := n.restart(broken); noteOf(err).ID != NotePollUnavailable || !errors.Is(err, broken) {
		t.Errorf("the last restart: %v", err)
	}
}

// TestUnreadable: a folder that cannot be read is named once; its files are not taken for
// gone, and what changes in it is seen once it can be read.
func TestUnreadable(t *testing.T) {
	var closed atomic.Bool
	closed.Store(true)
	read := func(dir string) ([]fs.DirEntry, error) {
		if closed.Load() && filepath.Base(dir) == "guide" {
			return nil, &fs.PathError{Op: "open", Path: dir, Err: fs.ErrPermission}
		}
		return os.ReadDir(dir)
	}
	dir := t.TempDir()
	b := bench{t, dir, nil}
	b.write("guide/a.md", "甲")
	sc := scope{roots: []string{dir}, read: read}
	for name, open := range map[string]func() (source, []Note){
		"events":  func() (source, []Note) { n, notes, _ := newNative(sc, system{}); return n, notes },
		"polling": func() (source, []Note) { return newPoller(sc, 20*time.Millisecond) },
	} {
		t.Run(name, func(t *testing.T) {
			closed.Store(true)
			src, notes := open()
			if len(notes) != 1 || notes[0].ID != NoteUnreadable || !errors.Is(notes[0].Err, fs.ErrPermission) {
				t.Errorf("notes = %+v", notes)
			}
			b := bench{t, dir, start(sc, src, nil)}
			defer b.w.Close()
			closed.Store(false)
			// Root may read any folder: the change of mode stands for its being opened.
			if err := os.Chmod(filepath.Join(dir, "guide"), 0o755); err != nil {
				t.Fatal(err)
			}
			b.await("guide/a.md")
		})
	}
}

// TestPollKeeps: what cannot be read for a while has not gone.
func TestPollKeeps(t *testing.T) {
	dir := t.TempDir()
	b := bench{t, dir, nil}
	b.write("guide/deep/a.md", "甲")
	b.write("index.md", "甲")
	failing := false
	p, _ := newPoller(scope{roots: []string{dir}, read: func(dir string) ([]fs.DirEntry, error) {
		if failing && filepath.Base(dir) == "guide" {
			return nil, syscall.EIO
		}
		return os.ReadDir(dir)
	}}, time.Hour)
	for range 3 {
		failing = !failing
		if s := p.scan(t.Context()); len(s.paths) > 0 {
			t.Errorf("paths = %q", s.paths)
		}
	}
	failing = false
	b.write("guide/deep/a.md", "甲乙")
	if s := p.scan(t.Context()); !slices.Equal(s.paths, []string{filepath.Join(dir, "guide", "deep", "a.md")}) {
		t.Errorf("paths = %q", s.paths)
	}
}

// TestPollSameStamp: a second save that keeps size and time, as on a disk that counts in
// steps of two seconds, is seen.
func TestPollSameStamp(t *testing.T) {
	b := watched(t, 20*time.Millisecond)
	path := filepath.Join(b.dir, "guide", "a.md")
	at := time.Now().Truncate(2 * time.Second)
	write := func(text string) {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, err := f.WriteString(text); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	write("乙")
	b.await("guide/a.md")
	write("丙")
	b.await("guide/a.md")
}
