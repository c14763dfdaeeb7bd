package watch

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// bench is a folder that is watched.
type bench struct {
	*testing.T
	dir string
	w   *Watcher
}

func watched(t *testing.T, poll time.Duration) bench {
	t.Helper()
	dir := t.TempDir()
	b := bench{t, dir, nil}
	b.write("index.md", "甲")
	b.write("guide/a.md", "甲")
	w, err := New([]string{dir}, Options{Poll: poll, Ignore: func(path string, _ bool) bool {
		return strings.HasPrefix(filepath.Base(path), ".") || strings.HasSuffix(path, "~")
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	b.w = w
	return b
}

func (b bench) write(name, text string) {
	b.Helper()
	path := filepath.Join(b.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		b.Fatal(err)
	}
}

// await gathers batches until all the wanted files were reported.
func (b bench) await(want ...string) Batch {
	b.Helper()
	var all Batch
	deadline := time.After(20 * time.Second)
	for {
		got := map[string]bool{}
		for _, p := range all.Paths {
			rel, _ := filepath.Rel(b.dir, p)
			got[filepath.ToSlash(rel)] = true
		}
		if !slices.ContainsFunc(want, func(w string) bool { return !got[w] }) {
			return all
		}
		select {
		case batch := <-b.w.Events():
			all.Paths = append(all.Paths, batch.Paths...)
			all.Rescan = all.Rescan || batch.Rescan
			all.Notes = append(all.Notes, batch.Notes...)
		case <-deadline:
			b.Fatalf("waiting for %q, got %q", want, all.Paths)
		}
	}
}

func TestChanges(t *testing.T) {
	for name, poll := range map[string]time.Duration{"events": 0, "polling": 20 * time.Millisecond} {
		t.Run(name, func(t *testing.T) {
			b := watched(t, poll)
			b.write("guide/a.md", "甲乙")
			b.await("guide/a.md")

			// an atomic save: a temporary file takes the place
			b.write("guide/a.md~", "甲乙丙")
			if err := os.Rename(filepath.Join(b.dir, "guide/a.md~"), filepath.Join(b.dir, "guide/a.md")); err != nil {
				t.Fatal(err)
			}
			b.await("guide/a.md")
			b.write("guide/a.md", "again, in the new inode")
			b.await("guide/a.md")

			// a folder in a new folder
			b.write("new/deep/b.md", "乙")
			b.await("new/deep/b.md")
			b.write("new/deep/c.md", "丙")
			b.await("new/deep/c.md")

			// renamed, and changed under its new name
			if err := os.Rename(filepath.Join(b.dir, "new"), filepath.Join(b.dir, "other")); err != nil {
				t.Fatal(err)
			}
			b.await("new/deep/b.md", "other/deep/b.md")
			b.write("other/deep/b.md", "乙乙")
			b.await("other/deep/b.md")

			if err := os.RemoveAll(filepath.Join(b.dir, "other")); err != nil {
				t.Fatal(err)
			}
			b.await("other/deep/b.md", "other/deep/c.md")
		})
	}
}

// TestLoneSave: what a single save touches is one batch of one file.
func TestLoneSave(t *testing.T) {
	b := watched(t, 0)
	b.write(".guide.swp", "x")
	b.write("guide/a.md", "甲乙")
	batch := b.await("guide/a.md")
	if len(batch.Paths) != 1 || batch.Rescan {
		t.Errorf("batch = %+v", batch)
	}
}

// TestBurst: many files are few batches, and none is missed.
func TestBurst(t *testing.T) {
	b := watched(t, 0)
	var want []string
	for i := range 500 {
		name := fmt.Sprintf("many/%d/%d.md", i%20, i)
		want = append(want, name)
		b.write(name, "x")
	}
	b.await(want...)
}

func TestChmodIsNothing(t *testing.T) {
	b := watched(t, 0)
	for range 50 {
		if err := os.Chmod(filepath.Join(b.dir, "index.md"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b.write("guide/a.md", "乙")
	if batch := b.await("guide/a.md"); len(batch.Paths) != 1 {
		t.Errorf("paths = %q", batch.Paths)
	}
}

func TestRootComesBack(t *testing.T) {
	b := watched(t, 0)
	if err := os.RemoveAll(b.dir); err != nil {
		t.Fatal(err)
	}
	b.await("index.md", "guide/a.md")
	b.write("index.md", "甲")
	b.await("index.md")
	b.write("index.md", "乙")
	b.await("index.md")
}

func TestLoneFileRoot(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "wenfang.yaml")
	w, err := New([]string{file}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	b := bench{t, dir, w}
	b.write("wenfang.yaml", "title: 甲")
	b.await("wenfang.yaml")
	b.write("wenfang.yaml", "title: 乙")
	b.await("wenfang.yaml")
}

func TestClose(t *testing.T) {
	b := watched(t, 0)
	b.w.Close()
	if _, open := <-b.w.Events(); open {
		t.Error("events go on after Close")
	}
}
