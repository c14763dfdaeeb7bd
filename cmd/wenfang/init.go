package main

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wenfang/content"
	"wenfang/internal/config"
	"wenfang/internal/diag"
	"wenfang/internal/document"
)

func newInit(u *ui) *cobra.Command {
	var handbook bool
	cmd := &cobra.Command{
		Use:     "init " + u.text("cli.init.dir"),
		Short:   u.text("cli.init.short"),
		Long:    u.text("cli.init.long"),
		Example: "wenfang init handbook\nwenfang serve --site handbook --open",
		Args:    someArgs(u, 1, false),
		RunE: func(cmd *cobra.Command, args []string) error {
			lang, _ := cmd.Flags().GetString("lang")
			if lang == "" {
				lang = config.Default().Language // the handbook's own, whatever the terminal's
			}
			return createSite(u, args[0], lang, handbook)
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
	}
	cmd.Flags().BoolVar(&handbook, "handbook", false, u.text("cli.init.flag.handbook"))
	return cmd
}

// createSite writes a site into dir, or nothing when one of its files is there already.
func createSite(u *ui, dir, lang string, handbook bool) error {
	day, err := today(u, os.Getenv, time.Now())
	if err != nil {
		return err
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return usage(u.text("cli.error.exists", "path", dir))
	}
	files, err := siteFiles(lang, handbook, day)
	if err != nil {
		return err
	}
	names := slices.Sorted(maps.Keys(files))
	if name := existing(dir, names); name != "" {
		return usage(u.text("cli.error.exists", "path", name))
	}
	for _, name := range names {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := writeNew(full, files[name]); errors.Is(err, fs.ErrExist) {
			return usage(u.text("cli.error.exists", "path", full))
		} else if err != nil {
			return err
		}
	}
	u.say(u.text("cli.init.done", "n", len(names), "dir", dir))
	u.say(u.text("cli.init.next", "dir", dir))
	return nil
}

// siteFiles returns the files of a new site by path: the starter's small one, or the whole
// handbook with the starter's configuration.
func siteFiles(lang string, handbook bool, day document.Date) (map[string][]byte, error) {
	small := path.Join("starter", lang, "site")
	files := map[string][]byte{}
	if handbook {
		files[config.FileName] = mustReadStarter(path.Join(lang, "site", config.FileName))
		return files, addFiles(files, content.FS, ".", "content", func(data []byte) []byte { return data })
	}
	err := addFiles(files, starterFS, small, "", func(data []byte) []byte { return fillStarter(data, "", day) })
	words := diag.WordsFor(lang)
	files["content/guide/huiwu.md"] = starter(lang, "guide", words.Text("cli.init.title-guide"), day)
	files["content/templates/tongzhi.md"] = starter(lang, "template", words.Text("cli.init.title-template"), day)
	files["content/samples/tongzhi.md"] = starter(lang, "sample", words.Text("cli.init.title-sample"), day)
	return files, err
}

// addFiles puts the files of fsys below root under the folder into. Only what a site is
// made of is taken: the package that embeds the handbook is no part of it.
func addFiles(files map[string][]byte, fsys fs.FS, root, into string, change func([]byte) []byte) error {
	return fs.WalkDir(fsys, root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) == ".go" {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		rel := strings.TrimPrefix(strings.TrimPrefix(name, root), "/")
		files[path.Join(into, rel)] = change(data)
		return nil
	})
}
