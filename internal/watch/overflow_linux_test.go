package watch

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// TestOverflow makes the system lose events for real: the source is held up while more of
// them happen than its queue holds. What was made, renamed and removed meanwhile is known
// afterwards, and watched under its new name.
func TestOverflow(t *testing.T) {
	data, err := os.ReadFile("/proc/sys/fs/inotify/max_queued_events")
	if err != nil {
		t.Fatal(err)
	}
	limit, err := strconv.Atoi(strings.TrimSpace(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	b := bench{t, t.TempDir(), nil}
	for _, name := range []string{"index.md", "guide/a.md", "gone/b.md", "hold/x"} {
		b.write(name, "甲")
	}
	held, release := make(chan bool), make(chan bool)
	var once sync.Once
	b.w, err = New([]string{b.dir}, Options{Ignore: func(path string, _ bool) bool {
		if filepath.Base(path) == "held" {
			once.Do(func() {
				held <- true
				<-release
			})
		}
		return false
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.w.Close)
	b.write("hold/held", "x")
	<-held
	// Changes of mode fill the queue fastest; equal events in a row are one.
	files := []string{filepath.Join(b.dir, "index.md"), filepath.Join(b.dir, "hold", "x")}
	for i := range limit + 10_000 {
		if err := os.Chmod(files[i%2], 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 30 {
		b.write(fmt.Sprintf("new/%d/c.md", i), "丙")
	}
	for _, err := range []error{
		os.Rename(filepath.Join(b.dir, "guide"), filepath.Join(b.dir, "renamed")),
		os.RemoveAll(filepath.Join(b.dir, "gone")),
		os.Remove(filepath.Join(b.dir, "hold", "held")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	close(release)
	batch := b.await("new/0/c.md", "new/29/c.md", "guide/a.md", "renamed/a.md", "gone/b.md")
	if !batch.Rescan {
		t.Errorf("no rescan: %+v", batch.Notes)
	}
	for _, name := range []string{"renamed/a.md", "new/7/c.md", "index.md"} {
		b.write(name, "changed again")
		b.await(name)
	}
}
