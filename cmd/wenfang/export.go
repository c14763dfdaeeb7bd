package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wenfang/internal/diag"
	"wenfang/internal/document"
	"wenfang/internal/official"
	"wenfang/internal/project"
	"wenfang/internal/site"
)

// exportFormats are what a document can be taken away as.
var exportFormats = []string{"docx", "txt"}

// exportFlags are the flags of export.
type exportFlags struct {
	siteFlags
	to    string
	set   []string
	data  string
	fonts string
}

func newExport(u *ui) *cobra.Command {
	var f exportFlags
	cmd := &cobra.Command{
		Use:     "export " + strings.Join(exportFormats, "|") + " " + u.text("cli.export.page"),
		Short:   u.text("cli.export.short"),
		Long:    u.text("cli.export.long"),
		Example: u.text("cli.export.example"),
		Args:    someArgs(u, 2, false),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.export(cmd.Context(), u, args[0], args[1])
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			switch len(args) {
			case 0:
				return exportFormats, cobra.ShellCompDirectiveNoFileComp
			case 1:
				return f.pages(cmd.Context(), u), cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveNoFileComp
		},
	}
	f.register(u, cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.to, "out", "", u.text("cli.export.flag.out"))
	flags.StringArrayVar(&f.set, "set", nil, u.text("cli.export.flag.set"))
	flags.StringVar(&f.data, "data", "", u.text("cli.export.flag.data"))
	flags.StringVar(&f.fonts, "fonts", official.Profiles[0].ID, u.text("cli.export.flag.fonts"))
	f.registerDrafts(u, cmd)
	completeWith(cmd, "fonts", profileIDs()...)
	return cmd
}

func profileIDs() []string {
	var ids []string
	for _, p := range official.Profiles {
		ids = append(ids, p.ID)
	}
	return ids
}

// pages lists what can be exported, for the shell.
func (f *exportFlags) pages(ctx context.Context, u *ui) []string {
	snapshot, err := f.load(ctx, u, nil)
	if err != nil {
		return nil
	}
	return exportable(snapshot)
}

// exportable returns the pages that hold a document, as they are named on the command line.
func exportable(s *project.Snapshot) []string {
	var names []string
	for _, p := range s.Site.Pages {
		if hasDocument(p) {
			names = append(names, strings.TrimSuffix(p.Doc.Path, filepath.Ext(p.Doc.Path)))
		}
	}
	return names
}

func hasDocument(p *site.Page) bool {
	return p.Doc != nil && (p.Doc.Meta.Kind == document.KindTemplate || p.Doc.Meta.Kind == document.KindSample)
}

// export writes the document of a page, filled in.
func (f *exportFlags) export(ctx context.Context, u *ui, format, name string) error {
	if err := oneOf(u, u.text("cli.export.format"), format, exportFormats); err != nil {
		return err
	}
	if err := oneOf(u, "--fonts", f.fonts, profileIDs()); err != nil {
		return err
	}
	f.siteFlags.out = "" // of the site, which is not written
	snapshot, err := f.load(ctx, u, nil)
	if err != nil {
		return err
	}
	page, err := findPage(u, snapshot, name)
	if err != nil {
		return err
	}
	if problems := snapshot.InSite(page.Doc.Problems); problems.Count(diag.Error) > 0 {
		u.problems(problems)
		return errContent
	}
	values, err := f.values(u, page.Doc.Meta.Fields)
	if err != nil {
		return err
	}
	filled := official.Fill(page.Doc.Form(), values)
	set := official.Compose(filled)
	if format == "txt" {
		return f.write(u, filled, ".txt", []byte(official.Text(set, official.TextOptions{})))
	}
	return f.write(u, filled, ".docx", official.Word(filled.Format, set, official.ProfileByID(f.fonts)))
}

// findPage finds a page by its path below the content root, with or without its ending, or by
// the path of its file.
func findPage(u *ui, s *project.Snapshot, name string) (*site.Page, error) {
	key := func(path string) string { return strings.TrimSuffix(path, filepath.Ext(path)) }
	want := key(strings.TrimPrefix(filepath.ToSlash(filepath.Clean(name)), "./"))
	for _, p := range s.Site.Pages {
		if hasDocument(p) && (key(p.Doc.Path) == want || strings.HasSuffix(want, "/"+key(p.Doc.Path))) {
			return p, nil
		}
	}
	return nil, &usageError{
		message: u.text("cli.export.error.page", "page", name),
		advice:  u.near(want, exportable(s)),
	}
}

// write writes a file, or to standard output for text without --out and for --out -. A name
// that the program chose itself replaces nothing.
func (f *exportFlags) write(u *ui, d *official.Document, ext string, data []byte) error {
	path := f.to
	switch {
	case path == "-" || path == "" && ext == ".txt":
		_, err := u.out.Write(data)
		return err
	case path == "":
		path = official.FileName(d) + ext
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			return usage(u.text("cli.error.exists", "path", path))
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		return err
	}
	u.say(u.text("cli.export.done", "path", path, "left", len(gaps(d))))
	return nil
}

// gaps returns the fields that are not filled in.
func gaps(d *official.Document) []string {
	var names []string
	for _, p := range official.Compose(d) {
		for _, l := range append(p.Cells, p.Runs) {
			for _, r := range l {
				if r.Gap && !slices.Contains(names, r.Field) {
					names = append(names, r.Field)
				}
			}
		}
	}
	return names
}
