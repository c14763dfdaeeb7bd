package document

import "unicode/utf8"

// TextLength returns how many characters the text of the document of a template or sample has
// when its fields hold their examples: of a choice between two texts both count.
func (d *Document) TextLength() int {
	l := lengths{examples: map[string]int{}}
	for i := range d.Meta.Fields {
		l.examples[d.Meta.Fields[i].ID] = utf8.RuneCountInString(d.Meta.Fields[i].Example)
	}
	for i := range d.Draft {
		b := &d.Draft[i]
		if b.Kind == DraftSet {
			l.list = b.Field
		}
		l.runs(b.Runs)
		for _, cell := range b.Cells {
			l.runs(cell)
		}
	}
	return l.n
}

// lengths counts; list is the field whose part was opened last, which {{.}} means.
type lengths struct {
	examples map[string]int
	list     string
	n        int
}

func (l *lengths) runs(runs []DraftRun) {
	for _, r := range runs {
		switch {
		case r.Kind == DraftSet:
			l.list = r.Field
		case r.Kind != "":
		case r.Field == ListItem:
			l.n += l.examples[l.list]
		case r.Field != "":
			l.n += l.examples[r.Field]
		default:
			l.n += utf8.RuneCountInString(r.Text)
		}
	}
}
