package output

import (
	"path/filepath"
	"testing"
)

// All returns every output of a plan, for the laws.
func (p *Plan) All() []Output { return append(p.besideSearch(), p.search().outputs...) }

// HoldLock takes the lock of an output folder for a test.
func HoldLock(t *testing.T, dir string) (unlock func()) {
	t.Helper()
	unlock, err := lock(filepath.Join(filepath.Dir(dir), WorkFolder))
	if err != nil {
		t.Fatal(err)
	}
	return unlock
}
