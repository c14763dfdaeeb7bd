package document

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"wenfang/internal/diag"
)

// tableParser makes GFM tables of paragraphs. It differs from goldmark's in two things: it
// keeps to the limits of a page before it makes a cell, and cells that a row has too many are
// kept in its last one and reported, where GFM drops them.
type tableParser struct{}

func (tableParser) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines, src := node.Lines(), reader.Source()
	for i := 1; i < lines.Len(); i++ {
		alignments := delimiterRow(trimmed(lines.At(i), src))
		if alignments == nil {
			continue
		}
		header := splitRow(lines.At(i-1), src)
		if len(header) != len(alignments) || !fits(lines, i, len(header), src, stateOf(pc)) {
			return
		}
		table := extast.NewTable()
		table.Alignments = alignments
		table.SetPos(header[0].Start)
		table.AppendChild(table, extast.NewTableHeader(newRow(header, alignments)))
		for j := i + 1; j < lines.Len(); j++ {
			table.AppendChild(table, newRow(cellsOf(lines.At(j), src, len(alignments), stateOf(pc)), alignments))
		}
		node.Parent().InsertAfter(node.Parent(), node, table)
		lines.SetSliced(0, i-1)
		if i == 1 {
			node.Parent().RemoveChild(node.Parent(), node)
		} else {
			last := lines.At(i - 2)
			lines.Set(i-2, last.TrimRightSpace(src))
		}
		return
	}
}

// fits reports whether a table keeps to the limits.
func fits(lines *text.Segments, delimiter, columns int, src []byte, s *state) bool {
	start := lines.At(delimiter - 1).Start
	if columns > maxColumns {
		s.exceeded(start, "limit-table", maxColumns)
		return false
	}
	missing := 0
	for i := delimiter + 1; i < lines.Len(); i++ {
		missing += max(0, columns-len(splitRow(lines.At(i), src)))
	}
	if s.missing+missing > maxMissing {
		s.exceeded(start, "limit-table", maxMissing)
		return false
	}
	s.missing += missing
	return true
}

func trimmed(line text.Segment, src []byte) []byte {
	return bytes.TrimSpace(src[line.Start:line.Stop])
}

// delimiterRow reads the row below the header: |:--|--:|:-:|---|.
func delimiterRow(line []byte) []extast.Alignment {
	if len(line) < 2 || bytes.IndexByte(line, '-') < 0 || len(bytes.Trim(line, "|:- \t")) > 0 || len(bytes.Trim(line, "-")) == 0 {
		return nil
	}
	line = bytes.TrimPrefix(line, []byte("|"))
	line = bytes.TrimSuffix(line, []byte("|"))
	var alignments []extast.Alignment
	for column := range bytes.SplitSeq(line, []byte("|")) {
		column = bytes.TrimSpace(column)
		left, right := bytes.HasPrefix(column, []byte(":")), bytes.HasSuffix(column, []byte(":"))
		dashes := bytes.Trim(column, ":")
		if len(dashes) == 0 || len(bytes.Trim(dashes, "-")) > 0 || len(column)-len(dashes) > 2 {
			return nil
		}
		switch {
		case left && right:
			alignments = append(alignments, extast.AlignCenter)
		case left:
			alignments = append(alignments, extast.AlignLeft)
		case right:
			alignments = append(alignments, extast.AlignRight)
		default:
			alignments = append(alignments, extast.AlignNone)
		}
	}
	return alignments
}

// splitRow cuts a row at its bars; \| is none, in code neither.
func splitRow(line text.Segment, src []byte) []text.Segment {
	line = line.TrimLeftSpace(src)
	line = line.TrimRightSpace(src)
	start, stop := line.Start, line.Stop
	if start < stop && src[start] == '|' {
		start++
	}
	if start < stop && src[stop-1] == '|' && (stop-2 < start || src[stop-2] != '\\') {
		stop--
	}
	var cells []text.Segment
	for from := start; from <= stop; {
		to := from
		for to < stop && (src[to] != '|' || to > from && src[to-1] == '\\') {
			to++
		}
		if from < stop || to > from {
			cell := text.NewSegment(from, to)
			cell = cell.TrimLeftSpace(src)
			cells = append(cells, cell.TrimRightSpace(src))
		}
		from = to + 1
	}
	return cells
}

// cellsOf returns the cells of a row of the body; what is beyond the columns stays in the last.
func cellsOf(line text.Segment, src []byte, columns int, s *state) []text.Segment {
	cells := splitRow(line, src)
	if len(cells) <= columns {
		return cells
	}
	s.find(cells[columns].Start, 0, "table-cells", diag.Args{"got": itoa(len(cells)), "want": itoa(columns)})
	last := &cells[columns-1]
	last.Stop = cells[len(cells)-1].Stop
	return cells[:columns]
}

// newRow makes the cells of a row, missing ones too.
func newRow(cells []text.Segment, alignments []extast.Alignment) *extast.TableRow {
	row := extast.NewTableRow(alignments)
	for i, alignment := range alignments {
		cell := extast.NewTableCell()
		cell.Alignment = alignment
		if i < len(cells) {
			cell.SetPos(cells[i].Start)
			cell.Lines().Append(cells[i])
		}
		row.AppendChild(row, cell)
	}
	return row
}

func (w *writer) table(n *extast.Table) {
	w.open(`<div class="table" tabindex="0"><table>` + "\n")
	w.inTable++
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		head := row.Kind() == extast.KindTableHeader
		if head {
			w.open("<thead>\n")
		}
		w.open("<tr>")
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			w.cell(cell.(*extast.TableCell), head)
		}
		w.open("</tr>\n")
		w.endBlock()
		if head {
			w.open("</thead>\n<tbody>\n")
		}
	}
	w.inTable--
	w.open("</tbody>\n</table></div>\n")
}

func (w *writer) cell(cell *extast.TableCell, head bool) {
	tag, attrs := "td", ""
	if head && cell.FirstChild() != nil { // an empty corner heads no column
		tag, attrs = "th", ` scope="col"`
	}
	switch cell.Alignment {
	case extast.AlignLeft:
		attrs += ` class="al-l"`
	case extast.AlignCenter:
		attrs += ` class="al-c"`
	case extast.AlignRight:
		attrs += ` class="al-r"`
	}
	w.open("<" + tag + attrs + ">")
	w.inlineBlock(cell)
	w.open("</" + tag + ">")
	w.plain.WriteByte(' ')
}
