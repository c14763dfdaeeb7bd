package main

import (
	"fmt"
	"os"
	"sync"
)

// program names the running program exactly, so that what another one left beside an output is
// not taken for its own: the version, and how the executable lies on the disk. It is "" where
// that cannot be told.
var program = sync.OnceValue(func() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%s %s %d %d", version, revision(), info.Size(), info.ModTime().UnixNano())
})
