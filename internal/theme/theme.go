// Package theme holds a site's face: parsed layouts and bundled assets, ours with the user's
// overrides file by file. Everything that can be known of a layout before a page is rendered
// (its syntax) is reported here.
//
// The central types are Theme and Asset. A Theme is immutable. The package knows no page.
package theme

import (
	"crypto/sha256"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"wenfang/internal/diag"
)

// Theme is the layouts by kind and the assets by name.
type Theme struct {
	layouts  map[string]*template.Template
	partials *template.Template
	assets   map[string]*Asset
	names    []string // of assets, sorted
	hash     [32]byte
}

// New reads layouts and assets. In each list later file systems override earlier ones file
// by file. Bundles that kept has are not made again; it may be nil. With errors among the problems
// the Theme cannot be used.
func New(layouts, assets []fs.FS, kept Cache) (*Theme, diag.List) {
	t := &Theme{layouts: map[string]*template.Template{}, assets: map[string]*Asset{}}
	var problems diag.List
	t.readLayouts(overlay(layouts), &problems)
	t.readAssets(overlay(assets), kept, &problems)
	for name := range t.assets {
		t.names = append(t.names, name)
	}
	slices.Sort(t.names)
	t.hash = hashOf(overlay(layouts), t.Assets())
	return t, problems
}

// Hash tells themes apart by whatever of them can stand in a page: layouts, and the addresses
// of assets.
func (t *Theme) Hash() [32]byte { return t.hash }

func hashOf(layouts overlay, assets []*Asset) [32]byte {
	h := sha256.New()
	for _, name := range layouts.files() {
		text, _ := layouts.read(name)
		fmt.Fprintf(h, "%q %q\n", name, text)
	}
	for _, a := range assets {
		fmt.Fprintf(h, "%q %q\n", a.Name, a.Path)
	}
	return [32]byte(h.Sum(nil))
}

// Layout returns the template of a page kind; it is executed by the name "base".
func (t *Theme) Layout(kind string) *template.Template { return t.layouts[kind] }

// Partial returns the template of a file such as "partials/nav.html", or nil: what is the same
// on many pages is executed on its own, once.
func (t *Theme) Partial(name string) *template.Template { return t.partials.Lookup(name) }

// Asset returns the asset of a name such as "site.css", or nil.
func (t *Theme) Asset(name string) *Asset { return t.assets[name] }

// Assets returns every asset by name.
func (t *Theme) Assets() []*Asset {
	all := make([]*Asset, len(t.names))
	for i, name := range t.names {
		all[i] = t.assets[name]
	}
	return all
}

// With returns the theme with one more asset, which the program makes and a user's file of the
// same name replaces.
func (t *Theme) With(name string, data []byte) *Theme {
	if t.assets[name] != nil {
		return t
	}
	with := *t
	with.assets = maps.Clone(t.assets)
	with.assets[name] = &Asset{Name: name, Path: Folder + hashed(name, data), Data: data}
	with.names = append(slices.Clone(t.names), name)
	slices.Sort(with.names)
	return &with
}

// overlay merges file systems: a file of a later one hides that of an earlier one.
type overlay []fs.FS

// read returns a file and which layer it came from (-1: nowhere).
func (o overlay) read(name string) ([]byte, int) {
	for i := len(o) - 1; i >= 0; i-- {
		if data, err := fs.ReadFile(o[i], name); err == nil {
			return data, i
		}
	}
	return nil, -1
}

// files lists every file of all layers, sorted, hidden ones left out.
func (o overlay) files() []string {
	var names []string
	for _, layer := range o {
		// A layer that cannot be walked has no files: a user's folder need not exist.
		_ = fs.WalkDir(layer, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil
			}
			base := d.Name()
			if base != "." && (strings.HasPrefix(base, ".") || strings.HasSuffix(base, "~")) {
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			if d.Type().IsRegular() {
				names = append(names, name)
			}
			return nil
		})
	}
	slices.Sort(names)
	return slices.Compact(names)
}
