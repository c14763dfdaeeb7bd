package main

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wenfang/internal/diag"
	"wenfang/internal/output"
	"wenfang/internal/render"
	"wenfang/internal/search"
)

// defaultLimit is how many results search lists.
const defaultLimit = 10

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
		Example:           u.text("cli.search.example"),
		Args:              someArgs(u, 1, true),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.search(cmd.Context(), u, strings.Join(args, " "))
		},
	}
	f.register(u, cmd)
	flags := cmd.Flags()
	flags.IntVar(&f.limit, "limit", defaultLimit, u.text("cli.search.flag.limit"))
	flags.BoolVar(&f.json, "json", false, u.text("cli.search.flag.json"))
	return cmd
}

// found is one result. Its keys are those of the page API, and an interface.
type found struct {
	URL     string  `json:"url"`
	Path    string  `json:"path"`
	Title   string  `json:"title"`
	Heading string  `json:"heading"`
	Anchor  string  `json:"anchor"`
	Kind    string  `json:"kind"`
	Score   float64 `json:"score"`
	Excerpt string  `json:"excerpt"`

	marks []search.Span // in Excerpt
	exact bool          // it holds the query
	words string        // it holds these in place of the query
}

// search answers a query from the index that the site would be published with.
func (f *searchFlags) search(ctx context.Context, u *ui, query string) error {
	if strings.TrimSpace(query) == "" {
		return usage(u.text("cli.search.error.empty"))
	}
	if f.limit < 0 {
		return atLeast(u, "--limit", 0, f.limit)
	}
	snapshot, err := f.load(ctx, u, nil)
	if err != nil {
		return err
	}
	plan := output.NewPlan(snapshot, render.NewHighlighter(output.NewMemoryCache()), nil)
	results, err := f.results(plan, query)
	if err != nil {
		return err
	}
	switch {
	case f.json:
		return diag.EncodeJSON(u.out, results)
	case len(results) == 0:
		u.note(u.text("cli.search.none", "query", query))
	}
	if words := instead(results); words != "" {
		u.note(u.text("cli.search.instead", "query", query, "words", words))
	}
	for _, r := range results {
		u.result(r)
	}
	return nil
}

// instead is what was found in place of the query, if nothing holds the query itself.
func instead(results []found) string {
	if len(results) == 0 || slices.ContainsFunc(results, func(r found) bool { return r.exact }) {
		return ""
	}
	return results[0].words
}

func (f *searchFlags) results(plan *output.Plan, query string) ([]found, error) {
	reader, err := plan.Search()
	if err != nil {
		return nil, err
	}
	hits, err := reader.Search(query, search.Options{Limit: f.limit})
	if err != nil {
		return nil, err
	}
	results := make([]found, 0, len(hits))
	for _, hit := range hits {
		excerpt, err := reader.Excerpt(hit, query)
		if err != nil {
			return nil, err
		}
		results = append(results, found{
			URL: hit.URL, Path: hit.Path, Title: hit.Title, Heading: hit.Heading, Anchor: hit.Anchor, Kind: hit.Kind,
			Score: hit.Score, Excerpt: excerpt.Text, marks: excerpt.Marks, exact: hit.Exact, words: hit.Words,
		})
	}
	return results, nil
}

// result prints one result for people: its names, its address, its excerpt.
func (u *ui) result(r found) {
	names := diag.Escape(r.Title)
	if r.Heading != "" {
		names += " › " + diag.Escape(r.Heading)
	}
	u.say(u.outStyle.Strong(names))
	address, err := url.PathUnescape(r.URL)
	if err != nil {
		address = r.URL
	}
	u.say("    " + diag.Escape(address))
	if r.Excerpt == "" {
		return
	}
	var b strings.Builder
	done := 0
	for _, m := range r.marks {
		b.WriteString(diag.Escape(r.Excerpt[done:m.Start]) + u.outStyle.Strong(diag.Escape(r.Excerpt[m.Start:m.End])))
		done = m.End
	}
	u.say("    " + b.String() + diag.Escape(r.Excerpt[done:]))
}
