package watch

import (
	"os"
	"time"
)

// How long is waited after the last event. An editor's save is over within a millisecond or
// two once a file that was there before is there and not empty; one that is missing or empty
// is probably in the middle of being saved, a new one may be an editor's temporary; of many
// files more are likely to follow.
const (
	quietLone = 4 * time.Millisecond
	quietHalf = 60 * time.Millisecond // a lone file that is missing, empty or new
	quietFew  = 30 * time.Millisecond
	quietMany = 120 * time.Millisecond
	few       = 16              // this many files are few
	lookedAt  = 64              // more files than this are not looked at to decide how long to wait
	longest   = 2 * time.Second // from the first event to the batch, whatever happens
)

// sight is what is to be seen of a path now.
type sight struct {
	there bool // a regular file, or a link to one
	empty bool
	known bool // the receiver knows it as there
}

// look looks at the disk. A dangling link (Emacs locks a file with one), a folder, a pipe
// are not there.
func look(path string) sight {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return sight{}
	}
	return sight{there: true, empty: info.Size() == 0}
}

// pending is a change that is not yet handed on.
type pending struct {
	paths       map[string]bool
	rescan      bool
	notes       []Note
	first, last time.Time
}

func newPending(s signal, now time.Time) *pending {
	p := &pending{paths: map[string]bool{}, first: now}
	p.add(s, now)
	return p
}

func (p *pending) add(s signal, now time.Time) {
	for _, path := range s.paths {
		p.paths[path] = true
	}
	p.rescan = p.rescan || s.rescan
	p.notes = append(p.notes, s.notes...)
	p.last = now
}

// soonest returns the earliest moment at which the change can be settled.
func (p *pending) soonest() time.Time {
	return p.bounded(quietLone)
}

// due returns when the change is settled if nothing more happens. At that moment the
// caller asks again, because what is to be seen may have changed.
func (p *pending) due(see func(path string) sight) time.Time {
	return p.bounded(p.quiet(see))
}

func (p *pending) bounded(quiet time.Duration) time.Time {
	due, end := p.last.Add(quiet), p.first.Add(longest)
	if due.After(end) {
		return end
	}
	return due
}

func (p *pending) quiet(see func(path string) sight) time.Duration {
	switch n := len(p.paths); {
	case p.rescan || n > lookedAt:
		return quietMany
	case n == 0:
		return 0 // notes only
	}
	live, whole := 0, true
	for path := range p.paths {
		s := see(path)
		if s.there || s.known {
			live++
			whole = whole && s.there && !s.empty && s.known
		}
	}
	switch {
	case live > few:
		return quietMany
	case live > 1:
		return quietFew
	case live == 1 && whole:
		return quietLone
	}
	return quietHalf
}
