package diag

import (
	"fmt"
	"io"
	"strings"

	"wenfang/internal/cjk"
)

// Style says how problems are written for people.
type Style struct {
	Color   bool // with SGR colours
	Columns int  // the widest excerpt; 0 is defaultColumns
}

const (
	defaultColumns = 100
	excerptIndent  = "    "
)

// The colours of a terminal, by what they mark.
const (
	sgrReset  = "\x1b[0m"
	sgrBold   = "\x1b[1m"
	sgrError  = "\x1b[1;31m"
	sgrWarn   = "\x1b[1;33m"
	sgrNotice = "\x1b[1;36m"
)

// severityKeys are the catalogue's keys of the words for each severity.
var severityKeys = [...]string{Info: "diag.info", Warning: "diag.warning", Error: "diag.error"}

// WriteText writes problems for people:
//
//	content/a.md:3:7: 错误: 没有这个文件：b.md [link-broken]
//	    见[下文](b.md)。
//	            ^^^^
//	    办法: …
//
// The first line is an interface: editors and scripts read it. Nothing from a user's file
// reaches the terminal unescaped.
func WriteText(w io.Writer, l List, words *Words, style Style) error {
	var b strings.Builder
	for _, d := range l {
		writeText(&b, d, words, style)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeText(b *strings.Builder, d Diagnostic, words *Words, style Style) {
	message, hint := words.Message(d)
	b.WriteString(style.Strong(place(d.Pos)))
	color := [...]string{Info: sgrNotice, Warning: sgrWarn, Error: sgrError}[d.Severity]
	fmt.Fprintf(b, "%s %s [%s]\n", style.paint(color, words.Text(severityKeys[d.Severity])+":"), Escape(message), d.ID)
	if strings.TrimSpace(d.Excerpt) != "" {
		line, caret := excerpt(d, style.columns())
		b.WriteString(excerptIndent + line + "\n")
		if caret != "" {
			pad := strings.IndexByte(caret, '^')
			b.WriteString(excerptIndent + caret[:pad] + style.paint(color, caret[pad:]) + "\n")
		}
	}
	for _, r := range d.Related {
		b.WriteString(excerptIndent + words.Text("diag.related", "place", strings.TrimSuffix(place(r), ": ")) + "\n")
	}
	if hint != "" {
		b.WriteString(excerptIndent + words.Text("diag.hint", "hint", Escape(hint)) + "\n")
	}
}

// place returns "path:line:col: ", as far as it is known.
func place(p Pos) string {
	path := Escape(p.Path)
	switch {
	case p.Path == "":
		return ""
	case p.Line == 0:
		return path + ": "
	case p.Col == 0:
		return fmt.Sprintf("%s:%d: ", path, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d: ", path, p.Line, p.Col)
}

// Strong returns text in bold where there are colours.
func (s Style) Strong(text string) string { return s.paint(sgrBold, text) }

func (s Style) paint(color, text string) string {
	if !s.Color || text == "" {
		return text
	}
	return color + text + sgrReset
}

func (s Style) columns() int {
	if s.Columns <= 0 {
		return defaultColumns
	}
	return max(s.Columns-len(excerptIndent), 20)
}

// excerpt returns the source line, cut to what is around the caret if it is wider than
// columns, and the line with the caret ("" when the column is unknown). Both are measured
// by display width, so that the caret stands under its characters.
func excerpt(d Diagnostic, columns int) (line, caret string) {
	const gap = "..."
	cells := cellsOf(d.Excerpt)
	from, to := 0, 0
	if d.Col > 0 {
		from = min(d.Col-1, len(cells))
		to = min(from+max(d.Width, 1), len(cells))
	}
	start, end := window(cells, from, to, columns-2*len(gap), columns)
	before := strings.Join(cells[start:from], "")
	marked := strings.Join(cells[from:to], "")
	after := ""
	if end < to {
		marked = strings.Join(cells[from:end], "")
	} else {
		after = strings.Join(cells[to:end], "")
	}
	if start > 0 {
		before = gap + before
	}
	if end < len(cells) {
		after += gap
	}
	line = strings.TrimRight(before+marked+after, " ")
	if d.Col > 0 {
		caret = strings.Repeat(" ", cjk.Width(before)) + strings.Repeat("^", max(cjk.Width(marked), 1))
	}
	return line, caret
}

// cellsOf returns the characters of a line as they are shown: tabs as spaces to the next
// multiple of four, what is unsafe escaped.
func cellsOf(line string) []string {
	const tab = 4
	cells := make([]string, 0, len(line))
	column := 0
	escape := needsEscape(line)
	for line != "" {
		cell, size := firstCell(line)
		if cell == "\t" {
			cell = strings.Repeat(" ", tab-column%tab)
		} else if escape {
			cell = Escape(cell)
		}
		cells = append(cells, cell)
		column += cjk.Width(cell)
		line = line[size:]
	}
	return cells
}

// firstCell returns the first character of s.
func firstCell(s string) (cell string, size int) {
	for i := range s {
		if i > 0 {
			return s[:i], i
		}
	}
	return s, len(s)
}

// window chooses the part of cells that is shown: all of them if they fit into whole
// columns, else what fits into columns with the caret (from, to) in the first third.
func window(cells []string, from, to, columns, whole int) (start, end int) {
	total := 0
	for _, c := range cells {
		total += cjk.Width(c)
	}
	if total <= whole {
		return 0, len(cells)
	}
	start = from
	for room := columns / 3; start > 0; start-- {
		room -= cjk.Width(cells[start-1])
		if room < 0 {
			break
		}
	}
	end = start
	for room := columns; end < len(cells); end++ {
		room -= cjk.Width(cells[end])
		if room < 0 {
			break
		}
	}
	return start, max(end, min(from+1, to))
}
