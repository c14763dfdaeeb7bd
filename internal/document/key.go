package document

import (
	"net/url"
	"path"
	"strings"
)

// OutsideKey is the key of a link that leaves the content root.
const OutsideKey = ".."

// KeyOf returns the key of a source path: the path without its extension; for a folder's own
// page the folder, which for the root is "". Two files with one key claim one address.
func KeyOf(file string) string {
	dir, base := path.Split(file)
	if IsFolderPage(base) {
		return strings.TrimSuffix(dir, "/")
	}
	return strings.TrimSuffix(file, path.Ext(file))
}

// IsFolderPage reports whether a file of this name is the page of its folder.
func IsFolderPage(base string) bool {
	switch base {
	case "index.md", "README.md", "readme.md", "_index.md", "index.markdown", "README.markdown":
		return true
	}
	return false
}

// AddressOf returns the path of the page that is made from a file with the given key: the key
// with .html, or index.html in the folder when the file is a folder's own page.
func AddressOf(key string, folder bool) string {
	if folder {
		return path.Join(key, "index.html")
	}
	return key + ".html"
}

// HashTarget returns the hash of the key or the title that a link names (FNV-1a).
func HashTarget(name string) uint32 {
	h := uint32(2166136261)
	for i := range len(name) {
		h = (h ^ uint32(name[i])) * 16777619
	}
	return h
}

// LinkKey returns the key of the page that a link's target names, seen from the file at
// from. The spellings x.md, x, x/, x.html and, from the content root, /x have one key. A
// target with another extension keeps it: it names a file. ok is false for a target that
// climbs out of the content root.
func LinkKey(from, target string) (key string, ok bool) {
	if strings.Contains(target, "%") {
		if plain, err := url.PathUnescape(target); err == nil {
			target = plain
		}
	}
	if target == "" {
		return KeyOf(from), true
	}
	if strings.Contains(target, "\\") || strings.ContainsRune(target, 0) {
		return OutsideKey, false
	}
	if !strings.HasPrefix(target, "/") {
		target = path.Dir(from) + "/" + target
	}
	key = path.Clean(strings.TrimLeft(target, "/"))
	if key == ".." || strings.HasPrefix(key, "../") {
		return OutsideKey, false
	}
	if key == "." {
		return "", true
	}
	base := path.Base(key)
	if IsFolderPage(base) || base == "index.html" || base == "index" {
		return strings.TrimSuffix(strings.TrimSuffix(key, base), "/"), true
	}
	for _, ext := range []string{".md", ".markdown", ".html"} {
		if rest, found := strings.CutSuffix(key, ext); found {
			return rest, true
		}
	}
	return key, true
}
