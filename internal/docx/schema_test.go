package docx

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
)

// children lists, for each element that we write, what may stand in it in the order of the
// transitional schema (wml.xsd of ISO/IEC 29500-4). Where the schema has a choice that may be
// repeated, the element is in repeated.
var children = map[string][]string{
	"w:document": {"w:body"},
	"w:p":        {"w:pPr", "w:r", "w:sdt", "w:fldSimple"},
	"w:pPr": {"w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:framePr", "w:widowControl", "w:numPr",
		"w:suppressLineNumbers", "w:pBdr", "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct",
		"w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind",
		"w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
		"w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr"},
	"w:pBdr": {"w:top", "w:left", "w:bottom", "w:right", "w:between", "w:bar"},
	"w:tabs": {"w:tab"},
	"w:r":    {"w:rPr", "w:t", "w:tab", "w:br"},
	"w:rPr": {"w:rStyle", "w:rFonts", "w:b", "w:bCs", "w:i", "w:iCs", "w:caps", "w:smallCaps", "w:strike", "w:dstrike", "w:outline",
		"w:shadow", "w:emboss", "w:imprint", "w:noProof", "w:snapToGrid", "w:vanish", "w:webHidden", "w:color", "w:spacing", "w:w",
		"w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:effect", "w:bdr", "w:shd", "w:fitText", "w:vertAlign",
		"w:rtl", "w:cs", "w:em", "w:lang"},
	"w:sdt":        {"w:sdtPr", "w:sdtEndPr", "w:sdtContent"},
	"w:sdtPr":      {"w:rPr", "w:alias", "w:tag", "w:id", "w:lock", "w:placeholder", "w:temporary", "w:showingPlcHdr", "w:dataBinding", "w:text"},
	"w:sdtContent": {"w:r"},
	"w:fldSimple":  {"w:r"},
	"w:tbl":        {"w:tblPr", "w:tblGrid", "w:tr"},
	"w:tblPr": {"w:tblStyle", "w:tblpPr", "w:tblOverlap", "w:bidiVisual", "w:tblStyleRowBandSize", "w:tblStyleColBandSize", "w:tblW",
		"w:jc", "w:tblCellSpacing", "w:tblInd", "w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"},
	"w:tblBorders": {"w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"},
	"w:tblCellMar": {"w:top", "w:left", "w:bottom", "w:right"},
	"w:tblGrid":    {"w:gridCol"},
	"w:tr":         {"w:tblPrEx", "w:trPr", "w:tc"},
	"w:trPr":       {"w:cantSplit", "w:trHeight", "w:tblHeader"},
	"w:tc":         {"w:tcPr", "w:p"},
	"w:tcPr":       {"w:cnfStyle", "w:tcW", "w:gridSpan", "w:hMerge", "w:vMerge", "w:tcBorders", "w:shd", "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign"},
	"w:sectPr": {"w:headerReference", "w:footerReference", "w:footnotePr", "w:endnotePr", "w:type", "w:pgSz", "w:pgMar", "w:paperSrc",
		"w:pgBorders", "w:lnNumType", "w:pgNumType", "w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection",
		"w:bidi", "w:rtlGutter", "w:docGrid"},
	"w:styles":      {"w:docDefaults", "w:latentStyles", "w:style"},
	"w:docDefaults": {"w:rPrDefault", "w:pPrDefault"},
	"w:rPrDefault":  {"w:rPr"},
	"w:pPrDefault":  {"w:pPr"},
	"w:style": {"w:name", "w:aliases", "w:basedOn", "w:next", "w:link", "w:autoRedefine", "w:hidden", "w:uiPriority", "w:semiHidden",
		"w:unhideWhenUsed", "w:qFormat", "w:locked", "w:personal", "w:personalCompose", "w:personalReply", "w:rsid", "w:pPr", "w:rPr"},
	"w:settings": {"w:evenAndOddHeaders", "w:characterSpacingControl", "w:compat", "w:themeFontLang"},
	"w:compat":   {"w:useFELayout", "w:compatSetting"},
	"w:fonts":    {"w:font"},
	"w:font":     {"w:altName"},
	"w:hdr":      {"w:p"},
	"w:ftr":      {"w:p", "w:tbl"},
	"w:body":     {"w:p", "w:tbl", "w:sectPr"},
}

