package site

import (
	"slices"

	"wenfang/internal/diag"
	"wenfang/internal/document"
)

// mostTasks is how many pages the empty search box offers.
const mostTasks = 8

// Tasks returns the pages of what readers do most: those that the configuration names, else
// the first that the text of the home page leads to, sections aside.
func (s *Site) Tasks() []*Page {
	var pages []*Page
	if len(s.Config.Tasks) > 0 {
		for _, task := range s.Config.Tasks {
			if p := s.taskPage(task.Value); p != nil && !slices.Contains(pages, p) {
				pages = append(pages, p)
			}
		}
		return pages[:min(len(pages), mostTasks)]
	}
	if s.Home.Doc == nil {
		return nil
	}
	for i := range s.Home.Doc.Links {
		p := s.Follow(s.Home, &s.Home.Doc.Links[i]).Page
		if p != nil && !p.Folder && !slices.Contains(pages, p) && len(pages) < mostTasks {
			pages = append(pages, p)
		}
	}
	return pages
}

func (s *Site) taskPage(path string) *Page {
	key, ok := document.LinkKey("", path)
	if !ok {
		return nil
	}
	return s.byKey[key]
}

// ConfigProblems returns what is wrong with the paths that the configuration names. Their
// places are in the configuration, not in the content.
func (s *Site) ConfigProblems() diag.List {
	var problems diag.List
	for _, task := range s.Config.Tasks {
		if s.taskPage(task.Value) == nil {
			near, _ := s.hints().page(task.Value)
			problems.Add(task.Pos, "config-page", diag.Args{"path": task.Value, "near": near})
		}
	}
	return problems
}
