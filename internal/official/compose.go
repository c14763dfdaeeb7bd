package official

import (
	"slices"
	"strings"
)

// Paragraph is one paragraph as it is set. Style names its form (see forms); what differs
// from the style stands beside it. Lengths are twips.
type Paragraph struct {
	Style  string `json:"style"`
	Runs   Line   `json:"runs,omitempty"`
	Left   int    `json:"left,omitempty"`
	Right  int    `json:"right,omitempty"`
	First  int    `json:"first,omitempty"` // negative: the first line hangs out
	Before int    `json:"before,omitempty"`
	Line   int    `json:"line,omitempty"` // pitch where it is not the style's
	Size   int    `json:"size,omitempty"` // half points where it is not the style's
	Tabs   []Tab  `json:"tabs,omitempty"`
	Break  bool   `json:"break,omitempty"` // on a new page
	Cells  []Line `json:"cells,omitempty"` // of a row of a table
	Turn   string `json:"turn,omitempty"`  // of the empty paragraph that ends a section: its orientation
}

// Tab is a place to which a tab in the text leads: left, right or center, in twips.
type Tab struct {
	Align string `json:"align"`
	At    int    `json:"at"`
}

// composer sets a document.
type composer struct {
	doc *Document
	out []Paragraph
}

// Compose sets a document in paragraphs, from the top of the first page to the imprint.
func Compose(d *Document) []Paragraph {
	c := &composer{doc: d}
	switch {
	case d.Format == FormatLetter:
		c.letterHead()
	case d.Format != FormatPlain || c.headed():
		c.head()
	}
	c.title()
	c.body(d.Body)
	c.names()
	c.attachmentList()
	c.sign()
	for _, l := range d.Elements["notes"] {
		c.add(Paragraph{Style: "Notes", Runs: l})
	}
	lying := c.attachments()
	c.imprint(lying)
	return c.out
}

func (c *composer) add(p Paragraph) { c.out = append(c.out, p) }

func (c *composer) blank(n int) {
	for range n {
		c.add(Paragraph{Style: "Blank"})
	}
}

func (c *composer) lines(key string) []Line { return c.doc.Elements[key] }

// head sets 版头: what stands in the corner, the mark at its height, the number and the red
// line (7.2, 10.2, 10.3).
func (c *composer) head() {
	below := markBelowArea
	if c.doc.Format == FormatOrder {
		below = orderBelowArea
	}
	below -= c.corner() * pitch
	mark := c.lines("mark")
	size := markSize(mark)
	below -= size * 10 * markRise / 100
	if below > 0 {
		c.add(Paragraph{Style: "Gap", Line: below})
	}
	c.mark(mark, size)
	c.blank(2)
	c.number()
	c.blank(2)
}

// headed reports whether a document has anything that stands in 版头.
func (c *composer) headed() bool {
	for _, key := range []string{"copyno", "secrecy", "urgency", "mark", "number", "signer"} {
		if len(c.lines(key)) > 0 {
			return true
		}
	}
	return false
}

// corner sets 份号, 密级 and 紧急程度 and returns how many lines they take.
func (c *composer) corner() int {
	n := 0
	for _, e := range [][2]string{{"copyno", "CopyNumber"}, {"secrecy", "Corner"}, {"urgency", "Corner"}} {
		for _, l := range c.lines(e[0]) {
			c.add(Paragraph{Style: e[1], Runs: l})
			n++
		}
	}
	return n
}

// markRise is the room between the top of a mark's line, which is 1.25 of its size, and the
// ink of its hanzi, in hundredths of the size.
const markRise = 16

// Sizes of a mark, in half points: the standard gives none; 初号 where it fits.
const (
	markMost  = 84
	markLeast = 44
)

// markSize is the largest size at which every line of a mark stands within the type area, a
// joint one with 文件 beside it.
func markSize(mark []Line) int {
	size, beside := markMost, 0
	if names, word := jointMark(mark); len(word) > 0 {
		mark, beside = names, jointHalves
	}
	for _, l := range mark {
		if w := halves(l.String()); w > 0 {
			size = min(size, areaWidth/10*2/(w+beside))
		}
	}
	return max(size, markLeast)
}

// jointHalves is the room of 文件 beside joint names, in halves of a character.
const jointHalves = 5

// mark sets 发文机关标志: one authority in a line, joint ones below each other with 文件 beside the
// middle of them (7.2.4).
func (c *composer) mark(mark []Line, size int) {
	if names, word := jointMark(mark); len(word) > 0 {
		c.add(Paragraph{Style: "JointMark", Cells: names, Runs: word, Size: size, Line: size * 25 / 2})
		return
	}
	for _, l := range mark {
		c.add(Paragraph{Style: "Mark", Runs: l, Size: size, Line: size * 25 / 2})
	}
}

