package watch

import (
	"errors"
	"io/fs"
	"os"
)

// rootState is what a root was when it was looked at last: a folder, a file, or nothing.
type rootState struct {
	info fs.FileInfo // nil when it is not there
	lost bool        // it was a folder, and went
}

func (r *rootState) isDir() bool { return r.info != nil && r.info.IsDir() }

// statRoot looks at a root. A disk that does not answer now is not a folder that has gone:
// then ok is false.
func statRoot(root string) (info fs.FileInfo, ok bool) {
	info, err := os.Stat(root)
	if err != nil {
		return nil, errors.Is(err, fs.ErrNotExist)
	}
	return info, true
}

// same reports whether the root is what it was. A folder is, whatever happened in it.
func (r *rootState) same(info fs.FileInfo) bool {
	switch {
	case r.info == nil || info == nil:
		return r.info == nil && info == nil
	case r.info.IsDir() || info.IsDir():
		return r.info.IsDir() && os.SameFile(r.info, info)
	}
	return stampOf(r.info) == stampOf(info)
}

// become takes over what the root is now, and says what that means besides changed files. A
// folder that comes or goes may change what the other roots are for: everything is to be
// looked at. An editor may take a single file away and put it back at each save.
func (r *rootState) become(root string, info fs.FileInfo) signal {
	was := r.isDir()
	r.info = info
	s := signal{rescan: was || r.isDir()}
	switch {
	case was && !r.isDir():
		r.lost = true
		s.notes = []Note{{ID: NoteRootMissing, Path: root}}
	case r.isDir() && r.lost:
		r.lost = false
		s.notes = []Note{{ID: NoteRootBack, Path: root}}
	}
	return s
}
