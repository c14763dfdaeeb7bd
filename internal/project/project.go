// Package project loads a site's folder into a Snapshot. Project is the one mutable thing of
// the program: it remembers the documents and the theme of the last load, so that the next
// one reads only what changed.
//
// The central types are Project and Snapshot. A Snapshot is immutable and complete before the
// first byte of it is rendered; whatever did not change is shared with the one before.
package project

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"

	"wenfang/internal/config"
	"wenfang/internal/diag"
	"wenfang/internal/document"
	"wenfang/internal/source"
	"wenfang/internal/theme"
)

// Options are what a Project is opened with. Layouts and Assets are the program's own, which
// the site's folder overrides file by file.
type Options struct {
	Dir     string // the site's folder
	Out     string // the output folder, left out of the content
	BaseURL string // replaces base_url when not empty
	Drafts  bool
	Version string
	Today   document.Date
	Layouts fs.FS
	Assets  fs.FS
	Bundles theme.Cache // keeps bundles of the assets; may be nil
	Jobs    int         // how many files are parsed at once; 0: one for each processor
}

// Project is a site's folder between loads. Load must not be called concurrently.
type Project struct {
	options  Options
	tree     map[string]source.Entry // by path below the content root
	walked   diag.List               // problems of the tree as a whole
	docs     map[string]*loaded      // by path below the content root
	order    []*loaded               // docs, sorted by path
	files    map[string]string       // files to copy; never changed once handed out
	theme    *theme.Theme
	themeBad diag.List
	config   *config.Config
	confBad  diag.List
}

// loaded is a document as of its last reading, with the problems of reading it.
type loaded struct {
	doc      *document.Document
	problems diag.List
}

// New returns a Project. Nothing is read before Load.
func New(options Options) *Project {
	if options.Jobs <= 0 {
		options.Jobs = runtime.GOMAXPROCS(0)
	}
	return &Project{options: options}
}

// Load reads the folder. With changed paths (absolute, or relative to the working folder) of
// an earlier load only those are read; nil reads everything. An error means that the machine
// failed; what is wrong with the content is in the Snapshot.
func (p *Project) Load(ctx context.Context, changed []string) (*Snapshot, error) {
	if p.docs == nil || changed == nil {
		if err := p.readAll(ctx); err != nil {
			return nil, err
		}
	} else if err := p.readChanged(ctx, changed); err != nil {
		return nil, err
	}
	return p.snapshot(), nil
}

// ContentRoot is the folder that holds the pages: content in the site's folder where there is
// one, else the site's folder itself.
func ContentRoot(dir string) string {
	root := filepath.Join(dir, "content")
	if info, err := os.Stat(root); err == nil && info.IsDir() {
		return root
	}
	return dir
}

func (p *Project) contentRoot() string { return ContentRoot(p.options.Dir) }

// rules leave out of the content root what is no content when the root is the site itself.
func (p *Project) rules() source.Rules {
	out := p.relativeOut()
	whole := p.contentRoot() == p.options.Dir
	return source.Rules{Copy: p.config.Copy, Skip: func(name string) bool {
		if out != "" && (name == out || strings.HasPrefix(name, out+"/")) {
			return true
		}
		return strings.HasSuffix(name, ".go") || whole && (name == config.FileName || name == "layouts" || name == "assets" ||
			strings.HasPrefix(name, "layouts/") || strings.HasPrefix(name, "assets/"))
	}}
}

// relativeOut is the output folder relative to the content root, "" when it lies elsewhere.
func (p *Project) relativeOut() string {
	if p.options.Out == "" {
		return ""
	}
	rel, err := filepath.Rel(absolute(p.contentRoot()), absolute(p.options.Out))
	if err != nil || rel == "." || strings.HasPrefix(rel, "..") {
		return ""
	}
	return filepath.ToSlash(rel)
}

func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}

func (p *Project) readAll(ctx context.Context) error {
	if _, err := os.Stat(p.options.Dir); err != nil {
		return fmt.Errorf("read site: %w", err)
	}
	if err := p.readConfig(); err != nil {
		return err
	}
	var themed sync.WaitGroup
	themed.Go(p.readTheme) // bundling takes longer than listing the pages
	err := p.walk()
	if err == nil {
		err = p.parse(ctx, p.pages())
	}
	themed.Wait()
	if err != nil {
		return err
	}
	p.list()
	return nil
}

// walk lists the content root afresh and forgets the documents that are gone.
func (p *Project) walk() error {
	tree, problems, err := source.Walk(p.contentRoot(), p.rules())
	if err != nil {
		return err
	}
	p.tree = make(map[string]source.Entry, len(tree.Entries))
	p.walked = problems
	for _, e := range tree.Entries {
		if other, taken := p.tree[e.Path]; taken { // two spellings of one name, composed and decomposed
			p.walked.Add(diag.Pos{Path: e.Path}, "address-twice", diag.Args{"other": other.OSPath, "address": e.Path})
			continue
		}
		if strings.EqualFold(filepath.Ext(e.Path), ".svg") && hasScript(e.OSPath) {
			p.walked.Add(diag.Pos{Path: e.Path}, "file-unsafe", diag.Args{"name": e.Path})
			continue
		}
		p.tree[e.Path] = e
	}
	docs := make(map[string]*loaded, len(tree.Entries))
	for path, doc := range p.docs {
		if e, ok := p.tree[path]; ok && e.Page {
			docs[path] = doc
		}
	}
	p.docs = docs
	return nil
}