var repeated = []string{"w:p", "w:r", "w:body", "w:ftr", "w:trPr", "w:sdtContent"}

// attributes lists the attributes that we write, by element; those of others are w:val.
var attributes = map[string][]string{
	"w:rFonts":  {"w:hint", "w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"},
	"w:ind":     {"w:leftChars", "w:left", "w:rightChars", "w:right", "w:hangingChars", "w:hanging", "w:firstLineChars", "w:firstLine"},
	"w:spacing": {"w:val", "w:before", "w:after", "w:line", "w:lineRule"},
	"w:framePr": {"w:w", "w:h", "w:hRule", "w:hSpace", "w:vSpace", "w:wrap", "w:hAnchor", "w:vAnchor", "w:x", "w:xAlign", "w:y", "w:yAlign"},
}

// TestSchemaOrder holds every part to the order of the schema, in which Word insists.
func TestSchemaOrder(t *testing.T) {
	for _, part := range sample() {
		if strings.HasPrefix(part.Name, "word/") && strings.HasSuffix(part.Name, ".xml") {
			if err := checkOrder(part.Data); err != "" {
				t.Errorf("%s: %s", part.Name, err)
			}
		}
	}
}

// TestSchemaOrderOfDocuments holds the text of every document that the program and the browser
// are held to, in all formats, to the same order.
func TestSchemaOrderOfDocuments(t *testing.T) {
	data, err := os.ReadFile("../official/testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors struct {
		Cases []struct{ Name, Document string }
		Kit   struct{ Parts, Letter []struct{ Name, Data string } }
	}
	if err := json.Unmarshal(data, &vectors); err != nil || len(vectors.Cases) < 15 || len(vectors.Kit.Parts) < 5 {
		t.Fatalf("%d cases, %d parts, %v", len(vectors.Cases), len(vectors.Kit.Parts), err)
	}
	for _, c := range vectors.Cases {
		if err := checkOrder(c.Document); err != "" {
			t.Errorf("%s: %s", c.Name, err)
		}
	}
	for _, part := range append(vectors.Kit.Parts, vectors.Kit.Letter...) {
		if strings.HasPrefix(part.Name, "word/") && strings.HasSuffix(part.Name, ".xml") {
			if err := checkOrder(part.Data); err != "" {
				t.Errorf("%s: %s", part.Name, err)
			}
		}
	}
}

// TestSchemaOrderFinds makes sure that the test above can fail.
func TestSchemaOrderFinds(t *testing.T) {
	for _, part := range []string{
		`<w:p xmlns:w="w"><w:r/><w:pPr/></w:p>`, `<w:pPr xmlns:w="w"><w:jc/><w:ind/></w:pPr>`, `<w:tbl xmlns:w="w"><w:p/></w:tbl>`,
		`<w:ind xmlns:w="w" w:start="1"/>`, `<w:body xmlns:w="w"><w:sectPr/><w:p/></w:body>`,
	} {
		if checkOrder(part) == "" {
			t.Errorf("%s passes", part)
		}
	}
}

func checkOrder(part string) string {
	type open struct {
		name string
		last int
	}
	var stack []open
	d := xml.NewDecoder(strings.NewReader(part))
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			return ""
		}
		if err != nil {
			return err.Error()
		}
		switch token := token.(type) {
		case xml.StartElement:
			name := token.Name.Space + ":" + token.Name.Local
			if len(stack) > 0 {
				parent := &stack[len(stack)-1]
				at := slices.Index(children[parent.name], name)
				switch {
				case at < 0:
					return name + " in " + parent.name
				case at < parent.last && !slices.Contains(repeated, parent.name),
					name == "w:pPr" && parent.name == "w:p" && parent.last > 0, parent.name == "w:body" && parent.last == 2:
					return name + " after " + children[parent.name][parent.last]
				}
				parent.last = max(at, parent.last)
			}
			for _, a := range token.Attr {
				if known := attributes[name]; known != nil && a.Name.Space == "w" && !slices.Contains(known, "w:"+a.Name.Local) {
					return name + " with w:" + a.Name.Local
				}
			}
			stack = append(stack, open{name: name})
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		}
	}
}
