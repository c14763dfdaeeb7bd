package watch

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// disk is what a loop sees in a test: the size of each file that is there.
type disk map[string]int

func (d disk) look(path string) sight {
	size, there := d[path]
	return sight{there: there, empty: there && size == 0}
}

// step is one thing that an editor does: after a while it sets sizes (below 0: removes), and
// the touched paths are signalled.
type step struct {
	after time.Duration
	sizes disk
}

const ms = time.Millisecond

// saves are what editors do to save a.md, step by step; where times differ between
// machines, slow ones.
var saves = map[string][]step{
	"in place":              {{0, disk{"a.md": 0}}, {0, disk{"a.md": 9}}},
	"in place, slowly":      {{0, disk{"a.md": 0}}, {50 * ms, disk{"a.md": 9}}},
	"in pieces":             {{0, disk{"a.md": 0}}, {2 * ms, disk{"a.md": 4}}, {3 * ms, disk{"a.md": 8}}, {3 * ms, disk{"a.md": 9}}},
	"vim":                   {{0, disk{"4913": 0}}, {0, disk{"4913": -1}}, {1 * ms, disk{"a.md": -1, "a.md~": 5}}, {0, disk{"a.md": 0}}, {0, disk{"a.md": 9}}, {25 * ms, disk{"a.md~": -1}}},
	"temporary and rename":  {{0, disk{"a.md.tmp": 0}}, {0, disk{"a.md.tmp": 9}}, {20 * ms, disk{"a.md.tmp": -1, "a.md": 9}}},
	"Word, WPS":             {{0, disk{"~WRL1.tmp": 0}}, {5 * ms, disk{"~WRL1.tmp": 9}}, {5 * ms, disk{"a.md": -1, "~WRL2.tmp": 5}}, {2 * ms, disk{"~WRL1.tmp": -1, "a.md": 9}}, {20 * ms, disk{"~WRL2.tmp": -1}}},
	"Emacs (dangling lock)": {{0, disk{".#a.md": -1}}, {10 * ms, disk{"a.md": 0}}, {0, disk{"a.md": 9}}, {2 * ms, disk{".#a.md": -1}}},
	"removed, then written": {{0, disk{"a.md": -1}}, {40 * ms, disk{"a.md": 0}}, {1 * ms, disk{"a.md": 9}}},
	"Syncthing":             {{0, disk{".syncthing.a.md.tmp": 0}}, {30 * ms, disk{".syncthing.a.md.tmp": 9}}, {0, disk{".syncthing.a.md.tmp": -1, "a.md": 9}}},
}

// settled runs a loop over the steps and returns its batches, and when after the last step
// each came.
func settled(t *testing.T, before disk, steps []step) (batches []Batch, after []time.Duration) {
	t.Helper()
	synctest.Test(t, func(*testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		now := disk{}
		l := loop{known: map[string]bool{}, look: func(path string) sight { return now.look(path) }}
		for path, size := range before {
			now[path], l.known[path] = size, true
		}
		in, out := make(chan signal), make(chan Batch)
		go func() {
			l.run(ctx, in, out)
			close(out)
		}()
		var last time.Time
		done := make(chan bool)
		go func() {
			for b := range out {
				batches = append(batches, b)
				after = append(after, time.Since(last))
			}
			close(done)
		}()
		for _, s := range steps {
			time.Sleep(s.after)
			synctest.Wait()
			var touched []string
			for path, size := range s.sizes {
				if now[path] = size; size < 0 {
					delete(now, path)
				}
				touched = append(touched, path)
			}
			last = time.Now()
			in <- signal{paths: touched}
		}
		time.Sleep(time.Minute)
		cancel()
		<-done
	})
	return batches, after
}

