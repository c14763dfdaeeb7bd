package official

import (
	"regexp"
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
