package watch

import (
	"context"
	"os"
	"time"
)

// defaultPoll is how often the tree is looked at where there are no events.
const defaultPoll = time.Second

// poller finds changes by looking at the whole tree at intervals.
type poller struct {
	scope
	every time.Duration
	state map[string]stamp
	told  map[string]bool // folders that were said to be unreadable
}

func newPoller(sc scope, every time.Duration) (*poller, []Note) {
	p := &poller{scope: sc, every: every, told: map[string]bool{}}
	var notes []Note
	p.state, notes = p.see()
	return p, notes
}

// see returns the files of the tree as they are now.
func (p *poller) see() (map[string]stamp, []Note) {
	state := map[string]stamp{}
	var notes []Note
	t := tree{}
	w := walker{
		scope: p.scope,
		enter: func(string) error { return nil },
		unreadable: func(dir string, err error) {
			if !p.told[dir] {
				p.told[dir] = true
				notes = append(notes, Note{ID: NoteUnreadable, Path: dir, Err: err})
			}
		},
	}
	for _, root := range p.roots {
		info, err := os.Stat(root)
		switch {
		case err != nil:
		case info.IsDir():
			_ = w.walk(t, root) // enter never fails
			t.files(root, func(path string, s stamp) { state[path] = s })
		default:
			state[root] = stampOf(info)
		}
	}
	return state, notes
}

func (p *poller) files() []string {
	files := make([]string, 0, len(p.state))
	for path := range p.state {
		files = append(files, path)
	}
	return files
}

func (p *poller) close() {}

func (p *poller) run(ctx context.Context, out chan<- signal) error {
	ticker := time.NewTicker(p.every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
		state, notes := p.see()
		paths := differences(p.state, state)
		p.state = state
		send(ctx, out, signal{paths: paths, notes: notes})
	}
}
