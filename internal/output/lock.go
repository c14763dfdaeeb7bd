package output

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// lock lets one build at a time use a work folder. The file says who holds it.
func lock(work string) (unlock func(), err error) {
	name := filepath.Join(work, "lock")
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	if tryLock(f) != nil {
		holder, _ := os.ReadFile(name) // the name of the holder is a courtesy
		f.Close()
		return nil, &LockedError{Folder: filepath.Dir(work), Process: strings.TrimSpace(string(holder))}
	}
	if err := f.Truncate(0); err == nil {
		fmt.Fprintln(f, os.Getpid())
	}
	return func() { f.Close() }, nil
}

// LockedError means that another build is publishing to the same place.
type LockedError struct {
	Folder  string
	Process string // its process number
}

func (e *LockedError) Error() string {
	return fmt.Sprintf("%s: another build is at work (process %s)", e.Folder, e.Process)
}