// TestSaves: each way to save is exactly one batch, of the saved file alone, soon after.
func TestSaves(t *testing.T) {
	for name, steps := range saves {
		t.Run(name, func(t *testing.T) {
			batches, after := settled(t, disk{"a.md": 5}, steps)
			if len(batches) != 1 || !slices.Equal(batches[0].Paths, []string{"a.md"}) || batches[0].Rescan {
				t.Fatalf("batches = %+v", batches)
			}
			if after[0] > 5*ms {
				t.Errorf("handed on after %v", after[0])
			}
		})
	}
}

// TestTransient: what came and went is nothing; what went is told; what is new too.
func TestTransient(t *testing.T) {
	batches, _ := settled(t, disk{"a.md": 5}, []step{
		{0, disk{"4913": 0}}, {1 * ms, disk{"4913": -1}},
		{time.Second, disk{"a.md": -1}},
		{time.Second, disk{"b.md": 5}},
		{time.Second, disk{"b.md": -1}},
		{time.Second, disk{"empty.md": 0}},
	})
	var got []string
	for _, b := range batches {
		got = append(got, fmt.Sprint(b.Paths))
	}
	if want := []string{"[a.md]", "[b.md]", "[b.md]", "[empty.md]"}; !slices.Equal(got, want) {
		t.Errorf("batches = %v, want %v", got, want)
	}
}

// TestCheckout: ten thousand files in a second and a half are one batch; a stream that does
// not end is handed on every now and then.
func TestCheckout(t *testing.T) {
	var steps []step
	for i := range 10_000 {
		steps = append(steps, step{150 * time.Microsecond, disk{fmt.Sprintf("%d.md", i): 5}})
	}
	batches, after := settled(t, disk{}, steps)
	if len(batches) != 1 || len(batches[0].Paths) != 10_000 {
		t.Fatalf("%d batches", len(batches))
	}
	if after[0] > 200*ms {
		t.Errorf("handed on after %v", after[0])
	}

	steps = nil
	for range 5_000 {
		steps = append(steps, step{2 * ms, disk{"log.txt": 5}})
	}
	if batches, _ = settled(t, disk{}, steps); len(batches) < 4 || len(batches) > 6 {
		t.Errorf("10 s of writing are %d batches", len(batches))
	}
}

// TestSlowReceiver: while nobody receives, changes gather, and none is lost.
func TestSlowReceiver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		now := disk{"a": 1, "b": 1, "c": 1}
		l := loop{known: map[string]bool{}, look: now.look}
		in, out := make(chan signal), make(chan Batch)
		go l.run(ctx, in, out)
		for _, p := range []string{"a", "b", "c"} {
			in <- signal{paths: []string{p}, notes: []Note{{Path: p}}}
			time.Sleep(time.Second)
		}
		if b := <-out; !slices.Equal(b.Paths, []string{"a", "b", "c"}) || len(b.Notes) != 3 {
			t.Errorf("batch = %+v", b)
		}
	})
}

// TestGoneWhileHandedOn: a file that goes after it was settled and before it is received is
// still reported as gone.
func TestGoneWhileHandedOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		now := disk{"a": 1}
		l := loop{known: map[string]bool{}, look: now.look}
		in, out := make(chan signal), make(chan Batch)
		go l.run(ctx, in, out)
		in <- signal{paths: []string{"a"}}
		time.Sleep(time.Second) // settled
		synctest.Wait()
		delete(now, "a")
		if b := <-out; !slices.Equal(b.Paths, []string{"a"}) {
			t.Errorf("first batch = %+v", b)
		}
		in <- signal{paths: []string{"a"}}
		if b := <-out; !slices.Equal(b.Paths, []string{"a"}) {
			t.Errorf("second batch = %+v", b)
		}
	})
}

// TestRescan names what the receiver knows and is no longer there.
func TestRescan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		l := loop{known: map[string]bool{"gone": true, "here": true}, look: disk{"here": 1}.look}
		in, out := make(chan signal), make(chan Batch)
		go l.run(ctx, in, out)
		in <- signal{rescan: true}
		if b := <-out; !b.Rescan || !slices.Equal(b.Paths, []string{"gone"}) {
			t.Errorf("batch = %+v", b)
		}
	})
}
