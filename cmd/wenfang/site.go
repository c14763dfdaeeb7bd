package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"wenfang/assets"
	"wenfang/internal/config"
	"wenfang/internal/diag"
	"wenfang/internal/output"
	"wenfang/internal/project"
	"wenfang/internal/theme"
	"wenfang/layouts"
)

// defaultOut is where a site is written below its folder.
const defaultOut = "public"

// siteFlags are the flags of every verb that reads a site.
type siteFlags struct {
	site    string
	out     string
	baseURL string
	drafts  bool
	jobs    int
}

// register adds the flag that all such verbs have.
func (f *siteFlags) register(u *ui, cmd *cobra.Command) {
	cmd.Flags().SortFlags = false
	cmd.Flags().StringVar(&f.site, "site", ".", u.text("cli.flag.site"))
	if err := cmd.MarkFlagDirname("site"); err != nil {
		panic(err) // the flag does not exist
	}
}

func (f *siteFlags) registerDrafts(u *ui, cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.drafts, "drafts", false, u.text("cli.flag.drafts"))
}

// outDir returns where the site is written: a path on the command line counts from here,
// the default from the site.
func (f *siteFlags) outDir() string {
	if f.out != "" {
		return f.out
	}
	return filepath.Join(f.site, defaultOut)
}

// options checks the flags and returns what a project is made from.
func (f *siteFlags) options(u *ui) (project.Options, error) {
	var none project.Options
	info, err := os.Stat(f.site)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return none, usage(u.text("cli.error.no-site", "dir", f.site))
	}
	if err != nil {
		return none, err
	}
	base, example := config.CleanBaseURL(f.baseURL)
	if example != "" {
		return none, usage(u.text("cli.error.base-url", "value", f.baseURL, "example", example))
	}
	if f.jobs < 0 {
		return none, atLeast(u, "--jobs", 0, f.jobs)
	}
	day, err := today(u, os.Getenv, time.Now())
	if err != nil {
		return none, err
	}
	return project.Options{
		Dir: f.site, Out: f.outDir(), BaseURL: base, Drafts: f.drafts, Jobs: f.jobs,
		Version: version, Today: day, Layouts: layouts.FS, Assets: assets.FS,
	}, nil
}

// atLeast refuses a number that is too small.
func atLeast(u *ui, flag string, least, value int) error {
	return usage(u.text("cli.error.number", "flag", flag, "least", least, "value", strconv.Itoa(value)))
}

// load reads the site once. Bundles are taken from kept where it has them; it may be nil.
func (f *siteFlags) load(ctx context.Context, u *ui, kept theme.Cache) (*project.Snapshot, error) {
	o, err := f.options(u)
	if err != nil {
		return nil, err
	}
	o.Bundles = kept
	return project.New(o).Load(ctx, nil)
}

// planProblems returns everything that is known to be wrong before a page is rendered.
func planProblems(plan *output.Plan) diag.List {
	return slices.Concat(plan.Snapshot().Problems(), plan.Problems()).Sort()
}

// without returns the problems of another severity than s.
func without(l diag.List, s diag.Severity) diag.List {
	var rest diag.List
	for _, d := range l {
		if d.Severity != s {
			rest = append(rest, d)
		}
	}
	return rest
}
