package source

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"wenfang/internal/diag"
)

// decode returns the text of raw: UTF-8, \n line ends, no BOM, no control characters.
func decode(path string, raw []byte) (string, diag.List) {
	var problems diag.List
	if isBinary(raw) {
		problems.Add(diag.Pos{Path: path, Line: 1, Col: 1}, "encoding-binary", nil)
		return "", problems
	}
	text := decodeBytes(path, raw, &problems)
	return clean(path, text, &problems), problems
}

// isBinary recognises what is certainly no text: archives (a .docx is one), old Office files,
// PDF, pictures, programs.
func isBinary(raw []byte) bool {
	for _, magic := range []string{"PK\x03\x04", "\xd0\xcf\x11\xe0", "%PDF-", "\x89PNG", "\xff\xd8\xff", "GIF8", "\x7fELF", "\x1f\x8b"} {
		if bytes.HasPrefix(raw, []byte(magic)) {
			return true
		}
	}
	return false
}

func decodeBytes(path string, raw []byte, problems *diag.List) string {
	start := diag.Pos{Path: path, Line: 1, Col: 1}
	switch {
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		raw = raw[3:]
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		problems.Add(start, "encoding-decoded", diag.Args{"encoding": "UTF-16"})
		return decodeWith(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), raw)
	}
	if utf8.Valid(raw) && !looksUTF16(raw) {
		return string(raw)
	}
	if order, ok := utf16Order(raw); ok {
		problems.Add(start, "encoding-decoded", diag.Args{"encoding": "UTF-16"})
		return decodeWith(unicode.UTF16(order, unicode.IgnoreBOM), raw)
	}
	if utf8.Valid(raw) {
		return string(raw)
	}
	return decodeChinese(path, raw, problems)
}

// decodeChinese handles bytes that are not UTF-8: GB18030 as a whole, or a mixture.
func decodeChinese(path string, raw []byte, problems *diag.List) string {
	lines := bytes.SplitAfter(raw, []byte("\n"))
	utf8Lines, otherLines, firstOther := 0, 0, 0
	for i, line := range lines {
		switch {
		case !utf8.Valid(line):
			otherLines++
			if firstOther == 0 {
				firstOther = i + 1
			}
		case hasCJK(line):
			utf8Lines++
		}
	}
	// A line of GBK can be valid UTF-8 by chance, but hardly ever with a Han character in it.
	if utf8Lines <= otherLines/50 {
		if text := decodeWith(simplifiedchinese.GB18030, raw); !strings.ContainsRune(text, utf8.RuneError) && hasCJK([]byte(text)) {
			problems.Add(diag.Pos{Path: path, Line: 1, Col: 1}, "encoding-decoded", diag.Args{"encoding": "GB18030"})
			return text
		}
	}
	pos := diag.Pos{Path: path, Line: firstOther, Col: 1}
	bad := lines[firstOther-1]
	if utf8Lines > 0 && !cutShort(raw) && !strings.ContainsRune(decodeWith(simplifiedchinese.GB18030, bad), utf8.RuneError) {
		problems.Add(pos, "encoding-mixed", diag.Args{"encoding": "GB18030"})
	} else {
		problems.Add(pos, "encoding-invalid", nil)
	}
	var b strings.Builder
	for _, line := range lines {
		if utf8.Valid(line) {
			b.Write(line)
		} else {
			b.WriteString(decodeWith(simplifiedchinese.GB18030, line))
		}
	}
	return b.String()
}

// cutShort reports whether the only fault is a character cut off at the end of the file.
func cutShort(raw []byte) bool {
	for n := 1; n <= 3 && n < len(raw); n++ {
		if utf8.Valid(raw[:len(raw)-n]) && utf8.RuneStart(raw[len(raw)-n]) {
			return true
		}
	}
	return false
}

func hasCJK(line []byte) bool {
	for _, r := range string(line) {
		if r >= 0x4e00 && r <= 0x9fff || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef {
			return true
		}
	}
	return false
}

// looksUTF16 reports whether valid UTF-8 has so many zero bytes that it is really UTF-16
// without a mark (ASCII text saved as "Unicode").
func looksUTF16(raw []byte) bool {
	return len(raw) >= 4 && len(raw)%2 == 0 && bytes.Count(raw, []byte{0})*3 > len(raw)
}

// utf16Order guesses the byte order of UTF-16 without a mark from where line ends and
// spaces stand.
func utf16Order(raw []byte) (unicode.Endianness, bool) {
	if len(raw) < 4 || len(raw)%2 != 0 {
		return unicode.LittleEndian, false
	}
	var little, big int
	for i := 0; i+1 < len(raw); i += 2 {
		if raw[i+1] == 0 && raw[i] < 0x80 {
			little++
		}
		if raw[i] == 0 && raw[i+1] < 0x80 {
			big++
		}
	}
	threshold := max(1, len(raw)/200)
	switch {
	case little >= threshold && little > 4*big:
		return unicode.LittleEndian, true
	case big >= threshold && big > 4*little:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}

func decodeWith(enc encoding.Encoding, raw []byte) string {
	out, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		return strings.ToValidUTF8(string(raw), "\uFFFD")
	}
	return string(out)
}

// clean normalises line ends and takes out control characters, which have no meaning in a
// page and can hide or reorder what a reader sees.
func clean(path, text string, problems *diag.List) string {
	if !needsCleaning(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	line, dropped := 1, 0
	var first diag.Pos
	var firstRune rune
	lineStart := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '\r':
			if i+1 < len(text) && text[i+1] == '\n' {
				size = 2
			}
			fallthrough
		case r == '\n':
			b.WriteByte('\n')
			line++
			lineStart = i + size
		case isControl(r):
			if dropped == 0 {
				first = diag.Pos{Path: path, Line: line, Col: utf8.RuneCountInString(text[lineStart:i]) + 1}
				firstRune = r
			}
			dropped++
		default:
			b.WriteString(text[i : i+size])
		}
		i += size
	}
	if dropped > 0 {
		problems.Add(first, "control-character", diag.Args{
			"character": "U+" + strings.ToUpper(strconv.FormatInt(int64(firstRune)+0x10000, 16))[1:],
			"count":     strconv.Itoa(dropped),
		})
	}
	return b.String()
}

func needsCleaning(text string) bool {
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c < 0x20 && c != '\n' && c != '\t', c == 0x7f:
			return true
		case c == 0xc2 && i+1 < len(text) && text[i+1] < 0xa0 && text[i+1] != 0x85:
			return true
		case c == 0xe2 && i+2 < len(text) && text[i+1] == 0x80 && text[i+2] >= 0xaa && text[i+2] <= 0xae:
			return true
		case c == 0xe2 && i+2 < len(text) && text[i+1] == 0x81 && text[i+2] >= 0xa6 && text[i+2] <= 0xa9:
			return true
		case c == 0xef && i+2 < len(text) && text[i+1] >= 0xbb && text[i+2] >= 0xbe:
			return true
		}
	}
	return false
}

// isControl covers C0 and C1 but for tab, line ends and U+0085, the bidirectional overrides
// and isolates (CVE-2021-42574), the byte-order mark inside text, and non-characters.
func isControl(r rune) bool {
	switch {
	case r == '\t' || r == '\n' || r == 0x85:
		return false
	case r < 0x20, r >= 0x7f && r < 0xa0:
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return true
	case r == 0xfeff, r == 0xfffe, r == 0xffff:
		return true
	}
	return false
}
