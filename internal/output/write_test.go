package output_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wenfang/internal/output"
	"wenfang/internal/project"
	"wenfang/internal/search"
)

// place is a small site with a place to publish it.
type place struct {
	*testing.T
	site, out string
}

func newPlace(t *testing.T) place {
	t.Helper()
	dir := t.TempDir()
	p := place{t, filepath.Join(dir, "site"), filepath.Join(dir, "out", "public")}
	p.page("index.md", "# 手册\n\n[甲](a.md)\n")
	p.page("a.md", "# 甲\n\n正文。\n")
	return p
}

func (p place) page(name, text string) {
	p.Helper()
	write(p.T, filepath.Join(p.site, "content", name), []byte(text))
}

func (p place) publish() (output.Report, error) {
	p.Helper()
	o := options(p.site)
	o.Out = p.out
	plan := load(p.T, project.New(o), nil)
	return output.Write(context.Background(), plan, output.WriteOptions{Dir: p.out, Site: p.site, Program: "test"})
}

func (p place) mustPublish() output.Report {
	p.Helper()
	report, err := p.publish()
	if err != nil {
		p.Fatal(err)
	}
	return report
}

func (p place) exists(name string) bool {
	_, err := os.Lstat(filepath.Join(p.out, filepath.FromSlash(name)))
	return err == nil
}

func TestUnchangedFilesStayUntouched(t *testing.T) {
	p := newPlace(t)
	first := p.mustPublish()
	if first.Written == 0 || first.Written != first.Files {
		t.Errorf("first build: %+v", first)
	}
	second := p.mustPublish()
	if second.Written != 0 || second.Unchanged != first.Files || second.Removed != 0 {
		t.Errorf("second build: %+v", second)
	}
	p.page("a.md", "# 甲\n\n新的正文。\n")
	third := p.mustPublish()
	if third.Written == 0 || third.Written > 20 {
		t.Errorf("after one edit: %+v", third)
	}
}

// TestRulePagesFollow: the page of a rule lists a page that begins to name it, and forgets one that
// names it no longer.
func TestRulePagesFollow(t *testing.T) {
	p := newPlace(t)
	for _, asks := range []bool{false, true, false} {
		text := "# 甲\n\n"
		if asks {
			text += ":::question 判断 rule=docno-bracket\n可以吗？\n\n- [x] 可以\n- [ ] 不可以\n:::\n"
		}
		p.page("a.md", text+"正文。\n")
		p.mustPublish()
		data, err := os.ReadFile(filepath.Join(p.out, "rules", "docno.html"))
		if err != nil {
			t.Fatal(err)
		}
		if listed := strings.Contains(string(data), `<dd><a href="../a.html">`); listed != asks {
			t.Errorf("asks %v, listed %v", asks, listed)
		}
	}
}

// TestWhatCannotHaveChangedIsLeft: a file is rendered again when the page, what others show of
// it, or the file itself in the output folder changed.
func TestWhatCannotHaveChangedIsLeft(t *testing.T) {
	p := newPlace(t)
	p.page("b.md", "# 乙\n\n正文。\n")
	if first := p.mustPublish(); first.Left != 0 {
		t.Errorf("first build: %+v", first)
	}
	all := p.mustPublish().Left
	p.page("a.md", "# 甲\n\n正文。\n\n第二段。\n")
	if report := p.mustPublish(); report.Left >= all || report.Left == 0 {
		t.Errorf("after an edit: %+v, without one %d", report, all)
	}
	p.page("a.md", "# 甲的新名\n\n正文。\n")
	p.mustPublish()
	if index := readTree(t, p.out)["index.html"]; !strings.Contains(index, "甲的新名") {
		t.Error("the page that lists it has the old name")
	}
	html := readTree(t, p.out)["b.html"]
	write(t, filepath.Join(p.out, "b.html"), []byte(strings.Replace(html, "正", "歪", 1)))
	if report := p.mustPublish(); report.Written != 1 || readTree(t, p.out)["b.html"] != html {
		t.Errorf("a file that somebody changed: %+v", report)
	}
	if err := os.RemoveAll(filepath.Join(filepath.Dir(p.out), output.WorkFolder)); err != nil {
		t.Fatal(err)
	}
	if report := p.mustPublish(); report.Left != 0 || report.Written != 0 {
		t.Errorf("without the work folder: %+v", report)
	}
}

func TestPruneOnlyWhatIsOurs(t *testing.T) {
	p := newPlace(t)
	p.page("b/c.md", "# 丙\n")
	p.mustPublish()
	write(t, filepath.Join(p.out, "b", "mine.txt"), []byte("别人的"))
	write(t, filepath.Join(p.out, "other.html"), []byte("别人的"))
	if err := os.RemoveAll(filepath.Join(p.site, "content", "b")); err != nil {
		t.Fatal(err)
	}
	p.mustPublish()
	if p.exists("b/c.html") || p.exists("b/index.html") {
		t.Error("a page that is gone is still published")
	}
	if !p.exists("b/mine.txt") || !p.exists("other.html") {
		t.Error("a file of someone else was removed")
	}
}

func TestForeignFileIsRefused(t *testing.T) {
	p := newPlace(t)
	write(t, filepath.Join(p.out, "a.html"), []byte("别人的"))
	before := readTree(t, p.out)
	_, err := p.publish()
	var refused *output.RefusedError
	if !errors.As(err, &refused) || refused.Detail != "a.html" {
		t.Fatalf("err = %v", err)
	}
	same(t, "refused", readTree(t, p.out), before)
}

