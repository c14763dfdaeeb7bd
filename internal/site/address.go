package site

import (
	"net/url"
	"strings"
	"unicode/utf8"
)

// TagAddress returns the path of a tag's page.
func TagAddress(tag string) string {
	return "tags/" + fileName(tag) + ".html"
}

// fileName makes a tag safe as a file name on every system.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|#%`, r) || r < ' ' || r == utf8.RuneError {
			return '-'
		}
		return r
	}, name)
	name = strings.Trim(name, ". ")
	if name == "" || strings.EqualFold(name, "index") {
		return "-" + name
	}
	return name
}

// Escape percent-encodes a path for use in a link.
func Escape(p string) string {
	if isPlain(p) {
		return p
	}
	parts := strings.Split(p, "/")
	for i, part := range parts {
		parts[i] = url.PathEscape(part)
	}
	escaped := strings.Join(parts, "/")
	if first, _, _ := strings.Cut(escaped, "/"); strings.Contains(first, ":") {
		return "./" + escaped
	}
	return escaped
}

// isPlain reports whether p needs no escaping.
func isPlain(p string) bool {
	for i := 0; i < len(p); i++ {
		c := p[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '_', c == '.', c == '/':
		default:
			return false
		}
	}
	return true
}

// Relative returns the escaped relative link from the output from to the output to. A link
// to the page itself is its own file name, never empty.
func Relative(from, to string) string {
	common := 0
	for i := 0; i < len(from) && i < len(to) && from[i] == to[i]; i++ {
		if from[i] == '/' {
			common = i + 1
		}
	}
	up := strings.Count(from[common:], "/")
	return strings.Repeat("../", up) + Escape(to[common:])
}

// Root returns the relative way from an output to the root of the site: "", "../" …
func Root(from string) string {
	return strings.Repeat("../", strings.Count(from, "/"))
}
