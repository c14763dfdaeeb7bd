package output_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"math/rand"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"wenfang/assets"
	"wenfang/internal/diag"
	"wenfang/internal/document"
	"wenfang/internal/output"
	"wenfang/internal/project"
	"wenfang/internal/render"
	"wenfang/internal/serve"
	"wenfang/layouts"
)

// sites returns folders with the sites that the laws are held over: the handbook of the
// repository, and the site of every script of the command line.
func sites(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{"handbook": t.TempDir()}
	copyTree(t, "../../content", filepath.Join(all["handbook"], "content"))
	scripts, err := filepath.Glob("../../cmd/wenfang/testdata/script/*.txtar")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, script := range scripts {
		archive, err := txtar.ParseFile(script)
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		pages := 0
		for _, f := range archive.Files {
			name := strings.TrimPrefix(f.Name, "site/")
			if strings.HasSuffix(name, ".md") {
				pages++
			}
			write(t, filepath.Join(dir, filepath.FromSlash(name)), f.Data)
		}
		if pages > 0 {
			all[filepath.Base(script)] = dir
		}
	}
	return all
}

func copyTree(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) == ".go" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		write(t, filepath.Join(to, rel), data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func options(dir string) project.Options {
	return project.Options{
		Dir: dir, BaseURL: "https://example.org/h/", Version: "test", Today: document.Date{Year: 2026, Month: 11, Day: 24},
		Layouts: layouts.FS, Assets: assets.FS,
	}
}

func load(t *testing.T, p *project.Project, changed []string) *output.Plan {
	t.Helper()
	snapshot, err := p.Load(context.Background(), changed)
	if err != nil {
		t.Fatal(err)
	}
	return output.NewPlan(snapshot, render.NewHighlighter(output.NewMemoryCache()), nil)
}

// renderAll returns every file of a plan.
func renderAll(t *testing.T, plan *output.Plan) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, o := range plan.All() {
		var b bytes.Buffer
		if err := o.Render(&b); err != nil {
			t.Fatalf("%s: %v", o.Path, err)
		}
		files[o.Path] = b.String()
	}
	return files
}

func same(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	for _, path := range slices.Sorted(maps.Keys(want)) {
		if got[path] != want[path] {
			t.Errorf("%s: %s differs:\n%s\n----\n%s", what, path, firstDifference(got[path], want[path]), firstDifference(want[path], got[path]))
			return
		}
	}
	for path := range got {
		if _, ok := want[path]; !ok {
			t.Errorf("%s: %s is too many", what, path)
		}
	}
}

// firstDifference returns the part of a that differs from b.
func firstDifference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return a[max(0, i-80):min(len(a), i+80)]
}

var reloadTag = regexp.MustCompile(`<script src="/-/reload\.js"[^>]*></script>`)

// TestBuildIsServe: what is served is what is published, but for the script of the preview.
func TestBuildIsServe(t *testing.T) {
	for name, dir := range sites(t) {
		t.Run(name, func(t *testing.T) {
			plan := load(t, project.New(options(dir)), nil)
			server := serve.New(serve.Options{Words: diag.WordsFor("zh-CN"), Script: []byte("x")})
			server.Swap(plan)
			for path, want := range renderAll(t, plan) {
				r := httptest.NewRequest(http.MethodGet, "http://localhost/", nil)
				r.URL.Path = "/" + path
				w := httptest.NewRecorder()
				server.ServeHTTP(w, r)
				got := w.Body.String()
				if strings.HasSuffix(path, ".html") {
					if !reloadTag.MatchString(got) {
						t.Errorf("%s: no script of the preview", path)
					}
					got = reloadTag.ReplaceAllString(got, "")
					got = strings.Replace(got, "connect-src 'self'", "connect-src 'none'", 1)
				}
				if w.Code != http.StatusOK || got != want {
					t.Errorf("%s: status %d, served and published differ", path, w.Code)
				}
			}
		})
	}
}

// TestOrderFree: any number of workers, any time zone, twice: the same bytes.
func TestOrderFree(t *testing.T) {
	for name, dir := range sites(t) {
		t.Run(name, func(t *testing.T) {
			var want map[string]string
			for i, jobs := range []int{1, 8, 8} {
				t.Setenv("TZ", []string{"Asia/Shanghai", "UTC", "America/Lima"}[i])
				o := options(dir)
				o.Jobs = jobs
				out := filepath.Join(t.TempDir(), "public")
				plan := load(t, project.New(o), nil)
				if _, err := output.Write(context.Background(), plan, output.WriteOptions{Dir: out, Jobs: jobs, KeepGoing: true}); err != nil {
					t.Fatal(err)
				}
				got := readTree(t, out)
				if want == nil {
					want = got
				}
				same(t, fmt.Sprintf("%d workers", jobs), got, want)
			}
		})
	}
}

