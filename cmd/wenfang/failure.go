package main

import (
	"errors"
	"io/fs"
	"syscall"

	"wenfang/internal/output"
)

// failure says what of the machine failed: the reason in words where it is a common one,
// and the system's own words with the path.
func (u *ui) failure(err error) string {
	var locked *output.LockedError
	if errors.As(err, &locked) {
		return u.text("cli.failure.locked", "process", locked.Process, "folder", locked.Folder)
	}
	key := "cli.failure.other"
	switch {
	case errors.Is(err, fs.ErrPermission):
		key = "cli.failure.permission"
	case errors.Is(err, syscall.ENOSPC):
		key = "cli.failure.full"
	case errors.Is(err, syscall.EROFS):
		key = "cli.failure.read-only"
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		key = "cli.failure.files"
	case errors.Is(err, syscall.EADDRINUSE):
		key = "cli.failure.port"
	case errors.Is(err, fs.ErrNotExist):
		key = "cli.failure.missing"
	}
	return u.text(key, "detail", err)
}
