package site

import (
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

func (s *Site) newFaces() map[string]*Faces {
	all := map[string]*Faces{}
	for _, r := range check.Rules() {
		all[r.ID] = &Faces{}
	}
	for _, p := range s.Pages {
		if p.Doc == nil {
			continue
		}
		for _, ref := range p.Doc.Rules {
			if f := all[ref.ID]; f != nil {
				f.add(p, ref.By)
			}
		}
	}
	return all
}

// add notes a page that names the rule, once.
func (f *Faces) add(p *Page, by document.RuleFace) {
	face := &f.Guide
	switch {
	case by == document.RuleAsked:
		face = &f.Question
	case p.Kind == document.KindTemplate:
		face = &f.Template
	case p.Kind == document.KindSample:
		face = &f.Sample
	}
	if n := len(*face); n == 0 || (*face)[n-1] != p {
		*face = append(*face, p)
	}
}

// ruleProblems tells of rules that pages name and that do not exist; links are told as links.
func (s *Site) ruleProblems() diag.List {
	var problems diag.List
	for _, p := range s.Pages {
		if p.Doc == nil {
			continue
		}
		for _, ref := range p.Doc.Rules {
			if ref.By == document.RuleLinked || check.ByID(ref.ID) != nil {
				continue
			}
			if ref.Line == 0 {
				ref.Line = lineOf(p.Doc.Source.Text, ref.ID)
			}
			problems.Add(diag.Pos{Path: p.Doc.Path, Line: ref.Line, Col: 1}, "check-rule-unknown", diag.Args{"rule": ref.ID, "near": nearRule(ref.ID)})
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

// RulesOf returns the rules that a page names or asks, each once.
func RulesOf(p *Page) []string {
	if p.Doc == nil {
		return nil
	}
	var ids []string
	for _, ref := range p.Doc.Rules {
		if !slices.Contains(ids, ref.ID) {
			ids = append(ids, ref.ID)
		}
	}
	return ids
}
