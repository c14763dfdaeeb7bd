package output

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
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
	look    look       // of the file as it lies, or will
	kept    contentKey // what it was made from, where the next build may leave it
	temp    string     // "" when the file in the output folder is already the same
	left    bool       // it was not rendered: an earlier build made it from the same
	foreign bool       // a file of this name is there that the manifest does not list
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

// renderAll renders every output: the index first, which keeps all processors busy by itself, and
// whose segments are let go before highlighting needs memory. The pages' results land by index,
// those of the index are sorted by name, so their order never depends on speed.
func (p *publication) renderAll(ctx context.Context) ([]staged, error) {
	index, err := p.stageIndex(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range index {
		p.report.Bytes += f.size
	}
	files, err := p.renderEach(ctx, p.plan.besideSearch())
	return append(files, index...), err
}

// stageIndex stages the files of the index as they are made, and holds none. They take turns in
// several folders: two that make files in one folder wait for each other.
func (p *publication) stageIndex(ctx context.Context) ([]staged, error) {
	var folders [16]string
	for i := range folders {
		folders[i] = filepath.Join(p.stageDir, "index-"+strconv.Itoa(i))
		if err := os.MkdirAll(folders[i], 0o755); err != nil {
			return nil, fmt.Errorf("work folder: %w", err)
		}
	}
	var mu sync.Mutex
	var failure error
	files := map[string]staged{}
	p.plan.packSearch(ctx, func(name string, data func() []byte) {
		mu.Lock()
		_, again := files[name]
		if !again {
			files[name] = staged{}
		}
		stop, folder := again || failure != nil, folders[len(files)%len(folders)]
		mu.Unlock()
		if stop {
			return
		}
		file := staged{Output: indexOutput(name)}
		target := filepath.Join(p.dir, filepath.FromSlash(name))
		var err error
		if !p.leave(&file, target) {
			err = p.stageBytes(&file, data(), target, filepath.Join(folder, filepath.Base(name)))
		}
		mu.Lock()
		defer mu.Unlock()
		files[name] = file
		if err != nil && failure == nil {
			failure = err
		}
	})
	return slices.SortedFunc(maps.Values(files), func(a, b staged) int { return strings.Compare(a.Path, b.Path) }), failure
}

// renderEach renders outputs in parallel. Each worker has a folder of its own in the stage
// folder: two that make files in one folder wait for each other.
func (p *publication) renderEach(ctx context.Context, outputs []Output) ([]staged, error) {
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
				file, err := p.stage(outputs[i], filepath.Join(dir, strconv.Itoa(i)), &page)
				files[i] = file
				mu.Lock()
				done++
				p.collect(&failure, file, err)
				if p.options.Progress != nil && (done%64 == 0 || done == len(outputs)) {
					p.options.Progress(done, len(outputs))
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
	if p.leave(&file, target) {
		return file, nil
	}
	if o.stage == stageFile && o.Source != "" && !strings.HasSuffix(o.Path, ".md") {
		return p.stageStream(file, target, temp)
	}
	page.Reset()
	if err := o.Render(page); err != nil {
		file.failed = true
		return file, err
	}
	if err := p.stageBytes(&file, page.Bytes(), target, temp); err != nil {
		return file, &machineError{err}
	}
	return file, nil
}

// stageBytes keeps data at temp unless the file at target is the same.
func (p *publication) stageBytes(file *staged, data []byte, target, temp string) error {
	file.hash, file.size = hashOf(data), int64(len(data))
	current, err := readRegular(target)
	if err != nil || !bytes.Equal(current, data) {
		file.foreign = p.isForeign(file.Path, target)
		file.temp, target = temp, temp
		if err := os.WriteFile(temp, data, 0o644); err != nil {
			return fmt.Errorf("write %s: %w", file.Path, err)
		}
	}
	file.note(target)
	return nil
}

// note remembers how the file lies, for the next build.
func (f *staged) note(at string) {
	if f.key == nil {
		return
	}
	if info, err := os.Lstat(at); err == nil {
		f.look, f.kept = lookOf(info), f.key()
	}
}

// leave reports whether the file at target is already what rendering would make.
func (p *publication) leave(file *staged, target string) bool {
	if file.key == nil || p.options.Program == "" {
		return false
	}
	key := file.key() // of a copied file before its bytes are read, so that no later change is missed
	k, ok := p.kept[file.Path]
	if !ok || k.key != key || key == (contentKey{}) || !p.old.lists(file.Path) {
		return false
	}
	info, err := os.Lstat(target)
	if err != nil || !info.Mode().IsRegular() || lookOf(info) != k.look {
		return false
	}
	file.hash, file.size, file.look, file.kept, file.left = k.hash, k.look.size, k.look, k.key, true
	return true
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
		file.note(target)
		return file, nil
	}
	file.foreign = p.isForeign(file.Path, target)
	file.temp = temp
	file.note(temp)
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
