package docx

import "strings"

// Style is a style of paragraphs, or of characters. Name is what Word shows: a built-in style
// is changed by its built-in name ("heading 1"), never by a translation.
type Style struct {
	ID        string
	Name      string
	Character bool
	Default   bool
	Based     string
	Next      string
	Props     Props
	Font      Font
}

// Font is how characters look. Sizes are half points, Spacing twips between characters.
type Font struct {
	Asia, Latin string
	Size        int
	Spacing     int
	Bold        bool
	Color       string
}

func (f *Font) write(n *node) {
	if *f == (Font{}) {
		return
	}
	n.open("w:rPr")
	f.inside(n)
	n.close("w:rPr")
}

func (f *Font) inside(n *node) {
	if f.Asia != "" || f.Latin != "" {
		n.empty("w:rFonts", "w:ascii", f.Latin, "w:eastAsia", f.Asia, "w:hAnsi", f.Latin, "w:cs", f.Latin)
	}
	n.on("w:b", f.Bold)
	n.value("w:color", f.Color)
	n.value("w:spacing", number(f.Spacing))
	n.value("w:sz", number(f.Size))
	n.value("w:szCs", number(f.Size))
}

// styles returns styles.xml (CT_Styles). What the default style says stands in the defaults
// too: programs differ in which of the two they measure the grid by.
func styles(list []Style) string {
	var n node
	n.WriteString(header)
	n.open("w:styles", "xmlns:w", namespace)
	for i := range list {
		if s := &list[i]; s.Default {
			n.open("w:docDefaults")
			n.open("w:rPrDefault")
			n.open("w:rPr")
			s.Font.inside(&n)
			n.empty("w:lang", "w:val", "en-US", "w:eastAsia", "zh-CN")
			n.close("w:rPr")
			n.close("w:rPrDefault")
			n.open("w:pPrDefault")
			s.Props.write(&n, "", "")
			n.close("w:pPrDefault")
			n.close("w:docDefaults")
		}
	}
	for i := range list {
		list[i].write(&n)
	}
	n.close("w:styles")
	return n.String()
}

func (s *Style) write(n *node) {
	kind, standard := "paragraph", ""
	if s.Character {
		kind = "character"
	}
	if s.Default {
		standard = "1"
	}
	n.open("w:style", "w:type", kind, "w:default", standard, "w:customStyle", custom(s), "w:styleId", s.ID)
	n.value("w:name", s.Name)
	n.value("w:basedOn", s.Based)
	n.value("w:next", s.Next)
	n.empty("w:qFormat")
	s.Props.write(n, "", "")
	s.Font.write(n)
	n.close("w:style")
}

// custom marks the styles that are none of Word's own.
func custom(s *Style) string {
	if s.Default || strings.HasPrefix(s.Name, "heading ") || s.Name == "Title" || s.Name == "footer" || s.Name == "header" {
		return ""
	}
	return "1"
}
