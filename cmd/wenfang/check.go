package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"wenfang/internal/check"
	"wenfang/internal/config"
	"wenfang/internal/diag"
	"wenfang/internal/output"
	"wenfang/internal/render"
	"wenfang/internal/source"
)

var checkFormats = []string{"text", "json", "sarif"}

// checkFlags are the flags of check.
type checkFlags struct {
	siteFlags
	format   string
	genre    string
	baseline string
	update   bool
	fix      bool
	rules    bool
}

func newCheck(u *ui) *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:     "check " + u.text("cli.check.args"),
		Short:   u.text("cli.check.short"),
		Long:    u.text("cli.check.long"),
		Example: u.text("cli.check.example"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.run(cmd, u, args)
		},
	}
	f.register(u, cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.genre, "genre", "", u.text("cli.check.flag.genre"))
	flags.StringVar(&f.format, "format", checkFormats[0], u.text("cli.check.flag.format"))
	flags.BoolVar(&f.fix, "fix", false, u.text("cli.check.flag.fix"))
	flags.StringVar(&f.baseline, "baseline", "", u.text("cli.check.flag.baseline"))
	flags.BoolVar(&f.update, "update-baseline", false, u.text("cli.check.flag.update"))
	flags.BoolVar(&f.rules, "rules", false, u.text("cli.check.flag.rules"))
	completeWith(cmd, "format", checkFormats...)
	completeWith(cmd, "genre", check.Genres()...)
	return cmd
}

func (f *checkFlags) run(cmd *cobra.Command, u *ui, args []string) error {
	ctx := cmd.Context()
	if err := oneOf(u, "--format", f.format, checkFormats); err != nil {
		return err
	}
	if f.genre != "" {
		if err := oneOf(u, "--genre", f.genre, check.Genres()); err != nil {
			return err
		}
	}
	switch {
	case f.update && f.baseline == "":
		return usage(u.text("cli.error.baseline"))
	case f.fix && len(args) == 0:
		return &usageError{u.text("cli.error.missing", "command", "check --fix", "use", u.useLine(cmd)), u.helpAdvice(cmd)}
	case f.rules:
		return f.listRules(ctx, u)
	case len(args) > 0:
		return f.checkDrafts(ctx, u, args)
	}
	return f.checkSite(ctx, u)
}

// checkSite prints every problem of the site that can be found without rendering, and what the
// rules of writing find in its samples and in its templates, filled in.
func (f *checkFlags) checkSite(ctx context.Context, u *ui) error {
	snapshot, err := f.load(ctx, u, nil)
	if err != nil {
		return err
	}
	desk, problems := newDesk(u, snapshot.Config, f.genre)
	problems = append(problems, planProblems(output.NewPlan(snapshot, render.NewHighlighter(output.NewMemoryCache()), nil))...)
	for _, page := range snapshot.Site.Pages {
		problems = append(problems, snapshot.InSite(desk.page(page.Doc))...)
	}
	problems = problems.Sort()
	return f.tell(u, problems, func() string { return summary(u, problems, len(snapshot.Site.Pages)) })
}

// tell prints problems in the form that was asked for, with one line at the end for people.
func (f *checkFlags) tell(u *ui, problems diag.List, last func() string) error {
	var err error
	switch f.format {
	case "json":
		err = diag.WriteJSON(u.out, problems, u.words)
	case "sarif":
		err = diag.WriteSARIF(u.out, problems, u.words, version)
	default:
		err = diag.WriteText(u.out, folded(u, problems), u.words, u.outStyle)
		u.say(last())
	}
	if err != nil {
		return err
	}
	if problems.Count(diag.Error) > 0 {
		return errContent
	}
	return nil
}

// folded leaves of the findings of one rule in one file the first three, for people; the third says
// how many more there are.
func folded(u *ui, problems diag.List) diag.List {
	const most = 3
	type place struct{ path, id string }
	count := map[place]int{}
	for _, p := range problems {
		count[place{p.Path, p.ID}]++
	}
	seen := map[place]int{}
	var shown diag.List
	for _, p := range problems {
		at := place{p.Path, p.ID}
		seen[at]++
		switch more := count[at] - most; {
		case p.Said == nil || seen[at] < most || more <= 0:
			shown = append(shown, p)
		case seen[at] == most:
			said := *p.Said
			said.Hint += u.words.Text("cli.check.folded", "more", more)
			p.Said = &said
			shown = append(shown, p)
		}
	}
	return shown
}

func summary(u *ui, problems diag.List, pages int) string {
	if len(problems) == 0 {
		return u.text("cli.check.well", "pages", pages)
	}
	return u.text("cli.check.count", "errors", problems.Count(diag.Error),
		"warnings", problems.Count(diag.Warning), "infos", problems.Count(diag.Info))
}

// readConfig reads the configuration beside the drafts, if there is one.
func (f *checkFlags) readConfig() (*config.Config, diag.List, error) {
	raw, err := os.ReadFile(filepath.Join(f.site, config.FileName))
	if errors.Is(err, fs.ErrNotExist) {
		return config.Default(), nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	file, problems := source.NewFile(config.FileName, raw)
	c, more := config.Parse(file)
	return c, append(problems, more...), nil
}
