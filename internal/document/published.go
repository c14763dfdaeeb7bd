package document

import (
	"strings"

	"wenfang/internal/diag"
)

// Markdown returns the page's text for publication beside it: UTF-8 without front matter,
// HTML comments or control characters.
func (d *Document) Markdown() string {
	f := splitFront(d.Source, &diag.List{})
	body := strings.TrimLeft(withoutComments(d.Source.Text[f.body:]), "\n")
	if d.Title != "" && !strings.HasPrefix(body, "# ") {
		return "# " + d.Title + "\n\n" + body
	}
	return body
}

// withoutComments drops <!-- … --> outside code.
func withoutComments(text string) string {
	if !strings.Contains(text, "<!--") {
		return text
	}
	var b strings.Builder
	fence, inComment := "", false
	for line := range strings.Lines(text) {
		trimmed := strings.TrimLeft(line, " >")
		switch {
		case inComment:
		case fence != "":
			if strings.HasPrefix(trimmed, fence) && strings.Trim(trimmed, fence[:1]+" \t\n") == "" {
				fence = ""
			}
			b.WriteString(line)
			continue
		case strings.HasPrefix(trimmed, "```"), strings.HasPrefix(trimmed, "~~~"):
			fence = trimmed[:len(trimmed)-len(strings.TrimLeft(trimmed, trimmed[:1]))]
			b.WriteString(line)
			continue
		}
		b.WriteString(dropComments(line, &inComment))
	}
	return b.String()
}

// dropComments drops the comments of one line; spans of code keep theirs.
func dropComments(line string, inComment *bool) string {
	var b strings.Builder
	for line != "" {
		if *inComment {
			_, rest, found := strings.Cut(line, "-->")
			if !found {
				return b.String()
			}
			*inComment, line = false, rest
			continue
		}
		comment, tick := strings.Index(line, "<!--"), strings.IndexByte(line, '`')
		if tick >= 0 && (comment < 0 || tick < comment) {
			run := len(line[tick:]) - len(strings.TrimLeft(line[tick:], "`"))
			if end := strings.Index(line[tick+run:], line[tick:tick+run]); end >= 0 {
				stop := tick + run + end + run
				b.WriteString(line[:stop])
				line = line[stop:]
				continue
			}
			b.WriteString(line[:tick+run])
			line = line[tick+run:]
			continue
		}
		if comment < 0 {
			break
		}
		b.WriteString(line[:comment])
		*inComment, line = true, line[comment+4:]
	}
	b.WriteString(line)
	return b.String()
}
