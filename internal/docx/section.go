package docx

import "strconv"

// Section is the page that a part of a document is set on. Lengths are twips.
type Section struct {
	Width, Height            int
	Top, Right, Bottom, Left int
	Header, Footer           int // from the edge of the paper to the header and the footer
	Grid                     int // pitch of the lines; 0 for no grid
	Landscape                bool
	TitlePage                bool // the first page has a header and footer of its own
	HeaderParts              [3]string
	FooterParts              [3]string
}

// Which pages a header or footer is for: index of HeaderParts and FooterParts, which name the
// parts without .xml, "" for none.
const (
	OddPages = iota
	EvenPages
	FirstPage
)

var pageTypes = [3]string{"default", "even", "first"}

// XML returns the properties of the section (CT_SectPr).
func (s *Section) XML() string {
	var n node
	n.open("w:sectPr")
	for i, part := range s.HeaderParts {
		s.reference(&n, "w:headerReference", pageTypes[i], part)
	}
	for i, part := range s.FooterParts {
		s.reference(&n, "w:footerReference", pageTypes[i], part)
	}
	n.value("w:type", "nextPage")
	orient := ""
	if s.Landscape {
		orient = "landscape"
	}
	n.empty("w:pgSz", "w:w", number(s.Width), "w:h", number(s.Height), "w:orient", orient)
	n.empty("w:pgMar", "w:top", number(s.Top), "w:right", number(s.Right), "w:bottom", number(s.Bottom), "w:left", number(s.Left),
		"w:header", strconv.Itoa(s.Header), "w:footer", strconv.Itoa(s.Footer), "w:gutter", "0")
	n.on("w:titlePg", s.TitlePage)
	if s.Grid > 0 {
		n.empty("w:docGrid", "w:type", "lines", "w:linePitch", number(s.Grid))
	}
	n.close("w:sectPr")
	return n.String()
}

func (s *Section) reference(n *node, name, page, part string) {
	if part != "" {
		n.empty(name, "w:type", page, "r:id", relationID(part))
	}
}

// SectionBreak returns the paragraph that ends a section: one that takes no room.
func SectionBreak(s *Section) string { return SectionBreakAround(s.XML()) }

// SectionBreakAround returns that paragraph around the XML of its section.
func SectionBreakAround(section string) string {
	var n node
	p := Paragraph{Props: Props{NoSnap: true, Line: 20}}
	p.write(&n, section)
	return n.String()
}

// Furniture is a header or a footer. Name is that of its part, header1 or footer1.
type Furniture struct {
	Name       string
	Paragraphs []Paragraph
	Turned     *Turned
}

// Turned puts furniture into a box on the page, turned by a quarter to the right: on a page that
// lies it reads as on one that stands. X and Y are from the edges of the paper.
type Turned struct{ X, Y, Width, Height int }

// PageNumber in the text of a run of furniture is the number of the page.
const PageNumber = "\x00"
