package site

import (
	"regexp"
	"slices"
	"strings"

	"wenfang/internal/check"
	"wenfang/internal/diag"
	"wenfang/internal/document"
)

// Faces are the pages that show a rule of writing: one that explains it, a template that hints at it, a
// sample that points at it, a question that asks it. The checker is the fifth and has no page.
type Faces struct {
	Guide, Template, Sample, Question []*Page
}

// Faces returns the faces of every rule, by its id.
func (s *Site) Faces() map[string]*Faces { return s.faces() }

// questionRule finds the rule that a question asks.
var questionRule = regexp.MustCompile(`(?m)^:::+\s*question\b.*\brule=([a-z0-9-]+)`)

func (s *Site) newFaces() map[string]*Faces {
	all := map[string]*Faces{}
	for _, r := range check.Rules() {
		all[r.ID] = &Faces{}
	}
	for _, p := range s.Pages {
		for _, id := range RulesOf(p) {
			f := all[id]
			if f == nil {
				continue
			}
			switch p.Kind {
			case document.KindTemplate:
				f.Template = append(f.Template, p)
			case document.KindSample:
				f.Sample = append(f.Sample, p)
			default:
				f.Guide = append(f.Guide, p)
			}
		}
		for _, id := range asked(p) {
			if f := all[id]; f != nil {
				f.Question = append(f.Question, p)
			}
		}
	}
	return all
}

// RulesOf returns the rules that a page names (rules: in its front matter, links, fields), each
// once; questions are counted apart.
func RulesOf(p *Page) []string {
	if p.Doc == nil {
		return nil
	}
	var ids []string
	add := func(id string) {
		if id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, id := range p.Doc.Meta.Rules {
		add(id)
	}
	for _, f := range p.Doc.Meta.Fields {
		add(f.Rule)
	}
	for i := range p.Doc.Links {
		if p.Doc.Links[i].Kind == document.LinkRule {
			add(p.Doc.Links[i].Target)
		}
	}
	return ids
}

// ruleProblems tells of rules that pages name and that do not exist; links are told as links.
func (s *Site) ruleProblems() diag.List {
	var problems diag.List
	for _, p := range s.Pages {
		if p.Doc == nil {
			continue
		}
		ids := append(slices.Clone(p.Doc.Meta.Rules), asked(p)...)
		for _, f := range p.Doc.Meta.Fields {
			ids = append(ids, f.Rule)
		}
		for _, id := range ids {
			if id != "" && check.ByID(id) == nil {
				problems.Add(diag.Pos{Path: p.Doc.Path, Line: lineOf(p.Doc.Source.Text, id), Col: 1}, "check-rule-unknown", diag.Args{"rule": id, "near": nearRule(id)})
			}
		}
	}
	return problems
}

// lineOf returns the first line that holds word.
func lineOf(text, word string) int {
	at := strings.Index(text, word)
	if at < 0 {
		return 1
	}
	return 1 + strings.Count(text[:at], "\n")
}

// nearRule returns the rule that was probably meant.
func nearRule(id string) string {
	var ids []string
	for _, r := range check.Rules() {
		ids = append(ids, r.ID)
	}
	return diag.Nearest(id, ids)
}

// asked returns the rules that the questions of a page ask.
func asked(p *Page) []string {
	if p.Doc == nil {
		return nil
	}
	var ids []string
	for _, m := range questionRule.FindAllStringSubmatch(p.Doc.Source.Text, -1) {
		if !slices.Contains(ids, m[1]) {
			ids = append(ids, m[1])
		}
	}
	return ids
}

// AllRulesOf returns the rules that a page names or asks.
func AllRulesOf(p *Page) []string {
	ids := RulesOf(p)
	for _, id := range asked(p) {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}
