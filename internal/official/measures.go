package official

// Force is how strongly a measure is prescribed. Words for users follow it: what is custom is
// never called a rule.
type Force string

// From the words of the standard: no reserve, 一般, 推荐, 可以; or not in the standard at all.
const (
	ForceRule      Force = "规定"
	ForceGeneral   Force = "一般"
	ForceAdvice    Force = "推荐"
	ForceCustom    Force = "惯例"
	ForceRendering Force = "实现" // ours, so that programs come out at the measure
)

// Measure is one length of a document, in twips (1/20 point, 1/1440 inch).
type Measure struct {
	Name   string
	Value  int
	Clause string // of GB/T 9704-2012, "" where it has none
	Force  Force
}

// The measures of GB/T 9704-2012, in twips. Measures lists them with their clauses.
const (
	paperWidth  = 11906 // 210 mm
	paperHeight = 16838 // 297 mm
	marginTop   = 2098  // 37 mm
	marginLeft  = 1588  // 28 mm
	areaWidth   = 8844  // 156 mm
	areaHeight  = 12756 // 225 mm
	pitch       = 579   // 225 mm / 22
	char        = 320   // 16 pt
	tracking    = -5    // 28 characters in 156 mm
	smallChar   = 280   // 14 pt
	titlePitch  = 660

	markBelowArea   = 1984 // 35 mm
	orderBelowArea  = 1134 // 20 mm
	letterBelowEdge = 1701 // 30 mm
	letterLineWidth = 9638 // 170 mm
	letterLineFoot  = 1134 // 20 mm
	ruleBelow       = 227  // 4 mm
	pageBelowArea   = 397  // 7 mm

	thickLine = 8  // eighths of a point: 0.35 mm
	thinLine  = 6  // 0.25 mm
	redLine   = 18 // 2.25 pt
)

// Measures is the table of all measures, clause by clause.
var Measures = []Measure{
	{"纸宽", paperWidth, "5.1", ForceRule},
	{"纸高", paperHeight, "5.1", ForceRule},
	{"天头", marginTop, "5.2.1", ForceRule},
	{"订口", marginLeft, "5.2.1", ForceRule},
	{"版心宽", areaWidth, "5.2.1", ForceRule},
	{"版心高", areaHeight, "5.2.1", ForceRule},
	{"行距", pitch, "5.2.3", ForceGeneral},
	{"三号字", char, "5.2.2", ForceGeneral},
	{"字距调整", tracking, "5.2.3", ForceRendering},
	{"四号字", smallChar, "7.4.2", ForceGeneral},
	{"标题行距", titlePitch, "", ForceCustom},
	{"发文机关标志上边缘至版心上边缘", markBelowArea, "7.2.4", ForceRule},
	{"命令标志上边缘至版心上边缘", orderBelowArea, "10.2", ForceRule},
	{"信函标志上边缘至上页边", letterBelowEdge, "10.1", ForceRule},
	{"信函红色双线长", letterLineWidth, "10.1", ForceRule},
	{"信函下方红色双线至下页边", letterLineFoot, "10.1", ForceRule},
	{"红色分隔线在发文字号下", ruleBelow, "7.2.7", ForceRule},
	{"页码一字线在版心下边缘下", pageBelowArea, "7.5", ForceRule},
	{"版记粗线（八分之一磅）", thickLine, "7.4.1", ForceAdvice},
	{"版记细线（八分之一磅）", thinLine, "7.4.1", ForceAdvice},
	{"红色分隔线宽（八分之一磅）", redLine, "", ForceCustom},
}
