package official

import (
	"strings"

	"wenfang/internal/docx"
)

// Word returns a document as a .docx.
func Word(format Format, paragraphs []Paragraph, fonts Fonts) []byte {
	p := wordPackage(format, &fonts)
	text := docx.Part{Name: docx.DocumentPart, Data: docx.DocumentXML(blocksXML(format, paragraphs), lastSection(format, paragraphs))}
	return docx.Zip(append(p.Parts(), text))
}

// wordPackage returns all of a .docx but its text.
func wordPackage(format Format, fonts *Fonts) *docx.Package {
	p := &docx.Package{Fonts: []docx.FontName{
		{Name: fonts.Fang, Alternative: fonts.Instead[0]}, {Name: fonts.Song, Alternative: fonts.Instead[1]},
		{Name: fonts.Hei}, {Name: fonts.Kai, Alternative: fonts.Instead[2]}, {Name: fonts.Page}, {Name: fonts.Latin},
	}}
	for i := range forms {
		p.Styles = append(p.Styles, forms[i].style(fonts))
	}
	p.Styles = append(p.Styles, faces(fonts)...)
	number := []docx.Run{{Text: "— "}, {Text: docx.PageNumber}, {Text: " —"}}
	p.Furniture = []docx.Furniture{
		{Name: "footer1", Paragraphs: []docx.Paragraph{{Style: "PageOdd", Runs: number}}},
		{Name: "footer2", Paragraphs: []docx.Paragraph{{Style: "PageEven", Runs: number}}},
		{Name: "footer3", Paragraphs: []docx.Paragraph{{Style: "PageLyingOdd", Runs: number}}, Turned: &docx.Turned{
			X: lyingNumber, Y: paperWidth - (paperWidth - marginLeft - areaWidth) - smallChar - lyingRoom, Width: lyingWidth, Height: lyingRoom}},
		{Name: "footer4", Paragraphs: []docx.Paragraph{{Style: "PageLyingEven", Runs: number}}, Turned: &docx.Turned{
			X: lyingNumber, Y: marginLeft + smallChar, Width: lyingWidth, Height: lyingRoom}},
	}
	if format == FormatLetter {
		p.Furniture = append(p.Furniture, docx.Furniture{Name: "footer5", Paragraphs: []docx.Paragraph{{Style: "LetterFoot"}}})
	}
	return p
}

// The box that holds the number of a page that lies: where it is when the sheet stands (8), so
// that its dashes are 7 mm from the type area.
const (
	lyingNumber = 1325
	lyingWidth  = 400
	lyingRoom   = 1500
)

// section returns the page of a format; only a letter has a first page of its own.
func section(format Format, lying, first bool) *docx.Section {
	s := &docx.Section{
		Width: paperWidth, Height: paperHeight, Top: marginTop, Left: marginLeft,
		Right: paperWidth - marginLeft - areaWidth, Bottom: paperHeight - marginTop - areaHeight,
		Header: 851, Footer: letterLineFoot, Grid: pitch, FooterParts: [3]string{docx.OddPages: "footer1", docx.EvenPages: "footer2"},
	}
	if format == FormatLetter && first {
		s.TitlePage, s.FooterParts[docx.FirstPage] = true, "footer5"
	}
	if lying { // the top of the table at the left edge of the sheet (8)
		s.Landscape = true
		s.FooterParts = [3]string{docx.OddPages: "footer3", docx.EvenPages: "footer4"}
		s.Width, s.Height = s.Height, s.Width
		s.Top, s.Right, s.Bottom, s.Left = s.Left, s.Top, s.Right, s.Bottom
	}
	return s
}

func lastSection(format Format, paragraphs []Paragraph) *docx.Section {
	lying, first := false, true
	for _, p := range paragraphs {
		if p.Turn != "" {
			lying, first = p.Turn == "portrait", false
		}
	}
	return section(format, lying, first)
}

// blocksXML returns the text as it stands in the part.
func blocksXML(format Format, paragraphs []Paragraph) string {
	var b strings.Builder
	first, area := true, areaWidth
	for i := 0; i < len(paragraphs); i++ {
		switch p := &paragraphs[i]; {
		case p.Turn != "":
			b.WriteString(docx.SectionBreak(section(format, p.Turn == "landscape", first)))
			first, area = false, areaWidth
			if p.Turn == "portrait" {
				area = areaHeight
			}
		case p.Style == "JointMark":
			b.WriteString(wordJointMark(p))
		case p.Cells != nil:
			end := i
			for end < len(paragraphs) && isRow(&paragraphs[end]) {
				end++
			}
			b.WriteString(wordTable(paragraphs[i:end], area))
			i = end - 1
		case isImprint(p):
			end := i
			for end < len(paragraphs) && isImprint(&paragraphs[end]) {
				end++
			}
			b.WriteString(wordImprint(format, paragraphs[i:end]))
			i = end - 1
		default:
			b.WriteString(wordParagraph(p))
		}
	}
	return b.String()
}