// jointMark parts 文件 from the names of a joint mark; it is none without.
func jointMark(mark []Line) (names []Line, word Line) {
	last := len(mark) - 1
	if last < 1 || !strings.HasSuffix(mark[last].String(), markWord) {
		return nil, nil
	}
	names = slices.Clone(mark)
	cut := len(mark[last].String()) - len(markWord)
	if names[last] = faceCut(mark[last], 0, cut); len(names[last]) == 0 {
		names = names[:last]
	}
	return names, faceCut(mark[last], cut, 1<<30)
}

const markWord = "文件"

// number sets 发文字号, with 签发人 beside it in an upward document: two names a line, the
// number beside the last (7.2.5, 7.2.6).
func (c *composer) number() {
	number := oneLine(c.lines("number"))
	signers := c.lines("signer")
	style := "Number"
	if c.doc.Format == FormatOrder {
		style = "OrderNumber"
	}
	if len(signers) == 0 || c.doc.Format == FormatOrder {
		c.add(Paragraph{Style: style, Runs: number})
		return
	}
	rows, widest := pairs(signers)
	const label = "签发人："
	tab := areaWidth - char - width(label) - widest
	for i, row := range rows {
		p := Paragraph{Style: "SignerRow", Tabs: []Tab{{"left", tab}}}
		if i == len(rows)-1 {
			p.Style, p.Runs = "NumberUp", append(Line{{Text: "\t"}}, number...)
			p.Tabs = []Tab{{"left", char}, {"left", tab}}
		}
		if i == 0 {
			p.Runs = append(p.Runs, Run{Text: "\t" + label})
		} else {
			p.Runs = append(p.Runs, Run{Text: "\t"})
			p.Tabs[len(p.Tabs)-1].At += width(label)
		}
		p.Runs = append(p.Runs, row...)
		c.add(p)
	}
}

// pairs puts names two in a row, in 楷体, and returns the width of the widest row.
func pairs(names []Line) (rows []Line, widest int) {
	for i, name := range names {
		faced := withFace(name, faceKai)
		if i%2 == 0 {
			rows = append(rows, faced)
		} else {
			last := &rows[len(rows)-1]
			*last = append(append(*last, Run{Text: "　", Face: faceKai}), faced...)
		}
	}
	for _, row := range rows {
		widest = max(widest, width(row.String()))
	}
	return rows, widest
}

func withFace(l Line, face string) Line {
	out := slices.Clone(l)
	for i := range out {
		out[i].Face = face
	}
	return out
}

// oneLine returns the lines of an element that stands on one.
func oneLine(lines []Line) Line {
	var out Line
	for i, l := range lines {
		if i > 0 {
			out = append(out, Run{Text: "　"})
		}
		out = append(out, l...)
	}
	return out
}

// belowDouble, with the room that a line has above its characters, brings the number to 7/8 of a
// character below the red double line.
const belowDouble = 93

// letterHead sets the head of a letter: the mark over the red double line, in a frame at its
// height on the paper, then what stands at the two edges below it (10.1).
func (c *composer) letterHead() {
	mark := c.lines("mark")
	size := markSize(mark)
	var joined Line
	for i, l := range mark {
		if i > 0 {
			joined = append(joined, Run{Text: "\n"})
		}
		joined = append(joined, l...)
	}
	c.add(Paragraph{Style: "LetterMark", Runs: joinRuns(joined), Size: size, Line: size * 25 / 2})
	number := oneLine(c.lines("number"))
	left := slices.Concat(c.lines("copyno"), c.lines("secrecy"), c.lines("urgency"))
	for i := range max(1, len(left)) {
		p := Paragraph{Style: "LetterNumber"}
		if i < len(left) {
			p.Runs = withFace(left[i], faceHei)
		}
		if i == 0 {
			p.Tabs, p.Before = []Tab{{"right", areaWidth}}, belowDouble
			p.Runs = append(append(p.Runs, Run{Text: "\t"}), number...)
		}
		c.add(p)
	}
	c.blank(2)
}

// title sets 标题 and 主送机关 (7.3.1, 7.3.2). A title of several lines is divided where its
// words allow.
func (c *composer) title() {
	titles := c.lines("title")
	for _, l := range titles {
		for _, row := range titleRows(l) {
			c.add(Paragraph{Style: "Title", Runs: row})
		}
	}
	if len(titles) > 0 {
		c.blank(1)
	}
	for _, l := range c.lines("recipients") {
		c.add(Paragraph{Style: "Recipients", Runs: l})
	}
}