func readTree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		files[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// stepsOver returns how many edits a law walks through: many over the handbook, few in the quick
// loop.
func stepsOver(site string, many int) int {
	switch {
	case testing.Short():
		return 2
	case site == "handbook":
		return many
	default:
		return 4
	}
}

// TestIncrementalIsFresh: after each of many random edits the reloaded snapshot renders as a
// new one does.
func TestIncrementalIsFresh(t *testing.T) {
	for name, dir := range sites(t) {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewSource(7))
			p := project.New(options(dir))
			load(t, p, nil)
			steps := stepsOver(name, 12)
			for step := range steps {
				changed := edit(t, r, dir, step)
				same(t, fmt.Sprintf("after %q", changed), renderAll(t, load(t, p, changed)), renderAll(t, load(t, project.New(options(dir)), nil)))
				if t.Failed() {
					return
				}
			}
		})
	}
}

// TestLeftIsFresh: after each of many random edits a build that leaves what would come out the
// same, and takes the segments of the index that it made before, ends as a build from nothing.
func TestLeftIsFresh(t *testing.T) {
	for name, dir := range sites(t) {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewSource(11))
			out := filepath.Join(t.TempDir(), "public")
			left := 0
			kept := output.NewMemoryCache()
			steps := stepsOver(name, 10)
			for step := range steps {
				o := options(dir)
				o.Bundles = kept
				snapshot, err := project.New(o).Load(context.Background(), nil)
				if err != nil {
					t.Fatal(err)
				}
				plan := output.NewPlan(snapshot, render.NewHighlighter(kept), output.OpenSegments(out, "test"))
				report, err := output.Write(context.Background(), plan, output.WriteOptions{Dir: out, Program: "test", KeepGoing: true})
				if err != nil {
					t.Fatal(err)
				}
				left += report.Left
				want := renderAll(t, load(t, project.New(options(dir)), nil))
				got := readTree(t, out)
				for path := range got {
					if _, ok := want[path]; !ok && (strings.HasPrefix(path, ".") || retired.MatchString(path)) {
						delete(got, path)
					}
				}
				if same(t, fmt.Sprintf("build %d", step), got, want); t.Failed() {
					return
				}
				edit(t, r, dir, step)
			}
			if left == 0 {
				t.Error("no file was ever left")
			}
		})
	}
}

// retired matches the files that stay for pages which readers have open.
var retired = regexp.MustCompile(`^(assets/.*-[0-9a-f]{12}\.(js|css)|search/[0-9a-v]{10}\.js)$`)

// edit changes the folder in one way, and returns the paths that changed.
func edit(t *testing.T, r *rand.Rand, dir string, step int) []string {
	t.Helper()
	root := project.ContentRoot(dir)
	var pages []string
	_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".md" {
			pages = append(pages, path)
		}
		return nil
	})
	fresh := filepath.Join(root, fmt.Sprintf("new%d", step), "page.md")
	if len(pages) == 0 {
		write(t, fresh, []byte("# 新页\n"))
		return []string{fresh}
	}
	page := pages[r.Intn(len(pages))]
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	switch r.Intn(7) {
	case 0:
		write(t, fresh, []byte("---\ntitle: 新页\ntags: [新]\naliases: [old/page.html]\n---\n\n新的一页，见[首页](/index.md)。\n"))
		return []string{fresh}
	case 1:
		if err := os.Remove(page); err != nil {
			t.Fatal(err)
		}
		return []string{page}
	case 2:
		to := filepath.Join(filepath.Dir(page), fmt.Sprintf("moved%d.md", step))
		if err := os.Rename(page, to); err != nil {
			t.Fatal(err)
		}
		return []string{page, to}
	case 3:
		write(t, filepath.Join(dir, "wenfang.yaml"), []byte(fmt.Sprintf("title: 手册%d\n", step)))
		return []string{filepath.Join(dir, "wenfang.yaml")}
	case 4:
		write(t, filepath.Join(dir, "layouts", "partials", "footer.html"), []byte(fmt.Sprintf("<footer class=\"foot\">第%d版{{range .Sections}}{{.Title}}{{.Han}}字{{end}}</footer>\n", step)))
		return []string{filepath.Join(dir, "layouts", "partials", "footer.html")}
	case 5:
		file := filepath.Join(root, fmt.Sprintf("附件%d.txt", step))
		write(t, file, []byte("附件"))
		return []string{file}
	}
	write(t, page, append(data, []byte(fmt.Sprintf("\n\n## 第%d次修改\n\n督办台账第%d行。\n", step, step))...))
	return []string{page}
}
