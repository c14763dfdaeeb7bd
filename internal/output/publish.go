package output

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"
)

// checkForeign refuses to publish over files that are not ours.
func (p *publication) checkForeign(files []staged) error {
	for _, f := range files {
		if f.foreign {
			return &RefusedError{Folder: p.dir, Reason: "refused.foreign", Detail: f.Path}
		}
	}
	return nil
}

// publish moves the staged files into place. First the manifest lists old and new files
// together, so that a build killed from here on leaves nothing that the next one would not
// know as its own.
func (p *publication) publish(files []staged) error {
	if err := os.MkdirAll(p.dir, 0o755); err != nil {
		return fmt.Errorf("output folder: %w", err)
	}
	next := &manifest{Files: make(map[string]string, len(files)), Retired: map[string]int{}}
	for _, f := range files {
		if !f.failed {
			next.Files[f.Path] = f.hash
		}
	}
	both := &manifest{Files: maps.Clone(p.old.Files), Retired: p.old.Retired}
	if both.Files == nil {
		both.Files = map[string]string{}
	}
	maps.Copy(both.Files, next.Files)
	if anyChanged(files) || !maps.Equal(p.old.Files, next.Files) {
		if err := both.write(p.dir, p.stageDir); err != nil {
			return err
		}
	}
	if err := p.move(files); err != nil {
		return err
	}
	if err := p.prune(next); err != nil {
		return err
	}
	if maps.Equal(both.Files, p.old.Files) && maps.Equal(next.Files, p.old.Files) && maps.Equal(next.Retired, p.old.Retired) {
		return nil
	}
	return next.write(p.dir, p.stageDir)
}

func anyChanged(files []staged) bool {
	return slices.ContainsFunc(files, func(f staged) bool { return f.temp != "" })
}

// move puts changed files in place: what pages need first, what names pages last.
func (p *publication) move(files []staged) error {
	order := slices.Clone(files)
	slices.SortStableFunc(order, func(a, b staged) int { return cmp.Compare(a.Output.stage, b.Output.stage) })
	folders := map[string]bool{}
	for _, f := range order {
		if f.failed {
			continue
		}
		p.report.Files++
		if f.left {
			p.report.Left++
		}
		if f.temp == "" {
			p.report.Unchanged++
			continue
		}
		if err := p.makeFolder(path.Dir(f.Path), folders); err != nil {
			return err
		}
		if err := replace(f.temp, filepath.Join(p.dir, filepath.FromSlash(f.Path))); err != nil {
			return fmt.Errorf("publish %s: %w", f.Path, err)
		}
		p.report.Written++
	}
	return nil
}

// makeFolder makes the folder of a file, one part at a time: a link is never followed, and a
// file of ours that stands where a folder is needed makes way.
func (p *publication) makeFolder(folder string, made map[string]bool) error {
	if folder == "." || made[folder] {
		return nil
	}
	if err := p.makeFolder(path.Dir(folder), made); err != nil {
		return err
	}
	full := filepath.Join(p.dir, filepath.FromSlash(folder))
	info, err := os.Lstat(full)
	switch {
	case err == nil && info.IsDir():
	case err == nil && p.old.lists(folder) && info.Mode().IsRegular():
		if err := os.Remove(full); err != nil {
			return fmt.Errorf("publish %s: %w", folder, err)
		}
		err = os.Mkdir(full, 0o755)
		if err != nil {
			return fmt.Errorf("publish %s: %w", folder, err)
		}
	case err == nil:
		return &RefusedError{Folder: p.dir, Reason: "refused.foreign", Detail: folder}
	default:
		if err := os.Mkdir(full, 0o755); err != nil {
			return fmt.Errorf("publish %s: %w", folder, err)
		}
	}
	made[folder] = true
	return nil
}

// replace renames temp to target. Scanners on Windows hold files open for moments, so a
// refusal is tried again for a while; a target on another device is reached by a copy.
func replace(temp, target string) error {
	deadline := time.Now().Add(2 * time.Second)
	for {
		err := os.Rename(temp, target)
		switch {
		case err == nil:
			return nil
		case errors.Is(err, syscall.EXDEV):
			return copyBeside(temp, target)
		case errors.Is(err, fs.ErrExist) || isDirectory(target):
			if os.Remove(target) != nil { // only an empty folder goes
				return err
			}
		case !isBusy(err) || time.Now().After(deadline):
			return err
		default:
			time.Sleep(20 * time.Millisecond)
		}
	}
}

func isDirectory(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.IsDir()
}

// copyBeside copies temp next to target and renames it there.
func copyBeside(temp, target string) error {
	in, err := os.Open(temp)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.CreateTemp(filepath.Dir(target), ".wenfang-*")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name())
	_, err = io.Copy(out, in)
	if err == nil {
		err = out.Chmod(0o644)
	}
	if closeErr := out.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	return os.Rename(out.Name(), target)
}

var hashedName = regexp.MustCompile(`-[0-9a-f]{8,}\.(js|css)$|^search/[0-9a-v]{10}\.js$`)

// prune removes what the last manifest lists and the site no longer has. Hashed files stay
// for some builds, since pages that readers have open may still ask for them.
func (p *publication) prune(next *manifest) error {
	for _, old := range slices.Sorted(maps.Keys(p.old.Files)) {
		if _, stays := next.Files[old]; stays {
			continue
		}
		if hashedName.MatchString(old) {
			next.Retired[old] = retainedBuilds
			continue
		}
		if err := p.remove(old); err != nil {
			return err
		}
	}
	for _, old := range slices.Sorted(maps.Keys(p.old.Retired)) {
		left := p.old.Retired[old] - 1
		if _, back := next.Files[old]; back {
			continue
		}
		if left > 0 {
			next.Retired[old] = left
		} else if err := p.remove(old); err != nil {
			return err
		}
	}
	if len(next.Retired) == 0 {
		next.Retired = nil
	}
	return nil
}

// remove deletes one file of ours and the folders that it leaves empty.
func (p *publication) remove(name string) error {
	for part := path.Dir(name); part != "."; part = path.Dir(part) {
		if info, err := os.Lstat(filepath.Join(p.dir, filepath.FromSlash(part))); err == nil && !info.IsDir() {
			return nil // a link or a file took the folder's place: what lies behind is not ours
		}
	}
	full := filepath.Join(p.dir, filepath.FromSlash(name))
	info, err := os.Lstat(full)
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.IsDir() {
		return nil
	}
	if err == nil {
		err = os.Remove(full)
	}
	if err != nil && !strings.Contains(err.Error(), "not a directory") {
		return fmt.Errorf("remove %s: %w", name, err)
	}
	p.report.Removed++
	for folder := path.Dir(name); folder != "."; folder = path.Dir(folder) {
		if os.Remove(filepath.Join(p.dir, filepath.FromSlash(folder))) != nil {
			break
		}
	}
	return nil
}
