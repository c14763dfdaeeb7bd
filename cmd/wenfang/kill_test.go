package main

import (
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestKilledBuilds ends builds at random moments. Before publishing starts the old site is as
// it was; afterwards every file is whole, old or new, no page is there before the assets it
// needs, and the next build ends as a clean one.
func TestKilledBuilds(t *testing.T) {
	bin := filepath.Join(t.TempDir(), "wenfang")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	dir := t.TempDir()
	site, out := filepath.Join(dir, "site"), filepath.Join(dir, "out", "public")
	write := func(version int) {
		for i := range 120 {
			text := fmt.Sprintf("---\ntitle: 第%d页\n---\n\n第%d版正文，[首页](index.md)。\n\n```go\nvar version = %d\n```\n", i, version, version)
			if version%2 == 0 && i > 100 {
				_ = os.Remove(filepath.Join(site, "content", fmt.Sprintf("p%d.md", i)))
				continue
			}
			mustWrite(t, filepath.Join(site, "content", fmt.Sprintf("p%d.md", i)), text)
		}
		mustWrite(t, filepath.Join(site, "content", "index.md"), "# 手册\n")
		mustWrite(t, filepath.Join(site, "assets", "extra.css"), fmt.Sprintf("body{order:%d}", version))
	}
	build := func(to string) *exec.Cmd { return exec.Command(bin, "build", "--site", site, "--out", to) }
	mustRun := func(cmd *exec.Cmd) {
		t.Helper()
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	write(0)
	began := time.Now()
	mustRun(build(out))
	long := time.Since(began)
	mustWrite(t, filepath.Join(out, "mine.txt"), "别人的文件")
	r := rand.New(rand.NewSource(time.Now().UnixNano()))
	for round := 1; round <= 15; round++ {
		old := tree(t, out)
		write(round)
		clean := filepath.Join(dir, fmt.Sprintf("clean%d", round), "public")
		mustRun(build(clean))
		new := tree(t, clean)
		for range 4 {
			cmd := build(out)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Duration(r.Int63n(int64(long) + 1)))
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
			checkWhole(t, tree(t, out), old, new)
		}
		mustRun(build(out))
		now := tree(t, out)
		for path, data := range new {
			if path != manifest && now[path] != data {
				t.Fatalf("round %d: %s is not as in a clean build", round, path)
			}
		}
		for path := range now {
			if _, ok := new[path]; !ok && path != "mine.txt" && !hashed.MatchString(path) {
				t.Fatalf("round %d: %s is left over", round, path)
			}
		}
	}
	if data, err := os.ReadFile(filepath.Join(out, "mine.txt")); err != nil || string(data) != "别人的文件" {
		t.Errorf("a file of someone else was touched: %q, %v", data, err)
	}
}

const manifest = ".wenfang-manifest.json"

var (
	hashed = regexp.MustCompile(`^(assets/.*-[0-9a-f]{12}\.(js|css)|search/[0-9a-v]{10}\.js)$`)
	needed = regexp.MustCompile(`(?:src|href)="([^"#?:]*assets/[^"]+)"`)
)

// checkWhole compares a tree in the middle of publication with the old and the new one.
func checkWhole(t *testing.T, now, old, new map[string]string) {
	t.Helper()
	for path, data := range now {
		if path != manifest && data != old[path] && data != new[path] && !hashed.MatchString(path) {
			t.Fatalf("%s is neither the old file nor the new one", path)
		}
		if filepath.Ext(path) != ".html" {
			continue
		}
		for _, m := range needed.FindAllStringSubmatch(data, -1) {
			asset := strings.TrimPrefix(filepath.ToSlash(filepath.Join(filepath.Dir(path), m[1])), "./")
			if _, ok := now[asset]; !ok {
				t.Fatalf("%s is there before %s", path, asset)
			}
		}
	}
	for path := range old {
		if _, ok := now[path]; ok {
			continue
		}
		if _, stays := new[path]; stays {
			t.Fatalf("%s is missing", path)
		}
	}
}

func tree(t *testing.T, dir string) map[string]string {
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

func mustWrite(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
