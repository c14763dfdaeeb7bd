package output

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"wenfang/internal/diag"
	"wenfang/internal/project"
)

// WorkFolder stands beside the output and holds the lock, the files of a build that is not
// published yet, and the cache of highlighted code. Deleting it is always safe.
const WorkFolder = ".wenfang"

// WriteOptions say where and how a plan is published.
type WriteOptions struct {
	Dir       string                // the output folder
	Site      string                // the site's folder, which the output must not endanger
	Program   string                // tells programs apart that may render differently; "": every file is rendered
	Jobs      int                   // files rendered at once; 0: one for each processor
	KeepGoing bool                  // publish the other files when some cannot be rendered
	Progress  func(done, total int) // called now and then while rendering; may be nil
}

// Report says what a publication did.
type Report struct {
	Files     int // files of the site
	Written   int // new or changed
	Unchanged int
	Left      int // of the unchanged: not rendered, since they would be made from the same
	Removed   int
	Bytes     int64 // of all files of the site
	Problems  diag.List
}

// Write renders every output and publishes the changed ones in dir. Until everything is
// rendered nothing in dir changes; with problems (unless told to keep going) nothing does.
// While publishing every file is whole, and no page is there before the assets it needs. Only
// files that the manifest lists are ever replaced or removed.
//
// An error means that the machine failed or that dir must not be written to (RefusedError).
func Write(ctx context.Context, plan *Plan, options WriteOptions) (Report, error) {
	if options.Jobs <= 0 {
		options.Jobs = runtime.GOMAXPROCS(0)
	}
	dir, err := filepath.Abs(options.Dir)
	if err != nil {
		return Report{}, fmt.Errorf("output folder: %w", err)
	}
	if err := checkFolder(dir, options.Site); err != nil {
		return Report{}, err
	}
	work := filepath.Join(filepath.Dir(dir), WorkFolder)
	if err := os.MkdirAll(work, 0o755); err != nil {
		return Report{}, fmt.Errorf("work folder: %w", err)
	}
	unlock, err := lock(work)
	if err != nil {
		return Report{}, err
	}
	defer unlock()
	p := &publication{dir: dir, work: work, plan: plan, options: options}
	return p.run(ctx)
}

// publication is one run of Write.
type publication struct {
	dir, work string
	stageDir  string
	plan      *Plan
	options   WriteOptions
	old       *manifest
	kept      map[string]kept // of the last build, by path
	report    Report
}

func (p *publication) run(ctx context.Context) (Report, error) {
	var err error
	if p.old, err = readManifest(p.dir); err != nil {
		return Report{}, err
	}
	p.kept = readKept(p.work, p.options.Program)
	if err := p.cleanStages(); err != nil {
		return Report{}, err
	}
	if p.stageDir, err = os.MkdirTemp(p.work, stagePrefix); err != nil {
		return Report{}, fmt.Errorf("work folder: %w", err)
	}
	defer os.RemoveAll(p.stageDir)

	files, err := p.renderAll(ctx)
	if err != nil {
		return Report{}, err
	}
	if p.report.Problems.Count(diag.Error) > 0 && !p.options.KeepGoing {
		return p.report, nil
	}
	if err := p.checkForeign(files); err != nil {
		return Report{}, err
	}
	if err := ctx.Err(); err != nil {
		return Report{}, err
	}
	if err := p.publish(files); err != nil {
		return Report{}, err
	}
	writeKept(p.work, p.stageDir, p.options.Program, files)
	return p.report, nil
}

// RefusedError means that a folder may not be used as output.
type RefusedError struct {
	Folder string
	Reason string // catalogue key of the reason
	Detail string
}

func (e *RefusedError) Error() string {
	return fmt.Sprintf("output %s refused: %s %s", e.Folder, e.Reason, e.Detail)
}

// checkFolder refuses an output folder that is, holds or lies in the content, or is the home
// folder or the root of the system. An output inside a site whose pages stand at its root is
// fine: loading leaves it out, and foreign files in it are never touched.
func checkFolder(dir, siteDir string) error {
	refuse := func(reason string) error { return &RefusedError{Folder: dir, Reason: reason} }
	real := resolved(dir)
	if home, err := os.UserHomeDir(); err == nil && real == resolved(home) {
		return refuse("refused.home")
	}
	if real == filepath.Dir(real) {
		return refuse("refused.root")
	}
	if siteDir == "" {
		return nil
	}
	site, content := resolved(siteDir), resolved(project.ContentRoot(siteDir))
	switch {
	case real == site || contains(real, site):
		return refuse("refused.site")
	case real == content || contains(real, content):
		return refuse("refused.content")
	case content != site && contains(content, real):
		return refuse("refused.inside")
	}
	for _, own := range []string{"layouts", "assets"} {
		if folder := filepath.Join(site, own); real == folder || contains(folder, real) {
			return refuse("refused.inside")
		}
	}
	return nil
}

// resolved is the absolute path without symbolic links, as far as it exists.
func resolved(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		return real
	}
	parent := filepath.Dir(abs)
	if parent == abs {
		return abs
	}
	return filepath.Join(resolved(parent), filepath.Base(abs))
}

// contains reports whether path lies inside folder.
func contains(folder, path string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && rel != "." && filepath.IsLocal(rel)
}
