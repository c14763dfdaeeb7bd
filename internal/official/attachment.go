package official

import (
	"regexp"
	"slices"
	"strings"
)

// attachmentHead is the heading in the text of a template at which an attachment begins:
// 附件、附件1：题名. landscape, at its end, sets the attachment on a page that lies.
var attachmentHead = regexp.MustCompile(`^附件[ 　]*[0-9]*[ 　：:.．、]*`)

const landscape = "（横排）"

// takeBody divides blocks into the text and the attachments after it.
func (d *Document) takeBody(blocks []Block) {
	for _, b := range blocks {
		if b.Level > 0 && strings.HasPrefix(b.Line.String(), "附件") {
			d.Attachments = append(d.Attachments, attachmentOf(b.Line))
			continue
		}
		if last := len(d.Attachments) - 1; last >= 0 {
			d.Attachments[last].Blocks = append(d.Attachments[last].Blocks, b)
		} else {
			d.Body = append(d.Body, b)
		}
	}
	if len(d.Elements["attachments"]) == 0 {
		for _, a := range d.Attachments {
			if len(a.Title) > 0 {
				d.Elements["attachments"] = append(d.Elements["attachments"], a.Title)
			}
		}
	}
}

func attachmentOf(heading Line) Attachment {
	var a Attachment
	title := append(Line(nil), heading...)
	title[0].Text = attachmentHead.ReplaceAllString(title[0].Text, "")
	last := len(title) - 1
	title[last].Text, a.Landscape = strings.CutSuffix(title[last].Text, landscape)
	a.Title = trimLine(title)
	return a
}

// attachmentLabel is 附件 with the number that its title has in 附件说明, which it has to agree with
// (7.3.7); some of those named there may come on paper of their own.
func (c *composer) attachmentLabel(i int) string {
	named := c.lines("attachments")
	title := c.doc.Attachments[i].Title.String()
	if at := slices.IndexFunc(named, func(l Line) bool { return l.String() == title }); at >= 0 {
		i = at
	}
	if len(named) <= 1 && len(c.doc.Attachments) <= 1 {
		return "附件"
	}
	return "附件" + itoa(i+1)
}

// dayAlone is a paragraph that is nothing but a date.
var dayAlone = regexp.MustCompile(`^[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日$`)

// attached sets the text of an attachment. One that is a document itself, as what is forwarded,
// keeps its recipients and its signature, without a seal (7.3.5.2).
func (c *composer) attached(blocks []Block) {
	if len(blocks) > 0 && isPlain(blocks[0]) && isAddress(blocks[0].Line.String()) {
		c.add(Paragraph{Style: "Recipients", Runs: blocks[0].Line})
		blocks = blocks[1:]
	}
	last := len(blocks) - 1
	signed := last > 0 && isPlain(blocks[last]) && dayAlone.MatchString(blocks[last].Line.String()) && isName(blocks[last-1])
	if signed {
		defer c.unsealed([]Line{blocks[last-1].Line}, blocks[last].Line)
		blocks = blocks[:last-1]
	}
	for _, b := range blocks {
		if b.Row {
			c.row(b)
		} else {
			c.paragraph(b)
		}
	}
}

func isPlain(b Block) bool { return !b.Row && b.Level == 0 }

// isName reports whether a paragraph may be the name of an authority: a line without any mark of a
// sentence.
func isName(b Block) bool {
	text := b.Line.String()
	level, _ := headingOf(text)
	return isPlain(b) && level == 0 && halves(text) <= 50 && !strings.ContainsAny(text, "。；：！？，")
}
