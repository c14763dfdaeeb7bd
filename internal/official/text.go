package official

import (
	"slices"
	"strings"
)

// TextOptions say how plain text is written.
type TextOptions struct {
	NoIndent bool // paragraphs without the two full-width blanks in front
}

// lineChars is how many characters a line of the text holds (5.2.3).
const lineChars = 28

// Text returns paragraphs as plain text: those that are set in begin with full-width blanks,
// the issuer and the date stand where blanks put them, the cells of a table in columns.
func Text(paragraphs []Paragraph, options TextOptions) string {
	var lines []string
	blank := false
	for i := 0; i < len(paragraphs); i++ {
		p := &paragraphs[i]
		switch {
		case isRow(p):
			end := i
			for end < len(paragraphs) && isRow(&paragraphs[end]) {
				end++
			}
			lines = append(lines, textTable(paragraphs[i:end])...)
			i, blank = end-1, false
		case p.Style == "JointMark":
			for _, name := range jointLines(p) {
				lines = append(lines, name.String())
			}
			blank = false
		case p.Style == "Gap" || p.Style == "Foot" || p.Turn != "":
		case len(p.Runs) == 0:
			if !blank && len(lines) > 0 {
				lines = append(lines, "")
			}
			blank = true
		default:
			if (p.Style == "AttachmentLabel" || startsImprint(paragraphs, i)) && !blank && len(lines) > 0 {
				lines = append(lines, "")
			}
			lines = append(lines, textLine(p, options))
			blank = false
		}
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}

// jointLines are the names of a joint mark with 文件 behind the middle one, for faces that cannot
// put it beside them.
func jointLines(p *Paragraph) []Line {
	lines := slices.Clone(p.Cells)
	middle := (len(lines) - 1) / 2
	lines[middle] = joinRuns(append(slices.Clone(lines[middle]), p.Runs...))
	return lines
}

// startsImprint reports whether the imprint begins with a paragraph.
func startsImprint(paragraphs []Paragraph, i int) bool {
	return isImprint(&paragraphs[i]) && (i == 0 || !isImprint(&paragraphs[i-1]))
}

func isImprint(p *Paragraph) bool { return p.Style == "Copies" || p.Style == "Printed" }

func textLine(p *Paragraph, options TextOptions) string {
	f := formByID(p.Style)
	text := strings.ReplaceAll(spread(p, f).String(), "\n", "")
	switch {
	case f.align == "right":
		return textBlanks((2*lineChars-halves(text)+1)/2-(p.Right+char/2)/char) + text
	case options.NoIndent || isImprint(p):
		return text
	}
	return textBlanks((p.Left+p.First+char/2)/char+f.left+f.first-f.hang) + text
}

func formByID(id string) *form {
	for i := range forms {
		if forms[i].id == id {
			return &forms[i]
		}
	}
	return &forms[0]
}

func textBlanks(n int) string { return strings.Repeat("　", max(0, n)) }

// textTable writes a table in columns, two blanks between them.
func textTable(rows []Paragraph) []string {
	var widest []int
	for _, r := range rows {
		for i, cell := range r.Cells {
			if i == len(widest) {
				widest = append(widest, 0)
			}
			widest[i] = max(widest[i], (halves(cell.String())+1)/2)
		}
	}
	var lines []string
	for _, r := range rows {
		var b strings.Builder
		for i, cell := range r.Cells {
			text := cell.String()
			b.WriteString(text)
			if i < len(r.Cells)-1 {
				h := halves(text)
				b.WriteString(strings.Repeat(" ", h%2) + textBlanks(widest[i]-(h+1)/2+2))
			}
		}
		lines = append(lines, strings.TrimRight(b.String(), blankCutset))
	}
	return lines
}
