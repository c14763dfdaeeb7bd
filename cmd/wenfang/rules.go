package main

import (
	"context"
	"strings"

	"wenfang/internal/check"
	"wenfang/internal/diag"
	"wenfang/internal/site"
)

// ruleRecord is a rule as other programs read it, with the pages of the site that show its faces.
type ruleRecord struct {
	ID       string              `json:"id"`
	Group    string              `json:"group"`
	Severity check.Severity      `json:"severity"`
	Force    string              `json:"force"`
	Why      string              `json:"why"`
	Source   string              `json:"source"`
	Bad      string              `json:"bad"`
	Good     string              `json:"good"`
	Faces    map[string][]string `json:"faces"`
	Lacks    []string            `json:"lacks"`
}

// faces are the four that pages give a rule; the fifth, the checker, every rule has.
var faces = []string{"guide", "template", "sample", "question"}

// listRules prints every rule and the faces that it lacks in the site.
func (f *checkFlags) listRules(ctx context.Context, u *ui) error {
	snapshot, err := f.load(ctx, u, nil)
	if err != nil {
		return err
	}
	shown := snapshot.Site.Faces()
	records := make([]ruleRecord, 0, len(check.Rules()))
	whole := 0
	for _, r := range check.Rules() {
		record := ruleRecord{ID: r.ID, Group: r.Group, Severity: r.Severity, Force: r.Force, Why: r.Why, Source: r.Source, Bad: r.Bad, Good: r.Good, Faces: pathsOf(shown[r.ID]), Lacks: []string{}}
		for _, face := range faces {
			if len(record.Faces[face]) == 0 {
				record.Lacks = append(record.Lacks, face)
			}
		}
		if len(record.Lacks) == 0 {
			whole++
		}
		records = append(records, record)
	}
	if f.format == "json" {
		return diag.EncodeJSON(u.out, records)
	}
	names := map[string]string{
		"guide": u.text("cli.check.face.guide"), "template": u.text("cli.check.face.template"),
		"sample": u.text("cli.check.face.sample"), "question": u.text("cli.check.face.question"),
	}
	var rows [][2]string
	for _, r := range records {
		line := r.Group + " · " + r.Force + " · " + r.Why
		if len(r.Lacks) > 0 {
			var lacks []string
			for _, face := range r.Lacks {
				lacks = append(lacks, names[face])
			}
			line += "  [" + u.text("cli.check.lacks", "faces", strings.Join(lacks, u.text("cli.or"))) + "]"
		}
		rows = append(rows, [2]string{r.ID, line})
	}
	u.say(strings.TrimRight(list(rows), "\n"))
	u.say(u.text("cli.check.rules", "count", len(records), "whole", whole))
	return nil
}

// pathsOf returns the sources of the pages of each face.
func pathsOf(f *site.Faces) map[string][]string {
	paths := map[string][]string{}
	for face, pages := range map[string][]*site.Page{"guide": f.Guide, "template": f.Template, "sample": f.Sample, "question": f.Question} {
		paths[face] = []string{}
		for _, p := range pages {
			paths[face] = append(paths[face], p.Doc.Path)
		}
	}
	return paths
}
