package output

import (
	"path/filepath"
	"testing"
)

// HoldLock takes the lock of an output folder for a test.
func HoldLock(t *testing.T, dir string) (unlock func()) {
	t.Helper()
	unlock, err := lock(filepath.Join(filepath.Dir(dir), WorkFolder))
	if err != nil {
		t.Fatal(err)
	}
	return unlock
}
