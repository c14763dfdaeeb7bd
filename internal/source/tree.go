package source

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"wenfang/internal/diag"
)

// Entry is one file of a Tree.
type Entry struct {
	Path    string // slash-separated, NFC, relative to the root
	OSPath  string // as the system spells it, for reading
	Size    int64
	ModTime time.Time // only a hint that the file may have changed; never part of the output
	Page    bool      // Markdown; otherwise a file to copy
}

// Tree is the list of a folder's files, sorted by path.
type Tree struct {
	Root    string
	Entries []Entry
}

// Rules say which files of a folder belong to a Tree.
type Rules struct {
	Copy []string          // extensions to copy beside the pages, without the dot
	Skip func(string) bool // paths (relative, slashes) to leave out; nil leaves out nothing
}

// DefaultCopy are the kinds of files copied beside the pages.
var DefaultCopy = []string{
	"png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "pdf", "docx", "xlsx", "pptx",
	"wps", "et", "dps", "txt", "csv", "zip",
}

// MaxPage is the largest Markdown file that is read, in bytes.
const MaxPage = 16 << 20

// Walk lists the files below root. Symbolic links, pipes and the like are never followed or
// opened; each that is left out for a reason the keeper should know is reported.
func Walk(root string, rules Rules) (*Tree, diag.List, error) {
	tree := &Tree{Root: root}
	var problems diag.List
	err := filepath.WalkDir(root, func(osPath string, d fs.DirEntry, err error) error {
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) && osPath != root {
				return nil // gone between listing and looking: it will be seen as gone
			}
			return fmt.Errorf("read %s: %w", osPath, err)
		}
		if osPath == root {
			return nil
		}
		rel, err := filepath.Rel(root, osPath)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(rel)
		if Hidden(d.Name()) || rules.Skip != nil && rules.Skip(name) {
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return nil
		}
		entry, ok := rules.entry(name, osPath, d, &problems)
		if ok {
			tree.Entries = append(tree.Entries, entry)
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	slices.SortFunc(tree.Entries, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	return tree, problems, nil
}

// Stat returns the entry of one path below root by the same rules; ok is false when there is
// no such file in the Tree.
func Stat(root, name string, rules Rules) (entry Entry, ok bool, problems diag.List) {
	for _, part := range strings.Split(name, "/") {
		if Hidden(part) {
			return Entry{}, false, nil
		}
	}
	if rules.Skip != nil && rules.Skip(name) {
		return Entry{}, false, nil
	}
	osPath := filepath.Join(root, filepath.FromSlash(name))
	info, err := os.Lstat(osPath)
	if err != nil || info.IsDir() {
		return Entry{}, false, nil
	}
	entry, ok = rules.entry(name, osPath, fs.FileInfoToDirEntry(info), &problems)
	return entry, ok, problems
}

func (r Rules) entry(name, osPath string, d fs.DirEntry, problems *diag.List) (Entry, bool) {
	pos := diag.Pos{Path: strings.ToValidUTF8(name, "\uFFFD")}
	if !d.Type().IsRegular() {
		problems.Add(pos, "file-link", nil)
		return Entry{}, false
	}
	if detail := badName(name); detail != "" {
		problems.Add(pos, "file-name", diag.Args{"name": path.Base(pos.Path), "detail": detail})
		if !utf8.ValidString(name) {
			return Entry{}, false
		}
	}
	info, err := d.Info()
	if err != nil {
		return Entry{}, false // gone meanwhile
	}
	ext := strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
	entry := Entry{Path: norm.NFC.String(name), OSPath: osPath, Size: info.Size(), ModTime: info.ModTime()}
	switch {
	case ext == "md" || ext == "markdown":
		if entry.Size > MaxPage {
			problems.Add(pos, "file-too-large", diag.Args{"limit": fmt.Sprint(MaxPage >> 20), "got": fmt.Sprint(entry.Size >> 20)})
			return Entry{}, false
		}
		entry.Page = true
	case slices.Contains(r.Copy, ext):
	default:
		problems.Add(pos, "file-unpublished", diag.Args{"name": path.Base(pos.Path)})
		return Entry{}, false
	}
	return entry, true
}

// Hidden reports whether a file or folder of this name is never part of a site: hidden
// names, backups, swap and lock files of editors and Office, keys, and folders of tools.
func Hidden(name string) bool {
	lower := strings.ToLower(name)
	switch {
	case strings.HasPrefix(name, "."), strings.HasPrefix(name, "~$"), strings.HasSuffix(name, "~"):
		return true
	case strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#"):
		return true
	case name == "4913", lower == "thumbs.db", lower == "desktop.ini", lower == "node_modules", lower == "__macosx":
		return true
	case strings.HasPrefix(lower, "id_rsa"), strings.HasPrefix(lower, "id_ed25519"), strings.HasPrefix(lower, "id_ecdsa"):
		return true
	case strings.Contains(lower, "___jb_"), strings.HasPrefix(lower, ".goutputstream"):
		return true
	}
	switch filepath.Ext(lower) {
	case ".swp", ".swo", ".swx", ".bak", ".tmp", ".temp", ".orig", ".rej", ".lock", ".lck", ".pem", ".key", ".pfx", ".p12", ".crdownload", ".part":
		return true
	}
	return false
}

// badName says why a path cannot be kept on every system, or "".
func badName(name string) string {
	if !utf8.ValidString(name) {
		return "UTF-8"
	}
	for _, part := range strings.Split(name, "/") {
		if i := strings.IndexAny(part, `:*?"<>|\`); i >= 0 {
			return string(part[i])
		}
		for _, r := range part {
			if isControl(r) {
				return fmt.Sprintf("U+%04X", r)
			}
		}
		if strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") || strings.HasPrefix(part, " ") {
			return part
		}
		if base, _, _ := strings.Cut(strings.ToUpper(part), "."); isDevice(base) {
			return base
		}
	}
	return ""
}

// isDevice reports the names that Windows keeps for devices.
func isDevice(base string) bool {
	switch base {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	return len(base) == 4 && (strings.HasPrefix(base, "COM") || strings.HasPrefix(base, "LPT")) && base[3] >= '1' && base[3] <= '9'
}
