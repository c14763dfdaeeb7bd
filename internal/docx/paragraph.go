package docx

import "strconv"

// Run is text in one form. Style is the id of a character style, or "". A tab in the text is a
// tab of the paragraph, a line feed a line break. Control makes it a content control that
// waits to be filled in: its name, or "".
type Run struct {
	Style   string
	Text    string
	Bold    bool
	Size    int // half points where it is not the style's
	Control string
}

// Paragraph is one paragraph. Style is the id of a paragraph style, or "".
type Paragraph struct {
	Style string
	Props Props
	Runs  []Run
}

// Props is the form of a paragraph, directly or in a style. The zero value changes nothing.
// Lengths are twips (1/20 point).
type Props struct {
	KeepNext, KeepLines bool
	PageBreakBefore     bool
	NoWidowControl      bool
	NoSnap              bool // do not snap to the page's grid
	HangMarks           bool // punctuation may stand beyond the margin
	NoAutoSpace         bool // no gap of its own between Han and Latin
	Frame               *Frame
	Top, Bottom         *Border
	Tabs                []Tab
	Before, After       int
	Line                int // exact pitch
	Indent              Indent
	Align               string // left, right, center, both
	Outline             int    // level of the heading, from 1; 0 for none
}

// Indent is the room left at the edges. First is that of the first line, negative for one that
// hangs out. The Chars say the same in hundredths of a character where that is what was meant;
// Word shows and keeps it so.
type Indent struct {
	Left, Right, First                int
	LeftChars, RightChars, FirstChars int
	Reset                             bool // of the first line, where a style has one
}

// Border is a line above or below a paragraph. Size is in eighths of a point, Space in points.
type Border struct {
	Kind  string // single, thickThinSmallGap …
	Size  int
	Space int
	Color string
}

// Tab is a place to which a tab leads; Align is left, right or center.
type Tab struct {
	Align string
	At    int
}

