package project_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"wenfang/internal/project"
)

// folder is a site on the disk, with the project that reads it.
type folder struct {
	*testing.T
	dir string
	p   *project.Project
}

func newFolder(t *testing.T) *folder {
	dir := t.TempDir()
	layouts := fstest.MapFS{"base.html": {Data: []byte(`{{.Title}}`)}, "guide.html": {Data: []byte(``)}}
	f := &folder{t, dir, project.New(project.Options{Dir: dir, Out: filepath.Join(dir, "public"), Layouts: layouts, Assets: fstest.MapFS{}})}
	f.write("content/index.md", "# 手册\n")
	f.write("content/a.md", "# 甲\n")
	f.write("content/b/c.md", "# 丙\n")
	return f
}

func (f *folder) write(name, text string) string {
	f.Helper()
	path := filepath.Join(f.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		f.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		f.Fatal(err)
	}
	return path
}

func (f *folder) remove(name string) string {
	f.Helper()
	path := filepath.Join(f.dir, filepath.FromSlash(name))
	if err := os.RemoveAll(path); err != nil {
		f.Fatal(err)
	}
	return path
}

func (f *folder) load(changed ...string) *project.Snapshot {
	f.Helper()
	s, err := f.p.Load(context.Background(), changed)
	if err != nil {
		f.Fatal(err)
	}
	return s
}

// titles are the titles of a site in reading order.
func titles(s *project.Snapshot) string {
	var all []string
	for _, p := range s.Site.Pages {
		all = append(all, p.Title)
	}
	return strings.Join(all, " ")
}

// TestLoadChanged: whatever a changed path is, the next snapshot has what is on the disk.
func TestLoadChanged(t *testing.T) {
	f := newFolder(t)
	steps := []struct {
		what   string
		change func() []string
		want   string
	}{
		{"nothing yet", func() []string { return nil }, "手册 b 丙 甲"},
		{"a page", func() []string { return []string{f.write("content/a.md", "# 新甲\n")} }, "手册 b 丙 新甲"},
		{"a new page in a new folder", func() []string { return []string{f.write("content/d/e.md", "# 戊\n")} }, "手册 b 丙 d 戊 新甲"},
		{"a folder that goes", func() []string { return []string{f.remove("content/d")} }, "手册 b 丙 新甲"},
		{"a page that goes", func() []string { return []string{f.remove("content/a.md")} }, "手册 b 丙"},
		{"a page that comes as another goes", func() []string { return []string{f.remove("content/b/c.md"), f.write("content/f.md", "# 己\n")} }, "手册 己"},
		{"the configuration", func() []string { return []string{f.write("wenfang.yaml", "title: 新名\n")} }, "手册 己"},
		{"what is no part of the site", func() []string {
			return []string{f.write("notes.md", "# 别的\n"), f.write("content/.hidden.md", "# 藏\n")}
		}, "手册 己"},
		{"a draft", func() []string { return []string{f.write("content/f.md", "---\ndraft: true\n---\n\n# 己\n")} }, "手册"},
	}
	for _, step := range steps {
		if got := titles(f.load(step.change()...)); got != step.want {
			t.Fatalf("after %s: %s, want %s", step.what, got, step.want)
		}
	}
	if got := f.load().Site.Title(); got != "新名" {
		t.Errorf("the site is called %s", got)
	}
}

// TestSharing: a snapshot shares what did not change with the one before, which stays as it was.
func TestSharing(t *testing.T) {
	f := newFolder(t)
	before := f.load()
	after := f.load(f.write("content/a.md", "# 新甲\n"))
	if before.Site.ByKey("b/c").Doc != after.Site.ByKey("b/c").Doc {
		t.Error("a page that did not change was parsed again")
	}
	if before.Theme != after.Theme {
		t.Error("the theme was read again")
	}
	if before.Site.ByKey("a").Title != "甲" || after.Site.ByKey("a").Title != "新甲" {
		t.Error("the snapshot before changed")
	}
	again := f.load(f.write("content/a.md", "# 新甲\n"))
	if again.Site.ByKey("a").Doc != after.Site.ByKey("a").Doc {
		t.Error("a page with the same bytes was parsed again")
	}
}

// TestThemeThatFails: the last theme that could be read stays, and the fault is said.
func TestThemeThatFails(t *testing.T) {
	f := newFolder(t)
	before := f.load()
	after := f.load(f.write("layouts/guide.html", "{{if}}"))
	if after.Theme != before.Theme {
		t.Error("the theme that could be read is gone")
	}
	ids := func(s *project.Snapshot) (ids []string) {
		for _, d := range s.Problems() {
			ids = append(ids, d.ID)
		}
		return ids
	}
	if got := ids(after); !slices.Contains(got, "layout-syntax") {
		t.Errorf("problems: %v", got)
	}
	if got := ids(f.load(f.write("layouts/guide.html", "well"))); len(got) > 0 {
		t.Errorf("problems of a mended theme: %v", got)
	}
}

// TestSiteOfPagesAlone: a folder without content/ is the content, less what is not.
func TestSiteOfPagesAlone(t *testing.T) {
	f := newFolder(t)
	f.remove("content")
	f.write("a.md", "# 甲\n")
	f.write("layouts/note.md", "# 不是\n")
	f.write("public/old.md", "# 不是\n")
	s := f.load()
	if got := titles(s); got != " 甲" && got != "甲" {
		t.Errorf("pages: %q", got)
	}
	if got := s.SitePath("a.md"); got != "a.md" {
		t.Errorf("a.md is called %s", got)
	}
}
