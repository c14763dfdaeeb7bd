//go:build unix

package output

import (
	"os"
	"syscall"
)

// tryLock takes the lock of an open file; the system gives it back when the process ends,
// however it ends.
func tryLock(f *os.File) error {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}

// isBusy reports whether a rename may succeed a moment later. Here it never does.
func isBusy(error) bool { return false }
