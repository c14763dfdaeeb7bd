package main

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is the program's version. It is written into every site, so it names the source
// and nothing of the machine that compiled it.
const version = "0.1.0"

func newVersion(u *ui) *cobra.Command {
	return &cobra.Command{
		Use:               "version",
		Short:             u.text("cli.version.short"),
		Args:              noArgs(u),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(*cobra.Command, []string) error {
			line := "wenfang " + version
			if revision := revision(); revision != "" {
				line += " (" + revision + ")"
			}
			u.say(line + " " + runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH)
			return nil
		},
	}
}

// revision returns the commit that the program was compiled from, marked when the tree had
// changes, or "".
func revision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	revision, mark := "", ""
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			revision = s.Value[:min(12, len(s.Value))]
		case "vcs.modified":
			if s.Value == "true" {
				mark = "+"
			}
		}
	}
	if revision == "" {
		return ""
	}
	return revision + mark
}
