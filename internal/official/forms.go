package official

import (
	"wenfang/internal/docx"
)

// Fonts are the names of fonts by their roles. Which of them a machine has is not known here.
type Fonts struct {
	ID      string    `json:"id"`
	Fang    string    `json:"fang"`    // 仿宋: the text
	Song    string    `json:"song"`    // 小标宋: the mark and the title
	Hei     string    `json:"hei"`     // 黑体: headings of the first level
	Kai     string    `json:"kai"`     // 楷体: headings of the second level, names of signers
	Page    string    `json:"page"`    // 宋体: page numbers
	Latin   string    `json:"latin"`   // digits and letters
	Instead [3]string `json:"instead"` // what stands in for Fang, Song and Kai
}

// Profiles are the sets of fonts that a writer may choose from; the first is the default.
var Profiles = []Fonts{
	{"gb2312", "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体", "Times New Roman", [3]string{"仿宋", "华文中宋", "楷体"}},
	{"windows", "仿宋", "华文中宋", "黑体", "楷体", "宋体", "Times New Roman", [3]string{"FangSong", "宋体", "KaiTi"}},
	{"fzgbk", "方正仿宋_GBK", "方正小标宋_GBK", "方正黑体_GBK", "方正楷体_GBK", "方正书宋_GBK", "Times New Roman", [3]string{"仿宋", "华文中宋", "楷体"}},
	{"mac", "华文仿宋", "华文中宋", "华文黑体", "华文楷体", "华文宋体", "Times New Roman", [3]string{"STFangsong", "STZhongsong", "STKaiti"}},
}

// ProfileByID returns the profile with an id, the default where there is none.
func ProfileByID(id string) Fonts {
	for _, p := range Profiles {
		if p.ID == id {
			return p
		}
	}
	return Profiles[0]
}

// byRole returns the font of a role: the name of a field above.
func (f *Fonts) byRole(role string) string {
	switch role {
	case "song":
		return f.Song
	case faceHei:
		return f.Hei
	case faceKai:
		return f.Kai
	case "page":
		return f.Page
	}
	return f.Fang
}

// form is how a style of paragraphs looks; the zero value of a part is that of the text.
type form struct {
	id, name string
	font     string // role
	size     int    // half points; 0: 三号
	align    string // "": both
	line     int    // pitch; 0: that of the text
	first    int    // characters by which the first line is set in
	left     int    // characters
	right    int
	hang     int // characters by which the lines after the first are set in
	color    string
	outline  int
	top      *docx.Border
	bottom   *docx.Border
	frame    *docx.Frame
	off      bool // the grid does not apply
	edges    [2]int
	after    int
	keep     bool // on the page of the next paragraph; so are headings
}

const red = "FF0000"

func single(size, space int, color string) *docx.Border {
	return &docx.Border{Kind: "single", Size: size, Space: space, Color: color}
}

// markFrame holds the mark of a letter at its height on the paper.
var markFrame = &docx.Frame{Width: letterLineWidth, Wrap: "notBeside", HAnchor: "page", XAlign: "center",
	VAnchor: "page", Y: letterBelowEdge - markMost*10*markRise/100}

