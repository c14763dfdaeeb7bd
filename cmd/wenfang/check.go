package main

import (
	"context"

	"github.com/spf13/cobra"

	"wenfang/internal/diag"
	"wenfang/internal/output"
	"wenfang/internal/render"
)

var checkFormats = []string{"text", "json", "sarif"}

func newCheck(u *ui) *cobra.Command {
	var f siteFlags
	var format string
	cmd := &cobra.Command{
		Use:               "check",
		Short:             u.text("cli.check.short"),
		Long:              u.text("cli.check.long"),
		Example:           "wenfang check\nwenfang check --format sarif > wenfang.sarif",
		Args:              noArgs(u),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf(u, "--format", format, checkFormats); err != nil {
				return err
			}
			return check(cmd.Context(), u, f, format)
		},
	}
	f.register(u, cmd)
	cmd.Flags().StringVar(&format, "format", checkFormats[0], u.text("cli.check.flag.format"))
	completeWith(cmd, "format", checkFormats...)
	return cmd
}

// check prints every problem that can be found without rendering.
func check(ctx context.Context, u *ui, f siteFlags, format string) error {
	snapshot, err := f.load(ctx, u)
	if err != nil {
		return err
	}
	problems := planProblems(output.NewPlan(snapshot, render.NewHighlighter(output.NewMemoryCache()), nil))
	switch format {
	case "json":
		err = diag.WriteJSON(u.out, problems, u.words)
	case "sarif":
		err = diag.WriteSARIF(u.out, problems, u.words, version)
	default:
		err = diag.WriteText(u.out, problems, u.words, u.outStyle)
		u.say(summary(u, problems, len(snapshot.Site.Pages)))
	}
	if err != nil {
		return err
	}
	if problems.Count(diag.Error) > 0 {
		return errContent
	}
	return nil
}

func summary(u *ui, problems diag.List, pages int) string {
	if len(problems) == 0 {
		return u.text("cli.check.well", "pages", pages)
	}
	return u.text("cli.check.count", "errors", problems.Count(diag.Error),
		"warnings", problems.Count(diag.Warning), "infos", problems.Count(diag.Info))
}