// body sets the text. A note of date and meeting under the title stands in the middle, and
// the words that address the audience at the left edge.
func (c *composer) body(blocks []Block) {
	addressed := len(c.lines("recipients")) > 0
	for i, b := range blocks {
		text := b.Line.String()
		switch {
		case b.Row:
			c.row(b)
			continue
		case i == 0 && !addressed && isAside(text):
			c.add(Paragraph{Style: "TitleNote", Runs: b.Line})
			c.blank(1)
		case !addressed && c.doc.Format == FormatPlain && isAddress(text) && i < 2:
			c.add(Paragraph{Style: "Recipients", Runs: b.Line})
			addressed = true
		case c.doc.Format == FormatMinutes && nameLabel(text) != "":
			c.namesLine(b.Line)
		default:
			c.paragraph(b)
		}
	}
}

func isAside(text string) bool {
	return strings.HasPrefix(text, "（") && strings.HasSuffix(text, "）") && strings.Count(text, "（") == 1
}

func isAddress(text string) bool {
	return strings.HasSuffix(text, "：") && halves(text) <= 40 && !strings.HasSuffix(text, "如下：")
}

// paragraph sets a paragraph of the text; headings by their numbers have the faces of 7.3.3.
func (c *composer) paragraph(b Block) {
	level, length := headingOf(b.Line.String())
	if b.Level > 0 && level == 0 {
		level, length = min(4, max(1, b.Level-1)), len(b.Line.String())
	}
	switch {
	case level == 0:
		c.add(Paragraph{Style: "Body", Runs: b.Line})
	case length == len(b.Line.String()):
		c.add(Paragraph{Style: "Heading" + string(rune('0'+level)), Runs: b.Line})
	default:
		c.add(Paragraph{Style: "Body", Runs: faceUpTo(b.Line, length, headingFaces[level])})
	}
}

// row sets a row of a table.
func (c *composer) row(b Block) {
	style := "Cell"
	if b.Head {
		style = "CellHead"
	}
	c.add(Paragraph{Style: style, Cells: b.Cells})
}

// names sets 出席, 请假 and 列席 that stand in elements of their own (10.3).
func (c *composer) names() {
	for _, e := range [][2]string{{"present", "出席"}, {"excused", "请假"}, {"observers", "列席"}} {
		for _, l := range c.lines(e[0]) {
			c.namesLine(append(Line{{Text: e[1] + "："}}, l...))
		}
	}
}

// nameLabel returns the label of a line of names in 纪要: 出席：.
func nameLabel(text string) string {
	for _, label := range []string{"出席：", "请假：", "列席："} {
		if strings.HasPrefix(text, label) {
			return label
		}
	}
	return ""
}

func (c *composer) namesLine(l Line) {
	if last := len(c.out) - 1; last < 0 || c.out[last].Style != "Names" {
		c.blank(1)
	}
	c.add(Paragraph{Style: "Names", Runs: faceUpTo(l, len("出席："), faceHei)})
}

// attachmentList sets 附件说明: no number where there is one, the lines of a name in one column
// (7.3.4).
func (c *composer) attachmentList() {
	list := c.lines("attachments")
	if len(list) == 0 {
		return
	}
	c.blank(1)
	const label = "附件："
	for i, l := range list {
		lead, number := 2*char, ""
		if len(list) > 1 {
			number = itoa(i+1) + "."
		}
		left := lead + width(label) + width(number)
		p := Paragraph{Style: "Attachments", Left: left, First: -width(number)}
		text := number
		if i == 0 {
			p.First -= width(label)
			text = label + number
		}
		p.Runs = l
		if text != "" {
			p.Runs = append(Line{{Text: text}}, l...)
		}
		c.add(p)
	}
}

// attachments sets 附件, each on a new page: its label in the corner, its title on the third
// line (7.3.7). It reports whether the last one lies.
func (c *composer) attachments() bool {
	lying := false
	for i, a := range c.doc.Attachments {
		if a.Landscape != lying {
			c.add(Paragraph{Style: "Turn", Turn: orientation(lying)})
		}
		c.add(Paragraph{Style: "AttachmentLabel", Runs: Line{{Text: c.attachmentLabel(i)}}, Break: a.Landscape == lying})
		c.blank(1)
		for _, row := range titleRows(a.Title) {
			c.add(Paragraph{Style: "Title", Runs: row})
		}
		c.blank(1)
		c.attached(a.Blocks)
		lying = a.Landscape
	}
	return lying
}

func orientation(lying bool) string {
	if lying {
		return "landscape"
	}
	return "portrait"
}
