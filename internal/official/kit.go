package official

import (
	"strings"

	"wenfang/internal/docx"
)

// Kit is all that a browser needs beside its own code to draw a document as Go does.
type Kit struct {
	KitLooks
	KitPackage
}

// KitLooks is what the sheets on the screen need: the fonts that may be chosen and the forms of
// paragraphs.
type KitLooks struct {
	Profiles []Fonts            `json:"profiles"`
	Forms    map[string]KitForm `json:"forms"`
}

// KitPackage is what a .docx needs beside: its parts, in which fonts are named by their roles
// (@fang@).
type KitPackage struct {
	Parts    []KitPart         `json:"parts"`
	Letter   []KitPart         `json:"letter"` // those of a letter that differ, or that others lack
	Head     string            `json:"head"`   // of DocumentPart, before the text
	Tail     string            `json:"tail"`   // after the last section
	Sections map[string]string `json:"sections"`
	Turn     [2]string         `json:"turn"` // around the section that ends
	Frames   map[string]string `json:"frames"`
}

// KitPart is a part of a package.
type KitPart struct {
	Name string `json:"name"`
	Data string `json:"data"`
}

// KitForm is the form of a style of paragraphs; see form.
type KitForm struct {
	Font  string `json:"font,omitempty"`
	Size  int    `json:"size,omitempty"`
	Align string `json:"align,omitempty"`
	Line  int    `json:"line,omitempty"`
	First int    `json:"first,omitempty"`
	Left  int    `json:"left,omitempty"`
	Right int    `json:"right,omitempty"`
	Hang  int    `json:"hang,omitempty"`
	Color string `json:"color,omitempty"`
}

// roleNames are fonts that stand for themselves, to be replaced by those of a profile.
var roleNames = Fonts{
	Fang: "@fang@", Song: "@song@", Hei: "@hei@", Kai: "@kai@", Page: "@page@", Latin: "@latin@",
	Instead: [3]string{"@instead0@", "@instead1@", "@instead2@"},
}

// NewKit returns the kit.
func NewKit() *Kit {
	const mark = "\x01"
	turn := strings.Split(docx.SectionBreakAround(mark), mark)
	k := &Kit{KitLooks{Profiles, map[string]KitForm{}}, KitPackage{
		Head: docx.DocumentHead, Tail: docx.DocumentEnd, Turn: [2]string{turn[0], turn[1]},
		Sections: map[string]string{
			"letter":    section(FormatLetter, false, true).XML(),
			"portrait":  section(FormatCommon, false, false).XML(),
			"landscape": section(FormatCommon, true, false).XML(),
		},
		Frames: map[string]string{},
	}}
	common := map[string]string{}
	for _, p := range wordPackage(FormatCommon, &roleNames).Parts() {
		k.Parts = append(k.Parts, KitPart(p))
		common[p.Name] = p.Data
	}
	for _, p := range wordPackage(FormatLetter, &roleNames).Parts() {
		if common[p.Name] != p.Data {
			k.Letter = append(k.Letter, KitPart(p))
		}
	}
	for _, f := range forms {
		k.Forms[f.id] = KitForm{f.font, f.size, f.align, f.line, f.first, f.left, f.right, f.hang, f.color}
		if f.frame != nil {
			k.Frames[f.id] = f.frame.XML()
		}
	}
	return k
}
