package official

import "strings"

// spread returns the runs of a paragraph with full-width blanks for its tabs: as many as bring
// what follows a tab to its place, for faces that know no tabs.
func spread(p *Paragraph, f *form) Line {
	c := f.charOf()
	if f.size == 0 {
		c += tracking
	}
	cells := cellsOf(p.Runs)
	out := append(Line(nil), cells[0]...)
	at := 0
	if len(p.Runs) > 0 {
		at = f.left*2 + cells[0].halves()
	}
	for i, cell := range cells[1:] {
		want := at + 4
		if i < len(p.Tabs) {
			want = p.Tabs[i].At * 2 / c
			switch p.Tabs[i].Align {
			case "right":
				want -= cell.halves()
			case "center":
				want -= cell.halves() / 2
			}
		}
		blanks := max(1, (want-at+1)/2)
		if at == 0 {
			blanks = max(0, (want+1)/2)
		}
		out = append(out, Run{Text: textBlanks(blanks)})
		out = append(out, cell...)
		at += blanks*2 + cell.halves()
	}
	return joinRuns(out)
}

func (l Line) halves() int { return halves(l.String()) }

// cellsOf cuts runs at their tabs.
func cellsOf(l Line) []Line {
	cells := []Line{nil}
	for _, r := range l {
		for i, text := range strings.Split(r.Text, "\t") {
			if i > 0 {
				cells = append(cells, nil)
			}
			part := r
			part.Text = text
			cells[len(cells)-1] = append(cells[len(cells)-1], part)
		}
	}
	return cells
}
