package output

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"wenfang/internal/diag"
	"wenfang/internal/theme"
)

const stagePrefix = "stage-"

// staged is one rendered file: unchanged on disk, or waiting in the stage folder.
type staged struct {
	Output
	hash    string
	size    int64
	temp    string // "" when the file in the output folder is already the same
	foreign bool   // a file of this name is there that the manifest does not list
	failed  bool
}

// cleanStages removes what builds that were killed left behind. The lock is held.
func (p *publication) cleanStages() error {
	entries, err := os.ReadDir(p.work)
	if err != nil {
		return fmt.Errorf("work folder: %w", err)
	}
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), stagePrefix) {
			if err := os.RemoveAll(filepath.Join(p.work, e.Name())); err != nil {
				return fmt.Errorf("work folder: %w", err)
			}
		}
	}
	return nil
}

// renderAll renders every output. The index is built beside the pages: neither needs the
// other. Results land by index, so their order never depends on speed.
func (p *publication) renderAll(ctx context.Context) ([]staged, error) {
	indexed := make(chan []Output, 1)
	go func() { indexed <- p.plan.search().outputs }()
	outputs := p.plan.besideSearch()
	files, err := p.renderEach(ctx, outputs, 0)
	if err != nil {
		return nil, err
	}
	select {
	case index := <-indexed:
		more, err := p.renderEach(ctx, index, len(outputs))
		return append(files, more...), err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// renderEach renders outputs in parallel; their files in the stage folder are numbered from
// first. Each worker has a folder of its own: two that make files in one folder wait for each
// other.
func (p *publication) renderEach(ctx context.Context, outputs []Output, first int) ([]staged, error) {
	files := make([]staged, len(outputs))
	var mu sync.Mutex
	var group sync.WaitGroup
	var failure error
	next, done := 0, 0
	folders := make([]string, min(p.options.Jobs, len(outputs)))
	for i := range folders {
		folders[i] = filepath.Join(p.stageDir, strconv.Itoa(i))
		if err := os.MkdirAll(folders[i], 0o755); err != nil {
			return nil, fmt.Errorf("work folder: %w", err)
		}
	}
	for _, dir := range folders {
		group.Go(func() {
			var page bytes.Buffer
			for {
				mu.Lock()
				i := next
				next++
				stop := i >= len(outputs) || failure != nil || ctx.Err() != nil
				mu.Unlock()
				if stop {
					return
				}
				file, err := p.stage(outputs[i], filepath.Join(dir, strconv.Itoa(first+i)), &page)
				files[i] = file
				mu.Lock()
				done++
				p.collect(&failure, file, err)
				if p.options.Progress != nil && (done%64 == 0 || done == len(outputs)) {
					p.options.Progress(first+done, first+len(outputs))
				}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	if failure == nil {
		failure = ctx.Err()
	}
	return files, failure
}

// collect turns the failure of one file into a problem, or of the machine into the failure of
// the whole. The caller holds the lock.
func (p *publication) collect(failure *error, file staged, err error) {
	p.report.Bytes += file.size
	if err == nil {
		return
	}
	var machine *machineError
	if errors.As(err, &machine) {
		if *failure == nil {
			*failure = machine.err
		}
		return
	}
	p.report.Problems = append(p.report.Problems, p.plan.RenderProblem(file.Output, err))
}

// RenderProblem says in a diagnostic that one file could not be rendered, and where.
func (p *Plan) RenderProblem(o Output, err error) diag.Diagnostic {
	pos := diag.Pos{Path: o.Path}
	if o.Source != "" {
		pos.Path = p.snapshot.SitePath(o.Source)
	}
	var panicked *PanicError
	if errors.As(err, &panicked) {
		return diag.New(pos, "render-panic", diag.Args{"detail": fmt.Sprint(panicked.Value)})
	}
	return diag.New(theme.LayoutPos(err, pos), "layout-render", diag.Args{"layout": o.Path, "detail": err.Error()})
}

// machineError is a failure of the disk, as opposed to one of a page.
type machineError struct{ err error }

func (e *machineError) Error() string { return e.err.Error() }

// stage renders one output and keeps it at temp unless the output folder already
// has the same bytes. Pages pass through memory, one at a time for each worker; other files
// are streamed.
func (p *publication) stage(o Output, temp string, page *bytes.Buffer) (staged, error) {
	file := staged{Output: o}
	target := filepath.Join(p.dir, filepath.FromSlash(o.Path))
	if o.stage == stageFile && o.Source != "" && !strings.HasSuffix(o.Path, ".md") {
		return p.stageStream(file, target, temp)
	}
	page.Reset()
	if err := o.Render(page); err != nil {
		file.failed = true
		return file, err
	}
	file.hash, file.size = hashOf(page.Bytes()), int64(page.Len())
	current, err := readRegular(target)
	if err == nil && bytes.Equal(current, page.Bytes()) {
		return file, nil
	}
	file.foreign = p.isForeign(o.Path, target)
	file.temp = temp
	if err := os.WriteFile(temp, page.Bytes(), 0o644); err != nil {
		return file, &machineError{fmt.Errorf("write %s: %w", o.Path, err)}
	}
	return file, nil
}

// stageStream stages a file that may be too large for memory.
func (p *publication) stageStream(file staged, target, temp string) (staged, error) {
	out, err := os.Create(temp)
	if err != nil {
		return file, &machineError{fmt.Errorf("write %s: %w", file.Path, err)}
	}
	sum := sha256.New()
	err = file.Render(io.MultiWriter(out, sum))
	if closeErr := out.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return file, &machineError{fmt.Errorf("copy %s: %w", file.Path, err)}
	}
	file.hash = hex.EncodeToString(sum.Sum(nil)[:hashBytes])
	if info, err := os.Stat(temp); err == nil {
		file.size = info.Size()
	}
	if sameFile(target, file.hash) {
		if err := os.Remove(temp); err != nil {
			return file, &machineError{fmt.Errorf("copy %s: %w", file.Path, err)}
		}
		return file, nil
	}
	file.foreign = p.isForeign(file.Path, target)
	file.temp = temp
	return file, nil
}

// hashBytes is how much of a SHA-256 the manifest keeps.
const hashBytes = 16

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:hashBytes])
}

// readRegular reads a regular file; a link is never followed.
func readRegular(path string) ([]byte, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.ErrUnsupported
	}
	return os.ReadFile(path)
}

func sameFile(path, hash string) bool {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, f)
	return err == nil && hex.EncodeToString(sum.Sum(nil)[:hashBytes]) == hash
}

// isForeign reports whether something stands at target that no build of ours put there.
func (p *publication) isForeign(path, target string) bool {
	info, err := os.Lstat(target)
	if err != nil {
		return false
	}
	if info.IsDir() {
		return !p.old.holds(path + "/")
	}
	return !p.old.lists(path)
}