var scripted = regexp.MustCompile(`(?i)<\s*script|<\s*foreignObject|\son[a-z]+\s*=|javascript:|<!ENTITY`)

// hasScript reports whether an SVG picture could run something, or cannot be read to tell.
func hasScript(path string) bool {
	data, err := os.ReadFile(path)
	return err != nil || scripted.Match(data)
}

// list renews what is derived from the tree.
func (p *Project) list() {
	p.order = slices.SortedFunc(maps.Values(p.docs), func(a, b *loaded) int { return strings.Compare(a.doc.Path, b.doc.Path) })
	p.files = map[string]string{}
	for path, e := range p.tree {
		if !e.Page {
			p.files[path] = e.OSPath
		}
	}
}

func (p *Project) pages() []source.Entry {
	var pages []source.Entry
	for _, e := range p.tree {
		if e.Page {
			pages = append(pages, e)
		}
	}
	slices.SortFunc(pages, func(a, b source.Entry) int { return strings.Compare(a.Path, b.Path) })
	return pages
}

func (p *Project) readConfig() error {
	p.config, p.confBad = config.Default(), nil
	name := filepath.Join(p.options.Dir, config.FileName)
	raw, err := os.ReadFile(name)
	switch {
	case err == nil:
		file, problems := source.NewFile(config.FileName, raw)
		var more diag.List
		p.config, more = config.Parse(file)
		p.confBad = append(problems, more...)
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("read configuration: %w", err)
	}
	c := p.config
	c.BaseURL = cmp.Or(p.options.BaseURL, c.BaseURL)
	c.Drafts, c.Version, c.Today = p.options.Drafts, p.options.Version, p.options.Today
	c.ID = cmp.Or(c.ID, siteID(c.Title))
	return nil
}

// siteID tells sites apart in a browser's storage, which on file:// is one for all.
func siteID(title string) string {
	hash := source.HashOf([]byte(title))
	return fmt.Sprintf("%x", hash[:4])
}

// readTheme keeps the last good theme when the new one has errors, so that serve goes on.
func (p *Project) readTheme() {
	layouts := []fs.FS{p.options.Layouts, os.DirFS(filepath.Join(p.options.Dir, "layouts"))}
	assets := []fs.FS{p.options.Assets, os.DirFS(filepath.Join(p.options.Dir, "assets"))}
	t, problems := theme.New(layouts, assets, p.options.Bundles)
	p.themeBad = problems
	if problems.Count(diag.Error) == 0 || p.theme == nil {
		p.theme = t
	}
}

// parse reads and parses entries in parallel. Documents are kept when their bytes are the same.
func (p *Project) parse(ctx context.Context, entries []source.Entry) error {
	results := make([]*loaded, len(entries))
	errs := make([]error, len(entries))
	var next int
	var mu sync.Mutex
	var group sync.WaitGroup
	for range min(p.options.Jobs, len(entries)) {
		group.Go(func() {
			for {
				mu.Lock()
				i := next
				next++
				mu.Unlock()
				if i >= len(entries) || ctx.Err() != nil {
					return
				}
				results[i], errs[i] = p.read(entries[i])
			}
		})
	}
	group.Wait()
	if err := errors.Join(append(errs, ctx.Err())...); err != nil {
		return err
	}
	for i, e := range entries {
		if results[i] == nil {
			delete(p.docs, e.Path)
			delete(p.tree, e.Path)
		} else {
			p.docs[e.Path] = results[i]
			p.replace(results[i])
		}
	}
	if len(p.order) != len(p.docs) {
		p.list()
	}
	return nil
}

// replace puts a document in the place of the one with its path.
func (p *Project) replace(l *loaded) {
	i, found := slices.BinarySearchFunc(p.order, l.doc.Path, func(l *loaded, path string) int { return strings.Compare(l.doc.Path, path) })
	if found {
		p.order[i] = l
	}
}

// read parses one file; nil means that it is gone.
func (p *Project) read(e source.Entry) (*loaded, error) {
	raw, err := os.ReadFile(e.OSPath)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read page: %w", err)
	}
	if old := p.docs[e.Path]; old != nil && old.doc.Source.Hash == source.HashOf(raw) {
		return old, nil
	}
	file, problems := source.NewFile(e.Path, raw)
	doc := document.Parse(file)
	return &loaded{doc: doc, problems: append(problems, doc.Problems...)}, nil
}
