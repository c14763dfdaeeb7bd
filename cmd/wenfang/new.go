package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wenfang/internal/config"
)

func newNew(u *ui) *cobra.Command {
	var title string
	cmd := &cobra.Command{
		Use:     "new " + strings.Join(starterKinds, "|") + " " + u.text("cli.new.path"),
		Short:   u.text("cli.new.short"),
		Long:    u.text("cli.new.long"),
		Example: "wenfang new guide content/guide/huiwu.md --title " + u.text("cli.new.example-title"),
		Args:    someArgs(u, 2, false),
		RunE: func(cmd *cobra.Command, args []string) error {
			lang, _ := cmd.Flags().GetString("lang")
			return createPage(u, args[0], args[1], title, lang)
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return starterKinds, cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveDefault
		},
	}
	cmd.Flags().StringVar(&title, "title", "", u.text("cli.new.flag.title"))
	return cmd
}

// createPage writes the file that a new page starts from, in the language of the site that
// it will belong to.
func createPage(u *ui, kind, name, title, lang string) error {
	if err := oneOf(u, u.text("cli.new.kind"), kind, starterKinds); err != nil {
		return err
	}
	switch ext := filepath.Ext(name); {
	case strings.HasSuffix(name, "/") || strings.HasSuffix(name, string(filepath.Separator)):
		return usage(u.text("cli.new.error.folder", "path", name))
	case !strings.EqualFold(ext, ".md") && !strings.EqualFold(ext, ".markdown"):
		name += ".md"
	}
	if title == "" {
		base := filepath.Base(name)
		title = strings.TrimSuffix(base, filepath.Ext(base))
	}
	day, err := today(u, os.Getenv, time.Now())
	if err != nil {
		return err
	}
	if lang == "" {
		lang = siteLanguage(siteAbove(filepath.Dir(name)))
	}
	err = writeNew(name, starter(lang, kind, title, day))
	if errors.Is(err, fs.ErrExist) {
		return usage(u.text("cli.error.exists", "path", name))
	}
	if err != nil {
		return err
	}
	u.say(u.text("cli.new.done", "path", name))
	return nil
}

// siteAbove returns the nearest folder, dir or above it, that holds a configuration file;
// "" when there is none.
func siteAbove(dir string) string {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, config.FileName)); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}
