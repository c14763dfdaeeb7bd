package theme_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"wenfang/internal/theme"
)

func files(pairs ...string) fstest.MapFS {
	m := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return m
}

var (
	ourLayouts = files("base.html", `[{{block "main" .}}{{end}}]{{template "partials/foot.html" .}}`,
		"guide.html", `{{define "main"}}guide{{end}}`, "partials/foot.html", `ours`)
	ourAssets = files("site.js", `import {word} from "./part/word.js"; console.log(word)`, "part/word.js", `export const word = "一"`,
		"site.css", `a{color:red}`, "part/word.test.js", `never`, "mark.svg", `<svg/>`)
)

// TestOverrides: a site's own file takes the place of ours, and of no other.
func TestOverrides(t *testing.T) {
	own := files("partials/foot.html", `own`, "lesson.html", `{{define "main"}}lesson{{end}}`)
	th, problems := theme.New([]fs.FS{ourLayouts, own}, []fs.FS{ourAssets, files("part/word.js", `export const word = "二"`)}, nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for kind, want := range map[string]string{"guide": "[guide]own", "lesson": "[lesson]own"} {
		var b bytes.Buffer
		if err := th.Layout(kind).ExecuteTemplate(&b, "base.html", nil); err != nil || b.String() != want {
			t.Errorf("%s: %q, %v, want %q", kind, b.String(), err, want)
		}
	}
	if data := string(th.Asset("site.js").Data); !strings.Contains(data, "二") {
		t.Errorf("the bundle holds our module: %s", data)
	}
}

// TestAddresses: bundles carry the hash of their bytes; other files keep their names; tests are
// no part of a site.
func TestAddresses(t *testing.T) {
	th, _ := theme.New([]fs.FS{ourLayouts}, []fs.FS{ourAssets}, nil)
	var paths []string
	for _, a := range th.Assets() {
		paths = append(paths, a.Path)
	}
	hashed := regexp.MustCompile(`^assets/mark\.svg assets/site-[0-9a-f]{12}\.css assets/site-[0-9a-f]{12}\.js$`)
	if got := strings.Join(paths, " "); !hashed.MatchString(got) {
		t.Errorf("assets: %s", got)
	}
}

// TestFaults: a layout or an asset that cannot be read is named with its place.
func TestFaults(t *testing.T) {
	_, problems := theme.New([]fs.FS{ourLayouts, files("guide.html", "<p>\n{{if}}")}, []fs.FS{ourAssets}, nil)
	want := "layouts/guide.html:2 layout-syntax"
	if len(problems) != 1 || fmt.Sprintf("%s:%d %s", problems[0].Path, problems[0].Line, problems[0].ID) != want {
		t.Errorf("%+v, want %s", problems, want)
	}
	_, problems = theme.New([]fs.FS{ourLayouts}, []fs.FS{ourAssets, files("part/word.js", "export const word = ;")}, nil)
	want = "assets/part/word.js:1 asset-syntax"
	if len(problems) != 1 || fmt.Sprintf("%s:%d %s", problems[0].Path, problems[0].Line, problems[0].ID) != want {
		t.Errorf("%+v, want %s", problems, want)
	}
}

// TestHash: themes that give other pages have other hashes; the bytes of a picture stand in none.
func TestHash(t *testing.T) {
	hash := func(layouts, assets fstest.MapFS) [32]byte {
		th, _ := theme.New([]fs.FS{ourLayouts, layouts}, []fs.FS{ourAssets, assets}, nil)
		return th.Hash()
	}
	base := hash(nil, nil)
	if hash(nil, nil) != base || hash(nil, files("mark.svg", `<svg></svg>`)) != base {
		t.Error("the same theme has another hash")
	}
	if hash(files("partials/foot.html", `own`), nil) == base || hash(nil, files("site.css", `a{color:blue}`)) == base {
		t.Error("another theme has the same hash")
	}
}

// TestKeptBundles: bundles are made once for the same files, and anew when one file changed.
func TestKeptBundles(t *testing.T) {
	kept := memory{}
	bundle := func(assets ...fs.FS) string {
		th, problems := theme.New([]fs.FS{ourLayouts}, append([]fs.FS{ourAssets}, assets...), kept)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		return th.Asset("site.js").Path
	}
	first := bundle()
	if len(kept) != 1 {
		t.Fatalf("%d entries are kept, not 1", len(kept))
	}
	for key, made := range kept {
		kept[key] = strings.Replace(made, "一", "记", 1)
	}
	if again := bundle(); again == first || len(kept) != 1 {
		t.Errorf("%s is made again, not taken; %d entries", again, len(kept))
	}
	if other := bundle(files("part/word.js", `export const word = "二"`)); other == first {
		t.Errorf("%s holds a part that changed", other)
	}
	lib := files("site.js", `import {word} from "./part/word.mjs"; console.log(word)`, "part/word.mjs", `export const word = "三"`)
	before := bundle(lib)
	lib["part/word.mjs"] = &fstest.MapFile{Data: []byte(`export const word = "四"`)}
	if after := bundle(lib); after == before {
		t.Errorf("%s holds a module of another ending that changed", after)
	}
	for key := range kept {
		kept[key] = "damaged"
	}
	if again := bundle(); again != first {
		t.Errorf("%s after damage, not %s", again, first)
	}
}

type memory map[[2]string]string

func (m memory) Get(kind, text string) (string, bool) {
	made, ok := m[[2]string{kind, text}]
	return made, ok
}

func (m memory) Put(kind, text, made string) { m[[2]string{kind, text}] = made }
