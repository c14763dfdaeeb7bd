package main

import (
	"errors"
	"flag"
	"os/exec"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what the scripts' cmp commands find into the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"wenfang": main})
}

// scriptCommands are the commands of the scripts besides testscript's own.
var scriptCommands = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	"exits":   exits,
	"preview": startPreview,
	"get":     get,
	"await":   await,
	"noted":   awaitNote,
	"halt":    stopPreview,
}

// TestScripts runs testdata/script/VERB_CASE.txtar: each is a small site, what is done with
// it, and what must come of it. Besides testscript's own commands there are
//
//	exits CODE COMMAND…   runs a command, which must end with this exit code
//	preview [ARG…]        starts wenfang serve on a free port of this machine
//	get PATH [STATUS]     asks the preview for a path (status 200); stdout is the body
//	await PATH PATTERN    asks again until the body matches, at most 20 seconds
//	noted PATTERN         waits until its standard error matches
//	halt                  presses Ctrl+C; stdout and stderr are what the preview has said
//	tty COMMAND…          runs a command on a terminal (Linux only)
//
// The locale names no language, so that the site decides unless a script sets LANG.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                "testdata/script",
		UpdateScripts:      *update,
		RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("LANG", "C")
			env.Values[previewKey{}] = &running{}
			return nil
		},
		Cmds: scriptCommands,
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}
