package main

import (
	"os"

	"golang.org/x/sys/windows"
)

// enableColor makes the console obey colours and reports whether it does.
func enableColor(f *os.File) bool {
	handle := windows.Handle(f.Fd())
	var mode uint32
	if err := windows.GetConsoleMode(handle, &mode); err != nil {
		return false
	}
	return windows.SetConsoleMode(handle, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}
