package docx

import "strconv"

// Table is a table. Widths are those of the columns, in twips.
type Table struct {
	Widths []int
	Rows   []Row
	Lines  Lines
	Margin int    // between the lines and the text, left and right
	Center bool   // between the margins
	Float  *Float // out of the flow, on the page of the paragraph after it
}

// Lines are the widths of a table's lines, in eighths of a point; 0 for none.
type Lines struct{ Top, Bottom, Sides, Between, Columns int }

// Float puts a table at the foot of the type area, X from the left edge of the paper.
type Float struct{ X int }

// Row is one row; a header is repeated on every page that the table reaches.
type Row struct {
	Header bool
	Cells  []Cell
}

// Cell is one cell. One without a paragraph is empty.
type Cell []Paragraph

// XML returns the table as it stands in a part (CT_Tbl).
func (t *Table) XML() string {
	var n node
	t.write(&n)
	return n.String()
}

func (t *Table) write(n *node) {
	n.open("w:tbl")
	t.properties(n)
	n.open("w:tblGrid")
	for _, w := range t.Widths {
		n.empty("w:gridCol", "w:w", strconv.Itoa(w))
	}
	n.close("w:tblGrid")
	for i := range t.Rows {
		t.row(n, &t.Rows[i])
	}
	n.close("w:tbl")
}

func (t *Table) properties(n *node) {
	total := 0
	for _, w := range t.Widths {
		total += w
	}
	n.open("w:tblPr")
	if t.Float != nil {
		n.empty("w:tblpPr", "w:leftFromText", "0", "w:rightFromText", "0", "w:vertAnchor", "margin", "w:horzAnchor", "page",
			"w:tblpX", strconv.Itoa(t.Float.X), "w:tblpYSpec", "bottom")
	}
	n.empty("w:tblW", "w:w", strconv.Itoa(total), "w:type", "dxa")
	if t.Center {
		n.value("w:jc", "center")
	}
	l := t.Lines
	sides := []struct {
		name  string
		width int
	}{{"w:top", l.Top}, {"w:left", l.Sides}, {"w:bottom", l.Bottom}, {"w:right", l.Sides}, {"w:insideH", l.Between}, {"w:insideV", l.Columns}}
	n.open("w:tblBorders")
	for _, side := range sides {
		if side.width > 0 {
			n.empty(side.name, "w:val", "single", "w:sz", strconv.Itoa(side.width), "w:space", "0", "w:color", "000000")
		} else {
			n.empty(side.name, "w:val", "nil")
		}
	}
	n.close("w:tblBorders")
	n.empty("w:tblLayout", "w:type", "fixed")
	n.open("w:tblCellMar")
	n.empty("w:left", "w:w", strconv.Itoa(t.Margin), "w:type", "dxa")
	n.empty("w:right", "w:w", strconv.Itoa(t.Margin), "w:type", "dxa")
	n.close("w:tblCellMar")
	n.close("w:tblPr")
}

func (t *Table) row(n *node, r *Row) {
	n.open("w:tr")
	n.open("w:trPr")
	n.empty("w:cantSplit")
	n.on("w:tblHeader", r.Header)
	n.close("w:trPr")
	for i, w := range t.Widths {
		n.open("w:tc")
		n.open("w:tcPr")
		n.empty("w:tcW", "w:w", strconv.Itoa(w), "w:type", "dxa")
		n.value("w:vAlign", "center")
		n.close("w:tcPr")
		if i < len(r.Cells) && len(r.Cells[i]) > 0 {
			for j := range r.Cells[i] {
				r.Cells[i][j].write(n, "")
			}
		} else {
			n.empty("w:p") // every cell holds a paragraph
		}
		n.close("w:tc")
	}
	n.close("w:tr")
}
