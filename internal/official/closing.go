package official

import "strings"

// sign sets 署名, 成文日期 and the room for the seal (7.3.5).
func (c *composer) sign() {
	issuers, date := c.lines("issuer"), oneLine(c.lines("date"))
	if len(issuers) == 0 && len(date) == 0 {
		return
	}
	switch c.doc.Seal {
	case SealSignature:
		c.signature(issuers, date)
	case SealNone:
		c.unsealed(issuers, date)
	default:
		c.sealed(issuers, date)
	}
}

// stampLines is how many lines stay empty above the issuer, so that a seal of 42 mm begins
// within a line of the text and has the issuer and the date below its middle (7.3.5.1).
const stampLines = 2

// sealed sets the issuer over the middle of the date, which stands four characters from the
// edge; joint issuers two in a row, each with room for its seal (7.3.5.2).
func (c *composer) sealed(issuers []Line, date Line) {
	c.blank(stampLines)
	right := 4 * char
	if len(issuers) == 1 {
		over := right + (width(date.String())-width(issuers[0].String()))/2
		c.add(Paragraph{Style: "Issuer", Runs: issuers[0], Right: max(0, over)})
	} else {
		middle := areaWidth - right - width(date.String())/2
		for i := 0; i < len(issuers); i += 2 {
			if i > 0 {
				c.blank(stampLines + 1)
			}
			p := Paragraph{Style: "Issuers", Tabs: []Tab{{"center", areaWidth - middle}, {"center", middle}}}
			if i+1 < len(issuers) {
				p.Runs = append(append(append(Line{{Text: "\t"}}, issuers[i]...), Run{Text: "\t"}), issuers[i+1]...)
			} else {
				p.Runs = append(Line{{Text: "\t\t"}}, issuers[i]...)
			}
			c.add(p)
		}
	}
	c.date(date, right)
}

// unsealed sets the issuer two characters from the edge and the date below it, two characters
// further in; a longer date stands at the edge itself (7.3.5.3).
func (c *composer) unsealed(issuers []Line, date Line) {
	c.blank(1)
	widest := 0
	for _, l := range issuers {
		widest = max(widest, width(l.String()))
	}
	right, dateRight := 2*char, 2*char
	if len(issuers) > 0 && len(date) > 0 {
		dateRight = right + widest - 2*char - width(date.String())
		if dateRight < 2*char {
			right, dateRight = max(2*char, right+2*char+width(date.String())-widest), 2*char
		}
	}
	for _, l := range issuers {
		c.add(Paragraph{Style: "Issuer", Runs: l, Right: right + widest - width(l.String())})
	}
	c.date(date, dateRight)
}

// signature sets the post of the one who signs left of the signature, whose room ends four
// characters from the edge, and the date a line below (7.3.5.3). A name given as 签发人 stands
// where the signature goes.
func (c *composer) signature(posts []Line, date Line) {
	c.blank(2)
	names := c.lines("signer")
	for i, post := range posts {
		l := append(Line(nil), post...)
		if i < len(names) {
			l = append(append(l, Run{Text: "　　"}), withFace(names[i], faceKai)...)
		}
		c.add(Paragraph{Style: "Issuer", Runs: l, Right: 4 * char})
	}
	c.blank(1)
	c.date(date, 4*char)
}

func (c *composer) date(date Line, right int) {
	if len(date) > 0 {
		c.add(Paragraph{Style: "Date", Runs: date, Right: right})
	}
}

// Pitch of the imprint, in twips: the standard gives none. Its lines take room too.
const (
	imprintPitch = 480
	imprintLines = 40
)

// imprint sets 版记, which stands at the foot of the last page (7.4). The paragraph that holds it
// there stays clear of it by its height. A letter has no printer (10.1). After a page that lies
// the imprint has a page of its own.
func (c *composer) imprint(lying bool) {
	if lying {
		c.add(Paragraph{Style: "Turn", Turn: orientation(true)})
		c.blank(1)
	}
	rows := c.copies()
	if c.doc.Format != FormatLetter {
		rows = c.printed(rows)
	}
	height := 0
	for _, p := range rows {
		c.add(p)
		height += linesOf(p)
	}
	if len(rows) > 0 {
		c.add(Paragraph{Style: "Foot", Before: height*imprintPitch + imprintLines})
	}
}

// copies sets 主送机关 that went to the imprint, and 抄送机关 (7.4.2).
func (c *composer) copies() (rows []Paragraph) {
	for _, e := range [][2]string{{"main", "主送："}, {"copies", "抄送："}} {
		list := c.lines(e[0])
		if len(list) == 0 {
			continue
		}
		l := Line{{Text: e[1]}}
		for i, name := range list {
			if i > 0 {
				l = append(l, Run{Text: "，"})
			}
			l = append(l, name...)
		}
		if !strings.HasSuffix(l.String(), "。") {
			l = append(l, Run{Text: "。"})
		}
		rows = append(rows, Paragraph{Style: "Copies", Runs: joinRuns(l)})
	}
	return rows
}

// printed sets 印发机关 and 印发日期 below copies (7.4.3).
func (c *composer) printed(copies []Paragraph) []Paragraph {
	printer, date := oneLine(c.lines("printer")), oneLine(c.lines("printed"))
	if len(printer) == 0 && len(date) == 0 {
		return copies
	}
	l := append(Line{}, printer...)
	if len(date) > 0 {
		l = append(append(l, Run{Text: "\t"}), date...)
		if !strings.HasSuffix(date.String(), "印发") {
			l = append(l, Run{Text: "印发"})
		}
	}
	return append(copies, Paragraph{Style: "Printed", Runs: joinRuns(l), Tabs: []Tab{{"right", areaWidth - smallChar}}})
}

// linesOf is the number of lines that a row of the imprint takes.
func linesOf(p Paragraph) int {
	const room = (areaWidth - 2*smallChar) / smallChar * 2 // half characters
	w, hang := halves(p.Runs.String()), 6
	if p.Style == "Printed" || w <= room {
		return 1
	}
	return 1 + (w-room+room-hang-1)/(room-hang)
}
