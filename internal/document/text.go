package document

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

func trim(s string) string { return strings.TrimSpace(s) }

func itoa(n int) string { return strconv.Itoa(n) }

// unescape resolves backslash escapes and entities (CommonMark 2.4 and 2.5).
func unescape(raw []byte) string {
	if !strings.ContainsAny(string(raw), "\\&") {
		return string(raw)
	}
	var b strings.Builder
	b.Grow(len(raw))
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case c == '\\' && i+1 < len(raw) && util.IsPunct(raw[i+1]):
			i++
			b.WriteByte(raw[i])
		case c == '&':
			text, length := entity(raw[i:])
			b.WriteString(text)
			i += length - 1
		default:
			b.WriteByte(c)
		}
	}
	return stripControls(b.String())
}

// entity resolves the entity at the start of raw; what is none stands for itself.
func entity(raw []byte) (text string, length int) {
	const longest = 40
	end := strings.IndexByte(string(raw[:min(len(raw), longest)]), ';')
	if end < 2 {
		return "&", 1
	}
	name := string(raw[1:end])
	if name[0] != '#' {
		if e, ok := util.LookUpHTML5EntityByName(name); ok {
			return string(e.Characters), end + 1
		}
		return "&", 1
	}
	digits, base := name[1:], 10
	if digits != "" && (digits[0] == 'x' || digits[0] == 'X') {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || len(digits) > 7 {
		return "&", 1
	}
	if r := rune(n); n > 0 && n <= unicode.MaxRune && utf8.ValidRune(r) {
		return string(r), end + 1
	}
	return "\uFFFD", end + 1
}

// stripControls takes out what an entity may have brought in: control characters, among them
// those that mark the holes of a Body.
func stripControls(s string) string {
	if strings.IndexFunc(s, isControl) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isControl(r) {
			return -1
		}
		return r
	}, s)
}

func isControl(r rune) bool {
	return r < 0x20 && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 && r != 0x85 ||
		r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// schemes are the only ones that a link may have.
var schemes = []string{"http", "https", "mailto", "tel"}

// address is a destination taken apart.
type address struct {
	target, query, fragment string
	external                bool
}

// splitAddress takes a destination apart; ok is false when its scheme is not allowed. The
// scheme is looked for the way a browser does: without blanks and control characters.
func splitAddress(dest string) (a address, ok bool) {
	dest = trim(stripControls(dest))
	bare := strings.Map(func(r rune) rune {
		if r <= ' ' || isControl(r) {
			return -1
		}
		return r
	}, dest)
	if plain, err := url.PathUnescape(bare); err == nil && scheme(bare) == "" && scheme(plain) != "" && !strings.ContainsAny(bare[:1], "./#?") {
		bare = plain // javascript%3A is no file name
	}
	if s := scheme(bare); s != "" {
		for _, allowed := range schemes {
			if s == allowed {
				a.target, a.fragment, _ = strings.Cut(bare, "#")
				a.external = true
				return a, true
			}
		}
		return address{}, false
	}
	a.target, a.fragment, _ = strings.Cut(dest, "#")
	a.target, a.query, _ = strings.Cut(a.target, "?")
	if a.query != "" {
		a.query = "?" + a.query
	}
	if plain, err := url.PathUnescape(a.fragment); err == nil {
		a.fragment = stripControls(plain)
	}
	return a, true
}

// scheme returns the scheme of an address in lower case, "" for a relative one.
func scheme(s string) string {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ':':
			return strings.ToLower(s[:i])
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', i > 0 && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'):
		default:
			return ""
		}
	}
	return ""
}

// summarize cuts text to at most 120 characters.
func summarize(text string) string {
	const most = 120
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-1]) + "…"
}