// TestFoldersThatAreRefused: a site is never written over what it is made from.
func TestFoldersThatAreRefused(t *testing.T) {
	p := newPlace(t)
	for _, out := range []string{p.site, filepath.Dir(p.site), filepath.Join(p.site, "content"), filepath.Join(p.site, "content", "x"), filepath.Join(p.site, "layouts"), "/"} {
		p.out = out
		before := readTree(t, p.site)
		_, err := p.publish()
		var refused *output.RefusedError
		if !errors.As(err, &refused) {
			t.Errorf("%s: err = %v", out, err)
		}
		same(t, out, readTree(t, p.site), before)
	}
}

// TestNothingGoesThroughLinks: a link planted in the output leads no file out of it.
func TestNothingGoesThroughLinks(t *testing.T) {
	p := newPlace(t)
	p.page("b/c.md", "# 丙\n")
	outside := t.TempDir()
	if err := os.MkdirAll(p.out, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(p.out, "b")); err != nil {
		t.Fatal(err)
	}
	if _, err := p.publish(); err == nil {
		t.Error("a folder that is a link was published into")
	}
	if files := readTree(t, outside); len(files) > 0 {
		t.Errorf("written outside: %v", files)
	}
}

// TestPlantedManifest: a manifest that names files elsewhere removes none of them.
func TestPlantedManifest(t *testing.T) {
	p := newPlace(t)
	victim := filepath.Join(filepath.Dir(p.out), "victim.txt")
	write(t, victim, []byte("重要"))
	write(t, filepath.Join(p.out, ".wenfang-manifest.json"), []byte(`{"files":{"../victim.txt":"x","/etc/hosts":"x"},"retired":{"../victim.txt":1}}`))
	p.mustPublish()
	if _, err := os.Stat(victim); err != nil {
		t.Error(err)
	}
}

// TestHashedFilesStayForFiveBuilds: pages that readers have open still find their scripts.
func TestHashedFilesStayForFiveBuilds(t *testing.T) {
	p := newPlace(t)
	p.mustPublish()
	old := ""
	for name := range readTree(t, p.out) {
		if strings.HasPrefix(name, "assets/site-") && strings.HasSuffix(name, ".css") {
			old = name
		}
	}
	write(t, filepath.Join(p.site, "assets", "site.css"), []byte("body{color:red}"))
	for build := range 5 {
		p.mustPublish()
		if !p.exists(old) {
			t.Fatalf("%s is gone after %d builds", old, build+1)
		}
	}
	p.mustPublish()
	if p.exists(old) {
		t.Errorf("%s stays for ever", old)
	}
}

// TestEqualTextsArePublished: a file of the index that several pages give is there for all of
// them, and a file that an edit leaves without use stays for pages that readers have open.
func TestEqualTextsArePublished(t *testing.T) {
	p := newPlace(t)
	text := strings.Repeat("附件随文印发，请按时落实。", 200)
	for _, name := range []string{"b", "c", "d", "e"} {
		p.page(name+".md", "# "+name+"\n\n"+text+"\n\n## 二\n\n"+text+"\n")
	}
	p.mustPublish()
	reader, err := search.Open(func(name string) ([]byte, error) {
		return os.ReadFile(filepath.Join(p.out, filepath.FromSlash(name)))
	})
	if err != nil {
		t.Fatal(err)
	}
	results, err := reader.Search("随文印发", search.Options{})
	if err != nil || len(results) != 8 {
		t.Fatalf("%d results, %v", len(results), err)
	}
	for _, result := range results {
		if e, err := reader.Excerpt(result, "随文印发"); err != nil || len(e.Marks) == 0 {
			t.Errorf("%s: %+v, %v", result.URL, e, err)
		}
	}
	before := readTree(t, p.out)
	p.page("b.md", "# b\n\n别的正文。\n")
	p.mustPublish()
	for name := range before {
		if strings.HasPrefix(name, "search/") && !p.exists(name) {
			t.Errorf("%s is gone after one edit", name)
		}
	}
}

func TestBuildsWaitForOneAnother(t *testing.T) {
	p := newPlace(t)
	p.mustPublish()
	unlock := output.HoldLock(t, p.out)
	_, err := p.publish()
	var locked *output.LockedError
	if !errors.As(err, &locked) {
		t.Errorf("err = %v", err)
	}
	unlock()
	p.mustPublish()
}

func TestCacheSurvivesDamage(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	file := filepath.Join(filepath.Dir(dir), output.WorkFolder, "highlight")
	c := output.OpenDiskCache(dir)
	c.Put("go", "a", "<b>a</b>")
	c.Put("go", "b", "<b>b</b>")
	if err := c.Close(true); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c = output.OpenDiskCache(dir)
	for text, want := range map[string]string{"a": "<b>a</b>", "b": "<b>b</b>"} {
		if got, ok := c.Get("go", text); !ok || got != want {
			t.Errorf("Get(%q) = %q, %v", text, got, ok)
		}
	}
	if err := c.Close(true); err != nil {
		t.Fatal(err)
	}
	for i := range data {
		damaged := append([]byte{}, data...)
		damaged[i] ^= 0xff
		write(t, file, damaged)
		c := output.OpenDiskCache(dir)
		for text, want := range map[string]string{"a": "<b>a</b>", "b": "<b>b</b>"} {
			if got, ok := c.Get("go", text); ok && got != want {
				t.Fatalf("byte %d flipped: Get(%q) = %q", i, text, got)
			}
		}
		if err := c.Close(true); err != nil {
			t.Fatal(err)
		}
	}
}
