package watch

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// scope is what is watched.
type scope struct {
	roots  []string
	ignore func(path string, isDir bool) bool
	read   func(dir string) ([]fs.DirEntry, error) // nil: os.ReadDir; tests put in one that fails
}

func (s scope) readDir(dir string) ([]fs.DirEntry, error) {
	if s.read != nil {
		return s.read(dir)
	}
	return os.ReadDir(dir)
}

func (s scope) ignores(path string, isDir bool) bool {
	return s.ignore != nil && s.ignore(path, isDir)
}

// stamp is what a look at a file's entry tells of its content.
type stamp struct {
	size  int64
	mtime int64 // nanoseconds
	inode uint64
}

func stampOf(info fs.FileInfo) stamp {
	return stamp{size: info.Size(), mtime: info.ModTime().UnixNano(), inode: inodeOf(info)}
}

// folder is one folder of the tree: its files and the names of its folders.
type folder struct {
	files   map[string]stamp
	folders map[string]bool
}

// tree is the folders by path. A root that is a file is a folder whose only file has the
// empty name.
type tree map[string]*folder

// collect puts every file at or below the folder dir into files.
func (t tree) collect(dir string, files map[string]stamp) {
	f := t[dir]
	if f == nil {
		return
	}
	for name, s := range f.files {
		files[join(dir, name)] = s
	}
	for name := range f.folders {
		t.collect(filepath.Join(dir, name), files)
	}
}

func join(dir, name string) string {
	if name == "" {
		return dir
	}
	return filepath.Join(dir, name)
}

// drop takes dir and all below it out of the tree, telling gone of each folder, and puts the
// files that it had into files.
func (t tree) drop(dir string, files map[string]stamp, gone func(dir string)) {
	f := t[dir]
	if f == nil {
		return
	}
	for name, s := range f.files {
		files[join(dir, name)] = s
	}
	delete(t, dir)
	gone(dir)
	for name := range f.folders {
		t.drop(filepath.Join(dir, name), files, gone)
	}
}

// walker reads folders into a tree.
type walker struct {
	scope
	// enter is called before a folder is read, so that what changes during the reading is
	// seen either by the reading or by an event.
	enter func(dir string) error
	// unreadable is told of a folder that is there and cannot be read.
	unreadable func(dir string, err error)
}

// walk reads dir and all below it into t. A folder that vanishes meanwhile is left out. The
// error is that of enter, unless it says that the folder has gone.
func (w walker) walk(t tree, dir string) error {
	if err := w.enter(dir); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	entries, err := w.readDir(dir)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return nil
	}
	if err != nil {
		w.unreadable(dir, err)
	}
	f := &folder{files: map[string]stamp{}, folders: map[string]bool{}}
	t[dir] = f
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if w.ignores(path, e.IsDir()) {
			continue
		}
		if e.IsDir() {
			f.folders[e.Name()] = true
			if err := w.walk(t, path); err != nil {
				return err
			}
			continue
		}
		if info, err := e.Info(); err == nil {
			f.files[e.Name()] = stampOf(info)
		}
	}
	return nil
}

// differences returns the paths that only one of two states has, or that differ.
func differences(before, after map[string]stamp) []string {
	var paths []string
	for p, s := range before {
		if t, ok := after[p]; !ok || t != s {
			paths = append(paths, p)
		}
	}
	for p := range after {
		if _, ok := before[p]; !ok {
			paths = append(paths, p)
		}
	}
	return paths
}
