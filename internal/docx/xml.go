package docx

import "strings"

// Clean leaves out what no XML 1.0 document may hold: control characters other than tab and
// line feed, surrogates, U+FFFE and U+FFFF. Invalid UTF-8 becomes U+FFFD.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n':
			return r
		case r < 0x20, r == 0xFFFE, r == 0xFFFF, r >= 0xD800 && r <= 0xDFFF:
			return -1
		}
		return r
	}, s)
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\t", "&#9;", "\n", "&#10;")

// escape returns s for text and attribute values.
func escape(s string) string { return escaper.Replace(Clean(s)) }

// node writes elements. Attributes come in pairs and are left out where the value is "".
type node struct{ strings.Builder }

func (n *node) tag(name, end string, attributes []string) {
	n.WriteString("<" + name)
	for i := 0; i+1 < len(attributes); i += 2 {
		if attributes[i+1] != "" {
			n.WriteString(" " + attributes[i] + `="` + escape(attributes[i+1]) + `"`)
		}
	}
	n.WriteString(end)
}

// empty writes <name …/>.
func (n *node) empty(name string, attributes ...string) { n.tag(name, "/>", attributes) }

// open writes <name …>.
func (n *node) open(name string, attributes ...string) { n.tag(name, ">", attributes) }

func (n *node) close(name string) { n.WriteString("</" + name + ">") }

// value writes <name w:val="v"/> where v is not "".
func (n *node) value(name, v string) {
	if v != "" {
		n.empty(name, "w:val", v)
	}
}

// on writes <name/> where it is on.
func (n *node) on(name string, on bool) {
	if on {
		n.empty(name)
	}
}