// isRow reports whether a paragraph is a row of a table.
func isRow(p *Paragraph) bool { return p.Cells != nil && p.Style != "JointMark" }

// wordJointMark sets the names of a joint mark in one cell, each as wide as the widest, and 文件
// in the middle of another beside it.
func wordJointMark(p *Paragraph) string {
	c, widest := p.Size*10, 0
	var names docx.Cell
	for _, name := range p.Cells {
		widest = max(widest, halves(name.String()))
		names = append(names, paragraphOf(&Paragraph{Style: p.Style, Runs: name, Size: p.Size, Line: p.Line}))
	}
	word := paragraphOf(&Paragraph{Style: "Mark", Runs: p.Runs, Size: p.Size, Line: p.Line})
	t := docx.Table{
		Widths: []int{c * widest / 2, c * jointHalves / 2}, Center: true,
		Rows: []docx.Row{{Cells: []docx.Cell{names, {word}}}},
	}
	return t.XML()
}

func wordParagraph(p *Paragraph) string {
	w := paragraphOf(p)
	return w.XML()
}

func paragraphOf(p *Paragraph) docx.Paragraph {
	w := docx.Paragraph{Style: p.Style, Runs: wordRuns(p.Runs, p.Size), Props: docx.Props{
		PageBreakBefore: p.Break, Frame: formByID(p.Style).frame, Before: p.Before, Line: p.Line,
		Indent: docx.Indent{Left: p.Left, Right: p.Right, First: p.First},
	}}
	for _, t := range p.Tabs {
		w.Props.Tabs = append(w.Props.Tabs, docx.Tab{Align: t.Align, At: t.At})
	}
	return w
}

// wordImprint sets the imprint as a table at the foot of the page: 主送 and 抄送 in one row,
// 印发 in another (7.4).
func wordImprint(format Format, rows []Paragraph) string {
	t := docx.Table{Widths: []int{areaWidth}, Float: &docx.Float{X: marginLeft}}
	if format != FormatLetter {
		t.Lines = docx.Lines{Top: thickLine, Bottom: thickLine, Between: thinLine}
	}
	for i := range rows {
		if i == 0 || rows[i].Style == "Printed" {
			t.Rows = append(t.Rows, docx.Row{Cells: []docx.Cell{nil}})
		}
		cell := &t.Rows[len(t.Rows)-1].Cells[0]
		*cell = append(*cell, paragraphOf(&rows[i]))
	}
	return t.XML()
}

func wordRuns(runs Line, size int) []docx.Run {
	var out []docx.Run
	for _, r := range unfielded(runs) {
		w := docx.Run{Style: faceStyles[r.Face], Text: r.Text, Bold: r.Bold, Size: size}
		if r.Gap {
			w.Control = r.Field
		}
		out = append(out, w)
	}
	return out
}

// wordTable sets rows as a table; its columns are as wide as what they hold asks for.
func wordTable(rows []Paragraph, area int) string {
	const hair, margin = 4, 85 // half a point; text clear of the upright lines
	t := docx.Table{Widths: columns(rows, area), Lines: docx.Lines{Top: hair, Bottom: hair, Sides: hair, Between: hair, Columns: hair}, Margin: margin}
	for _, r := range rows {
		row := docx.Row{Header: r.Style == "CellHead"}
		for _, cell := range r.Cells {
			row.Cells = append(row.Cells, docx.Cell{{Style: r.Style, Runs: wordRuns(cell, 0)}})
		}
		for len(row.Cells) < len(t.Widths) {
			row.Cells = append(row.Cells, docx.Cell{{Style: r.Style}})
		}
		t.Rows = append(t.Rows, row)
	}
	return t.XML()
}

// columns divides the width of the area among the columns of a table: by their widest cell,
// none of which counts for less than two characters or more than twenty.
func columns(rows []Paragraph, area int) []int {
	var widest []int
	for _, r := range rows {
		for i, cell := range r.Cells {
			if i == len(widest) {
				widest = append(widest, 4)
			}
			widest[i] = max(widest[i], min(40, halves(cell.String())))
		}
	}
	total, left := 0, area
	for _, w := range widest {
		total += w + 2
	}
	out := make([]int, len(widest))
	for i, w := range widest {
		out[i] = area * (w + 2) / total
		left -= out[i]
	}
	if len(out) > 0 {
		out[len(out)-1] += left
	}
	return out
}
