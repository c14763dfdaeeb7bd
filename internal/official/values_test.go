package official

import (
	"slices"
	"testing"

	"wenfang/internal/document"
)

// valueCase is a value, how it is tidied, and what is wrong with it as given.
type valueCase struct {
	Type    string `json:"type"`
	Pattern string `json:"pattern"`
	Value   string `json:"value"`
	Tidy    string `json:"tidy"`
	Fault   Fault  `json:"fault"`
}

const numberPattern = "^[^〔]+〔[0-9]{4}〕[1-9][0-9]*号$"

var valueCases = []valueCase{
	{"date", "", "2026-03-05", "2026年3月5日", FaultNone},
	{"date", "", "2026.3.5", "2026年3月5日", FaultNone},
	{"date", "", "２０２６年３月５日", "2026年3月5日", FaultNone},
	{"date", "", " 2026 年 3 月 5 日 ", "2026年3月5日", FaultNone},
	{"date", "", "20260305", "2026年3月5日", FaultNone},
	{"date", "", "2024-02-29", "2024年2月29日", FaultNone},
	{"date", "", "2026-02-30", "2026-02-30", FaultDate},
	{"date", "", "2026-13-01", "2026-13-01", FaultDate},
	{"date", "", "待定", "待定", FaultNone},
	{"date", "", "", "", FaultNone},
	{"text", numberPattern, "×局发[2026]12号", "×局发〔2026〕12号", FaultForm},
	{"text", numberPattern, "×局发【２０２６】１２号", "×局发〔2026〕12号", FaultForm},
	{"text", numberPattern, "×局发（2026）第012号", "×局发〔2026〕12号", FaultForm},
	{"text", numberPattern, "×局发26-12", "×局发26-12", FaultForm},
	{"text", numberPattern, "×局发〔2026〕12号", "×局发〔2026〕12号", FaultNone},
}

func TestTidyAndFault(t *testing.T) {
	for _, c := range valueCases {
		f := &document.Field{Type: document.FieldType(c.Type), Pattern: c.Pattern}
		if got := Tidy(f, c.Value); got != c.Tidy {
			t.Errorf("Tidy %q: got %q, want %q", c.Value, got, c.Tidy)
		}
		if got := FaultOf(f, c.Value); got != c.Fault {
			t.Errorf("FaultOf %q: got %q, want %q", c.Value, got, c.Fault)
		}
	}
}

func TestFileName(t *testing.T) {
	for title, want := range map[string]string{
		"关于召开会议的通知":                  "关于召开会议的通知",
		`a/b\c:d*e?f"g<h>i|j` + "\r": "abcdefghij",
		"  . .":                      "公文",
		"":                           "公文",
	} {
		d := &Document{Elements: map[string][]Line{"title": {{{Text: title}}}}}
		if got := FileName(d); got != want {
			t.Errorf("%q: got %q, want %q", title, got, want)
		}
	}
}

func TestHeadings(t *testing.T) {
	for text, want := range map[string][2]int{
		"一、会议时间":            {1, len("一、会议时间")},
		"（二）讲清楚。后面是正文。":     {2, len("（二）讲清楚。")},
		"（一）请各单位于3月10日前报送。": {0, 0},
		"1.数据来源":            {3, len("1.数据来源")},
		"1.5万元的经费":          {0, 0},
		"（1）统计口径":           {4, len("（1）统计口径")},
		"一、现将有关事项通知如下：":     {0, 0},
		"为做好工作，现通知如下：":      {0, 0},
		"十二、其他":             {1, len("十二、其他")},
	} {
		if level, length := headingOf(text); [2]int{level, length} != want {
			t.Errorf("%s: got %d %d, want %v", text, level, length, want)
		}
	}
}

func TestTitleRows(t *testing.T) {
	for title, want := range map[string][]string{
		"关于召开会议的通知":                        {"关于召开会议的通知"},
		"安平市财政局关于申请自助服务设备更新经费的请示":          {"安平市财政局", "关于申请自助服务设备更新经费的请示"},
		"安平市人民政府办公室关于印发《安平市档案库房修缮工作方案》的通知": {"安平市人民政府办公室关于印发", "《安平市档案库房修缮工作方案》的通知"},
	} {
		var got []string
		for _, row := range titleRows(Line{{Text: title}}) {
			got = append(got, row.String())
		}
		if !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestMeasures holds the lengths that follow from others to the standard's own.
func TestMeasures(t *testing.T) {
	if pitch*22 > areaHeight || (pitch+1)*22 <= areaHeight {
		t.Errorf("22 lines of %d twips do not fill %d", pitch, areaHeight)
	}
	if 28*(char+tracking) > areaWidth || 28*(char+tracking+1) <= areaWidth {
		t.Errorf("28 characters of %d twips do not fill %d", char+tracking, areaWidth)
	}
	for _, m := range []struct{ tenths, twips int }{
		{2100, paperWidth}, {2970, paperHeight}, {370, marginTop}, {280, marginLeft}, {1560, areaWidth}, {2250, areaHeight}, {350, markBelowArea},
		{200, orderBelowArea}, {300, letterBelowEdge}, {1700, letterLineWidth}, {200, letterLineFoot}, {40, ruleBelow}, {70, pageBelowArea},
	} {
		if diff := m.twips*254 - m.tenths*1440; diff < -254 || diff > 254 {
			t.Errorf("%d tenths of a millimetre are not %d twips", m.tenths, m.twips)
		}
	}
	if len(Measures) == 0 {
		t.Error("no measures")
	}
	for _, m := range Measures {
		if m.Clause == "" && m.Force != ForceCustom && m.Force != ForceRendering {
			t.Errorf("%s: %s without a clause", m.Name, m.Force)
		}
	}
}
