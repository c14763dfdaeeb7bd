package theme

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"wenfang/internal/diag"
)

// Asset is a file that pages need. The path of a bundle carries the hash of its bytes, so
// that it may be cached for ever and an old page never meets a new script.
type Asset struct {
	Name string // as layouts call it: "site.css"
	Path string // of the output: "assets/site-3f2a91c04d7e.css"
	Data []byte
}

// Folder is where assets stand in the output.
const Folder = "assets/"

// ReloadScript is the bundle that serve adds to pages; it is never published.
const ReloadScript = "reload.js"

// earlyScript runs in every browser, however old, to say that it is too old.
const earlyScript = "early.js"

// Cache keeps what was made of a text, by the kind of making. Losing entries is always harmless.
type Cache interface {
	Get(kind, text string) (made string, ok bool)
	Put(kind, text, made string)
}

// BundleVersion is the kind of making of bundles in a Cache. It changes whenever bundles of equal files change.
const BundleVersion = "bundle 1 esbuild 0.28.2"

// readAssets bundles every script and style sheet at the top of the folder and takes every
// other kind of file as it is.
func (t *Theme) readAssets(files overlay, kept Cache, problems *diag.List) {
	var modern, early []string
	sources := newSources()
	for _, name := range files.files() {
		if strings.HasSuffix(name, ".test.js") || strings.Contains(name, "testdata/") {
			continue
		}
		sources.add(name, files) // a bundle may import any of them
		switch ext := path.Ext(name); {
		case ext == ".js" || ext == ".css":
			if name == earlyScript {
				early = append(early, name)
			} else if !strings.Contains(name, "/") {
				modern = append(modern, name)
			}
		case slices.Contains([]string{".go", ".md", ".json", ".ts"}, ext):
		default:
			data, _ := files.read(name)
			t.assets[name] = &Asset{Name: name, Path: Folder + name, Data: data}
		}
	}
	if kept != nil && t.takeBundles(kept, sources.text()) {
		return
	}
	bundles := bundle(files, modern, api.BuildOptions{Engines: []api.Engine{{Name: api.EngineChrome, Version: "86"}}}, problems)
	maps.Copy(bundles, bundle(files, early, api.BuildOptions{Target: api.ES5}, problems))
	for name, data := range bundles {
		t.addBundle(name, data)
	}
	if kept != nil && problems.Count(diag.Error) == 0 {
		keepBundles(kept, sources.text(), bundles)
	}
}

func (t *Theme) addBundle(name string, data []byte) {
	t.assets[name] = &Asset{Name: name, Path: Folder + hashed(name, data), Data: data}
}

// bundle runs esbuild over entry files of an overlay and returns the bundles by name. Nothing is
// read from the disk.
func bundle(files overlay, entries []string, options api.BuildOptions, problems *diag.List) map[string][]byte {
	bundles := map[string][]byte{}
	if len(entries) == 0 {
		return bundles
	}
	options.EntryPoints = entries
	options.Bundle = true
	options.Format = api.FormatIIFE
	options.Charset = api.CharsetUTF8
	options.LegalComments = api.LegalCommentsNone
	options.MinifyWhitespace, options.MinifySyntax, options.MinifyIdentifiers = true, true, true
	options.EntryNames = "[name]"
	options.Outdir = "/"
	options.LogLevel = api.LogLevelSilent
	options.Plugins = []api.Plugin{{Name: "theme", Setup: func(b api.PluginBuild) { readFrom(b, files) }}}
	result := api.Build(options)
	for _, message := range result.Errors {
		problems.Add(assetPos(message), "asset-syntax", diag.Args{"detail": message.Text})
	}
	for _, file := range result.OutputFiles {
		bundles[path.Base(strings.ReplaceAll(file.Path, "\\", "/"))] = file.Contents
	}
	return bundles
}

// readFrom makes esbuild resolve and load inside the overlay.
func readFrom(b api.PluginBuild, files overlay) {
	const space = "theme"
	b.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
		if args.Kind == api.ResolveCSSURLToken {
			return api.OnResolveResult{Path: args.Path, External: true}, nil
		}
		name := args.Path
		if args.Kind != api.ResolveEntryPoint {
			name = path.Join(path.Dir(args.Importer), args.Path)
		}
		return api.OnResolveResult{Path: name, Namespace: space}, nil
	})
	b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: space}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
		data, layer := files.read(args.Path)
		if layer < 0 {
			return api.OnLoadResult{Errors: []api.Message{{Text: args.Path + ": no such file"}}}, nil
		}
		contents, loader := string(data), api.LoaderJS
		if path.Ext(args.Path) == ".css" {
			loader = api.LoaderCSS
		}
		return api.OnLoadResult{Contents: &contents, Loader: loader}, nil
	})
}

func assetPos(message api.Message) diag.Pos {
	if message.Location == nil {
		return diag.Pos{Path: Folder}
	}
	file := strings.TrimPrefix(message.Location.File, "theme:")
	return diag.Pos{Path: Folder + file, Line: message.Location.Line, Col: message.Location.Column + 1}
}

// hashed puts the hash of data between the name and its extension.
func hashed(name string, data []byte) string {
	sum := sha256.Sum256(data)
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "-" + hex.EncodeToString(sum[:6]) + ext
}
