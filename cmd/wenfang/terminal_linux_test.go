package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/sys/unix"
)

func init() { scriptCommands["tty"] = onTerminal }

// onTerminal runs a command whose standard output and error are a terminal of 80 columns;
// stdout is what the terminal was told. The command may end with any code.
func onTerminal(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: tty COMMAND…")
	}
	control, terminal, err := openTerminal()
	ts.Check(err)
	defer control.Close()
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = append(os.Environ(), "LANG="+ts.Getenv("LANG"), "NO_COLOR="+ts.Getenv("NO_COLOR"), "TERM=xterm")
	cmd.Stdout, cmd.Stderr = terminal, terminal
	ts.Check(cmd.Start())
	terminal.Close()
	seen, _ := io.ReadAll(control) // ends with EIO when the command does
	_ = cmd.Wait()
	_, _ = ts.Stdout().Write(seen)
}

// openTerminal returns the two ends of a new pseudo terminal.
func openTerminal() (control, terminal *os.File, err error) {
	control, err = os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		return nil, nil, err
	}
	fd := int(control.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		return nil, nil, err
	}
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		return nil, nil, err
	}
	if err := unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: 80}); err != nil {
		return nil, nil, err
	}
	terminal, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	return control, terminal, err
}
