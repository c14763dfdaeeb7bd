package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"wenfang/internal/diag"
	"wenfang/internal/output"
	"wenfang/internal/render"
	"wenfang/internal/search"
)

// searchFlags are the flags of search.
type searchFlags struct {
	siteFlags
	limit int
	json  bool
}

func newSearch(u *ui) *cobra.Command {
	var f searchFlags
	cmd := &cobra.Command{
		Use:               "search " + u.text("cli.search.query"),
		Short:             u.text("cli.search.short"),
		Long:              u.text("cli.search.long"),
		Example:           "wenfang search 会议通知\nwenfang search --json --limit 5 会议通知",
		Args:              someArgs(u, 1, true),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			return find(cmd, u, f, strings.Join(args, " "))
		},
	}
	f.register(u, cmd)
	flags := cmd.Flags()
	flags.IntVar(&f.limit, "limit", 10, u.text("cli.search.flag.limit"))
	flags.BoolVar(&f.json, "json", false, u.text("cli.search.flag.json"))
	return cmd
}

// found is a result. Its keys are those of the page API, and an excerpt.
type found struct {
	URL     string  `json:"url"`
	Path    string  `json:"path"`
	Title   string  `json:"title"`
	Heading string  `json:"heading"`
	Anchor  string  `json:"anchor"`
	Kind    string  `json:"kind"`
	Score   float64 `json:"score"`
	Excerpt string  `json:"excerpt"`
}

func find(cmd *cobra.Command, u *ui, f searchFlags, query string) error {
	if strings.TrimSpace(query) == "" {
		return usage(u.text("cli.search.error.empty"))
	}
	if f.limit < 0 {
		return atLeast(u, "--limit", 0, f.limit)
	}
	snapshot, err := f.load(cmd.Context(), u)
	if err != nil {
		return err
	}
	reader, err := output.NewPlan(snapshot, render.NewHighlighter(output.NewMemoryCache())).Search()
	if err != nil {
		return err
	}
	results, err := reader.Search(query, search.Options{Limit: f.limit})
	if err != nil {
		return err
	}
	list := make([]found, 0, len(results))
	for _, r := range results {
		excerpt, err := reader.Excerpt(r, query)
		if err != nil {
			return err
		}
		list = append(list, found{r.URL, r.Path, r.Title, r.Heading, r.Anchor, r.Kind, r.Score, excerpt.Text})
		if !f.json {
			u.say(u.resultLine(r, excerpt))
		}
	}
	if f.json {
		e := json.NewEncoder(u.out)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(list)
	}
	if len(list) == 0 {
		u.note(u.text("cli.search.none", "query", query))
	}
	return nil
}

// resultLine shows a result in two lines: where it is, and its words with the hits marked on a
// terminal.
func (u *ui) resultLine(r search.Result, e search.Excerpt) string {
	name := r.Title
	if r.Heading != "" {
		name += " › " + r.Heading
	}
	var b strings.Builder
	at := 0
	for _, m := range e.Marks {
		b.WriteString(diag.Escape(e.Text[at:m.Start]))
		b.WriteString(u.mark(diag.Escape(e.Text[m.Start:m.End])))
		at = m.End
	}
	b.WriteString(diag.Escape(e.Text[at:]))
	return fmt.Sprintf("%s  %s\n    %s", diag.Escape(name), diag.Escape(r.URL), b.String())
}

// mark shows text in bold on a terminal with colours.
func (u *ui) mark(text string) string {
	if !u.outStyle.Color {
		return text
	}
	return "\x1b[1m" + text + "\x1b[0m"
}