// Frame takes a paragraph out of the flow. Paragraphs in a row with the same frame share it.
type Frame struct {
	Width          int
	HAnchor        string // margin, page, text
	X              int
	XAlign         string
	VAnchor        string
	Y              int
	YAlign         string
	Wrap           string
	Height         int
	HeightRule     string // exact, atLeast
	HSpace, VSpace int
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// write writes the properties in the order of the schema (CT_PPr).
func (p *Props) write(n *node, style, section string) {
	if p.isZero() && style == "" && section == "" {
		return
	}
	n.open("w:pPr")
	n.value("w:pStyle", style)
	p.inside(n)
	n.WriteString(section)
	n.close("w:pPr")
}

func (p *Props) isZero() bool {
	var n node
	p.inside(&n)
	return n.Len() == 0
}

func (p *Props) inside(n *node) {
	n.on("w:keepNext", p.KeepNext)
	n.on("w:keepLines", p.KeepLines)
	n.on("w:pageBreakBefore", p.PageBreakBefore)
	if p.Frame != nil {
		p.Frame.write(n)
	}
	off(n, "w:widowControl", p.NoWidowControl)
	p.borders(n)
	p.tabs(n)
	n.on("w:overflowPunct", p.HangMarks)
	off(n, "w:autoSpaceDE", p.NoAutoSpace)
	off(n, "w:autoSpaceDN", p.NoAutoSpace)
	off(n, "w:snapToGrid", p.NoSnap)
	p.spacing(n)
	p.Indent.write(n)
	n.value("w:jc", p.Align)
	if p.Outline > 0 {
		n.empty("w:outlineLvl", "w:val", strconv.Itoa(p.Outline-1))
	}
}

func off(n *node, name string, off bool) {
	if off {
		n.empty(name, "w:val", "0")
	}
}

func (p *Props) borders(n *node) {
	if p.Top == nil && p.Bottom == nil {
		return
	}
	n.open("w:pBdr")
	if p.Top != nil {
		p.Top.write(n, "w:top")
	}
	if p.Bottom != nil {
		p.Bottom.write(n, "w:bottom")
	}
	n.close("w:pBdr")
}

func (b *Border) write(n *node, name string) {
	n.empty(name, "w:val", b.Kind, "w:sz", number(b.Size), "w:space", strconv.Itoa(b.Space), "w:color", b.Color)
}

func (p *Props) tabs(n *node) {
	if len(p.Tabs) == 0 {
		return
	}
	n.open("w:tabs")
	for _, t := range p.Tabs {
		n.empty("w:tab", "w:val", t.Align, "w:pos", strconv.Itoa(t.At))
	}
	n.close("w:tabs")
}

func (p *Props) spacing(n *node) {
	if p.Before == 0 && p.After == 0 && p.Line == 0 {
		return
	}
	rule := ""
	if p.Line != 0 {
		rule = "exact"
	}
	n.empty("w:spacing", "w:before", number(p.Before), "w:after", number(p.After), "w:line", number(p.Line), "w:lineRule", rule)
}

func (i Indent) write(n *node) {
	if i == (Indent{}) {
		return
	}
	first, firstChars := number(i.First), number(i.FirstChars)
	hanging, hangingChars := "", ""
	if i.First < 0 {
		first, firstChars, hanging, hangingChars = "", "", number(-i.First), number(-i.FirstChars)
	}
	if i.Reset && i.First == 0 {
		first, firstChars = "0", "0"
	}
	n.empty("w:ind", "w:leftChars", number(i.LeftChars), "w:left", number(i.Left),
		"w:rightChars", number(i.RightChars), "w:right", number(i.Right),
		"w:hangingChars", hangingChars, "w:hanging", hanging, "w:firstLineChars", firstChars, "w:firstLine", first)
}

// XML returns the frame as it stands among the properties of a paragraph.
func (f *Frame) XML() string {
	var n node
	f.write(&n)
	return n.String()
}

func (f *Frame) write(n *node) {
	n.empty("w:framePr", "w:w", number(f.Width), "w:h", number(f.Height), "w:hRule", f.HeightRule,
		"w:hSpace", number(f.HSpace), "w:vSpace", number(f.VSpace), "w:wrap", f.Wrap, "w:hAnchor", f.HAnchor, "w:vAnchor", f.VAnchor,
		"w:x", number(f.X), "w:xAlign", f.XAlign, "w:y", number(f.Y), "w:yAlign", f.YAlign)
}

// XML returns the paragraph as it stands in a part.
func (p *Paragraph) XML() string {
	var n node
	p.write(&n, "")
	return n.String()
}

func (p *Paragraph) write(n *node, section string) {
	n.open("w:p")
	p.Props.write(n, p.Style, section)
	for i := range p.Runs {
		p.Runs[i].write(n)
	}
	n.close("w:p")
}

// write writes a run, or the content control that holds it. Tabs and line breaks are elements
// of their own.
func (r *Run) write(n *node) {
	if r.Control != "" {
		n.open("w:sdt")
		n.open("w:sdtPr")
		n.value("w:alias", r.Control)
		n.value("w:tag", r.Control)
		n.empty("w:showingPlcHdr")
		n.empty("w:text")
		n.close("w:sdtPr")
		n.open("w:sdtContent")
	}
	n.open("w:r")
	n.open("w:rPr")
	n.value("w:rStyle", r.Style)
	n.empty("w:rFonts", "w:hint", "eastAsia")
	n.on("w:b", r.Bold)
	n.value("w:sz", number(r.Size))
	n.value("w:szCs", number(r.Size))
	if r.Control != "" {
		n.value("w:highlight", "yellow")
	}
	n.close("w:rPr")
	r.content(n)
	n.close("w:r")
	if r.Control != "" {
		n.close("w:sdtContent")
		n.close("w:sdt")
	}
}

func (r *Run) content(n *node) {
	start := 0
	flush := func(end int) {
		if end > start {
			n.open("w:t", "xml:space", "preserve")
			n.WriteString(escape(r.Text[start:end]))
			n.close("w:t")
		}
	}
	for i := range len(r.Text) {
		if c := r.Text[i]; c == '\t' || c == '\n' {
			flush(i)
			n.empty(map[byte]string{'\t': "w:tab", '\n': "w:br"}[c])
			start = i + 1
		}
	}
	flush(len(r.Text))
}
