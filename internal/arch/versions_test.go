package arch

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"wenfang/internal/render"
	"wenfang/internal/theme"
)

// TestKeptVersions: what is kept between builds names the libraries that made it, so that an
// upgrade makes it anew.
func TestKeptVersions(t *testing.T) {
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	for library, kept := range map[string]string{
		"alecthomas/chroma": render.HighlightVersion, "dlclark/regexp2": render.HighlightVersion, "evanw/esbuild": theme.BundleVersion,
	} {
		found := regexp.MustCompile(library + `(?:/v\d+)? v(\S+)`).FindSubmatch(mod)
		if found == nil {
			t.Errorf("%s is not in go.mod", library)
			continue
		}
		_, name, _ := strings.Cut(library, "/")
		if want := name + " " + string(found[1]); !strings.Contains(kept, want) {
			t.Errorf("%q does not name %s", kept, want)
		}
	}
}
