// Package docx writes Word documents (ECMA-376, transitional): paragraphs, runs, tables,
// sections, headers and footers, content controls, styles, and the package that holds them.
//
// The central types are Package, Paragraph and Part. Elements stand in the order of the schema,
// which Word insists on. The same input gives the same bytes: nothing in a package tells its
// author, machine or time, and the zip is stored. Text is data; what XML cannot hold is left
// out. The package knows no Markdown, no 公文 and no disk.
package docx

import (
	"strconv"
	"strings"
)

const (
	header       = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	namespace    = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageRel   = "http://schemas.openxmlformats.org/package/2006/relationships"
	contentType  = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// Package is a document without its text.
type Package struct {
	Styles    []Style
	Fonts     []FontName
	Furniture []Furniture
}

// FontName is a font with the one that stands in for it.
type FontName struct{ Name, Alternative string }

// DocumentPart is the name of the part that holds the text.
const DocumentPart = "word/document.xml"

// Parts returns all parts of the package but DocumentPart, which stands after them.
func (p *Package) Parts() []Part {
	parts := []Part{
		{"[Content_Types].xml", p.contentTypes()},
		{"_rels/.rels", relations([][2]string{{"officeDocument", DocumentPart}, {coreRelation, "docProps/core.xml"}})},
		{"docProps/core.xml", core()},
		{"word/_rels/document.xml.rels", p.relations()},
		{"word/styles.xml", styles(p.Styles)},
		{"word/settings.xml", p.settings()},
		{"word/fontTable.xml", p.fontTable()},
	}
	for i := range p.Furniture {
		f := &p.Furniture[i]
		parts = append(parts, Part{"word/" + f.Name + ".xml", f.xml()})
	}
	return parts
}

// DocumentXML returns DocumentPart: the XML of the blocks, and the last section.
func DocumentXML(blocks string, last *Section) string {
	return DocumentHead + blocks + last.XML() + DocumentEnd
}

// DocumentHead is what stands before the blocks.
const DocumentHead = header + `<w:document xmlns:w="` + namespace + `" xmlns:r="` + relationship + `"><w:body>`

// DocumentEnd is what stands after the last section.
const DocumentEnd = "</w:body></w:document>"

func (p *Package) contentTypes() string {
	var n node
	n.WriteString(header)
	n.open("Types", "xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")
	n.empty("Default", "Extension", "rels", "ContentType", "application/vnd.openxmlformats-package.relationships+xml")
	n.empty("Default", "Extension", "xml", "ContentType", "application/xml")
	override := func(name, kind string) { n.empty("Override", "PartName", "/"+name, "ContentType", kind) }
	override(DocumentPart, contentType+"document.main+xml")
	override("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")
	override("word/styles.xml", contentType+"styles+xml")
	override("word/settings.xml", contentType+"settings+xml")
	override("word/fontTable.xml", contentType+"fontTable+xml")
	for i := range p.Furniture {
		override("word/"+p.Furniture[i].Name+".xml", contentType+p.Furniture[i].kind()+"+xml")
	}
	n.close("Types")
	return n.String()
}

const coreRelation = "core-properties"

// relations returns a .rels part. No target is ever outside the package.
func relations(targets [][2]string) string {
	var n node
	n.WriteString(header)
	n.open("Relationships", "xmlns", packageRel)
	for _, t := range targets {
		base := relationship
		if t[0] == coreRelation {
			base = packageRel + "/metadata"
		}
		n.empty("Relationship", "Id", relationID(strings.TrimSuffix(t[1], ".xml")), "Type", base+"/"+t[0], "Target", t[1])
	}
	n.close("Relationships")
	return n.String()
}

// relationID is the id of the relation to a part.
func relationID(part string) string { return "r-" + strings.ReplaceAll(part, "/", "-") }

func (p *Package) relations() string {
	targets := [][2]string{{"styles", "styles.xml"}, {"settings", "settings.xml"}, {"fontTable", "fontTable.xml"}}
	for i := range p.Furniture {
		targets = append(targets, [2]string{p.Furniture[i].kind(), p.Furniture[i].Name + ".xml"})
	}
	return relations(targets)
}

func core() string {
	return header + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:language>zh-CN</dc:language></cp:coreProperties>`
}

// settings returns settings.xml (CT_Settings). Pages are odd and even where furniture is.
func (p *Package) settings() string {
	var n node
	n.WriteString(header)
	n.open("w:settings", "xmlns:w", namespace)
	n.on("w:evenAndOddHeaders", len(p.Furniture) > 0)
	n.value("w:characterSpacingControl", "doNotCompress")
	n.open("w:compat")
	n.empty("w:useFELayout")
	n.empty("w:compatSetting", "w:name", "compatibilityMode", "w:uri", "http://schemas.microsoft.com/office/word", "w:val", "15")
	n.close("w:compat")
	n.empty("w:themeFontLang", "w:val", "en-US", "w:eastAsia", "zh-CN")
	n.close("w:settings")
	return n.String()
}

func (p *Package) fontTable() string {
	var n node
	n.WriteString(header)
	n.open("w:fonts", "xmlns:w", namespace)
	for _, f := range p.Fonts {
		n.open("w:font", "w:name", f.Name)
		n.value("w:altName", f.Alternative)
		n.close("w:font")
	}
	n.close("w:fonts")
	return n.String()
}

func (f *Furniture) kind() string {
	if strings.HasPrefix(f.Name, "header") {
		return "header"
	}
	return "footer"
}

// xml returns the part of a header or footer (CT_HdrFtr).
func (f *Furniture) xml() string {
	root := map[string]string{"header": "w:hdr", "footer": "w:ftr"}[f.kind()]
	var n node
	n.WriteString(header)
	n.open(root, "xmlns:w", namespace)
	f.Turned.open(&n)
	for i := range f.Paragraphs {
		f.paragraph(&n, &f.Paragraphs[i])
	}
	f.Turned.close(&n)
	n.close(root)
	return n.String()
}

func (f *Furniture) paragraph(n *node, p *Paragraph) {
	n.open("w:p")
	p.Props.write(n, p.Style, "")
	for i := range p.Runs {
		if p.Runs[i].Text == PageNumber {
			pageNumber(n)
		} else {
			p.Runs[i].write(n)
		}
	}
	n.close("w:p")
}

// open writes the beginning of a table of one cell that floats on the page.
func (t *Turned) open(n *node) {
	if t == nil {
		return
	}
	width := strconv.Itoa(t.Width)
	n.open("w:tbl")
	n.open("w:tblPr")
	n.empty("w:tblpPr", "w:leftFromText", "0", "w:rightFromText", "0", "w:vertAnchor", "page", "w:horzAnchor", "page",
		"w:tblpX", strconv.Itoa(t.X), "w:tblpY", strconv.Itoa(t.Y))
	n.empty("w:tblW", "w:w", width, "w:type", "dxa")
	n.empty("w:tblLayout", "w:type", "fixed")
	n.open("w:tblCellMar")
	n.empty("w:left", "w:w", "0", "w:type", "dxa")
	n.empty("w:right", "w:w", "0", "w:type", "dxa")
	n.close("w:tblCellMar")
	n.close("w:tblPr")
	n.open("w:tblGrid")
	n.empty("w:gridCol", "w:w", width)
	n.close("w:tblGrid")
	n.open("w:tr")
	n.open("w:trPr")
	n.empty("w:trHeight", "w:val", strconv.Itoa(t.Height), "w:hRule", "exact")
	n.close("w:trPr")
	n.open("w:tc")
	n.open("w:tcPr")
	n.empty("w:tcW", "w:w", width, "w:type", "dxa")
	n.empty("w:textDirection", "w:val", "tbRl")
	n.close("w:tcPr")
}

// close ends it; a part must not end with a table.
func (t *Turned) close(n *node) {
	if t == nil {
		return
	}
	n.close("w:tc")
	n.close("w:tr")
	n.close("w:tbl")
	n.empty("w:p")
}

// pageNumber writes the field that shows the number of the page.
func pageNumber(n *node) {
	n.open("w:fldSimple", "w:instr", " PAGE ")
	(&Run{Text: "1"}).write(n)
	n.close("w:fldSimple")
}