// forms are the styles of all paragraphs.
var forms = []form{
	{id: "Normal", name: "Normal"},
	{id: "Blank", name: "公文空行"},
	{id: "Gap", name: "公文版头空白", off: true},
	{id: "CopyNumber", name: "公文份号", align: "left"},
	{id: "Corner", name: "公文密级紧急程度", font: faceHei, align: "left"},
	{id: "Mark", name: "公文发文机关标志", font: "song", size: markMost, align: "center", line: markMost * 25 / 2, color: red, off: true},
	{id: "JointMark", name: "公文联合发文机关标志", font: "song", size: markMost, align: "distribute", line: markMost * 25 / 2, color: red, off: true},
	{id: "Number", name: "公文发文字号", align: "center", bottom: single(redLine, 6, red)},
	{id: "NumberUp", name: "公文发文字号和签发人", align: "left", bottom: single(redLine, 6, red)},
	{id: "SignerRow", name: "公文签发人", align: "left", left: 1},
	{id: "OrderNumber", name: "公文令号", align: "center"},
	{id: "LetterMark", name: "公文信函标志和双线", font: "song", size: markMost, align: "center", line: markMost * 25 / 2, color: red, off: true, frame: markFrame,
		bottom: &docx.Border{Kind: "thickThinSmallGap", Size: 24, Space: 2, Color: red}},
	{id: "LetterNumber", name: "公文信函发文字号", align: "left", off: true},
	{id: "Title", name: "Title", font: "song", size: 44, align: "center", line: titlePitch, off: true},
	{id: "TitleNote", name: "公文题注", font: faceKai, align: "center"},
	{id: "Recipients", name: "公文主送机关"},
	{id: "Body", name: "公文正文", first: 2},
	{id: "Heading1", name: "heading 1", font: faceHei, first: 2, outline: 1},
	{id: "Heading2", name: "heading 2", font: faceKai, first: 2, outline: 2},
	{id: "Heading3", name: "heading 3", first: 2, outline: 3},
	{id: "Heading4", name: "heading 4", first: 2, outline: 4},
	{id: "Attachments", name: "公文附件说明", align: "left"},
	{id: "Issuer", name: "公文署名", align: "right", keep: true},
	{id: "Issuers", name: "公文联合署名", align: "left", keep: true},
	{id: "Date", name: "公文成文日期", align: "right"},
	{id: "Notes", name: "公文附注", first: 2},
	{id: "Names", name: "公文出席名单", left: 5, hang: 3},
	{id: "AttachmentLabel", name: "公文附件序号", font: faceHei, align: "left", keep: true},
	{id: "Cell", name: "公文表格", size: 28, align: "left", line: 400, off: true},
	{id: "CellHead", name: "公文表头", font: faceHei, size: 28, align: "center", line: 400, off: true},
	{id: "Copies", name: "公文抄送", size: 28, left: 4, right: 1, hang: 3, line: imprintPitch, off: true},
	{id: "Printed", name: "公文印发", size: 28, align: "left", left: 1, line: imprintPitch, off: true},
	{id: "Foot", name: "公文版记定位", line: 20, off: true},
	{id: "PageOdd", name: "公文单页页码", font: "page", size: 28, align: "right", right: 1, line: 280, off: true, after: pageLift},
	{id: "PageEven", name: "公文双页页码", font: "page", size: 28, align: "left", left: 1, line: 280, off: true, after: pageLift},
	{id: "PageLyingOdd", name: "公文横排单页页码", font: "page", size: 28, align: "right", line: 280, off: true},
	{id: "PageLyingEven", name: "公文横排双页页码", font: "page", size: 28, align: "left", line: 280, off: true},
	{id: "LetterFoot", name: "公文信函下双线", size: 2, line: 20, off: true, edges: [2]int{-454, -340},
		bottom: &docx.Border{Kind: "thinThickSmallGap", Size: 24, Space: 0, Color: red}},
}

// pageLift raises the number above the foot of the footer, which stands where the line at the
// foot of a letter does, so that its dashes are 7 mm below the type area (7.5, 10.1).
const pageLift = 291

// charOf is the width of a character of a form, in twips.
func (f *form) charOf() int {
	if f.size == 0 {
		return char
	}
	return f.size * 10
}

func (f *form) keeps() bool { return f.keep || f.outline > 0 }

// style returns the Word style of a form. Marks may hang beyond the margin, as is usual in Word:
// LibreOffice 7 reads the property the other way round, and loses marks that it hangs.
func (f *form) style(fonts *Fonts) docx.Style {
	c := f.charOf()
	props := docx.Props{
		NoWidowControl: f.id == "Normal", HangMarks: f.id == "Normal", NoAutoSpace: f.id == "Normal", NoSnap: f.off,
		KeepNext: f.keeps(), Top: f.top, Bottom: f.bottom, Line: f.line, After: f.after, Align: f.align, Outline: f.outline,
		Indent: docx.Indent{
			Left: f.left*c + f.edges[0], LeftChars: f.left * 100, Right: f.right*c + f.edges[1], RightChars: f.right * 100,
			First: (f.first - f.hang) * c, FirstChars: (f.first - f.hang) * 100,
		},
	}
	s := docx.Style{ID: f.id, Name: f.name, Based: "Normal", Props: props}
	if f.id == "Normal" {
		s.Default, s.Based = true, ""
		s.Props.Line, s.Props.Align = pitch, "both"
		s.Font = docx.Font{Asia: fonts.Fang, Latin: fonts.Latin, Size: 32, Spacing: tracking}
		return s
	}
	if f.font != "" {
		s.Font.Asia = fonts.byRole(f.font)
		s.Font.Latin = fonts.Latin
	}
	if f.font == "page" {
		s.Font.Latin = fonts.Page
	}
	s.Font.Size, s.Font.Color = f.size, f.color
	if f.outline > 0 {
		s.Next = "Body"
	}
	return s
}

// faces are the styles of runs.
func faces(fonts *Fonts) []docx.Style {
	return []docx.Style{
		{ID: "FaceHei", Name: "公文黑体", Character: true, Font: docx.Font{Asia: fonts.Hei, Latin: fonts.Latin}},
		{ID: "FaceKai", Name: "公文楷体", Character: true, Font: docx.Font{Asia: fonts.Kai, Latin: fonts.Latin}},
	}
}

// faceStyles are the styles of runs by their faces.
var faceStyles = map[string]string{faceHei: "FaceHei", faceKai: "FaceKai"}
