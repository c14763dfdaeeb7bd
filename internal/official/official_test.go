package official

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"wenfang/internal/document"
	"wenfang/internal/docx"
)

var update = flag.Bool("update", false, "write testdata/vectors.json")

// cases are fillings of testdata/pages, from which the vectors are written.
var cases = []struct {
	name, page string
	values     map[string]string
	fonts      string
}{
	{"empty", "shangxing", nil, "gb2312"},
	{"upward", "shangxing", map[string]string{"事由": "申请自助服务设备更新经费", "签发人": "李明", "附件": "经费测算表\n任务分解表"}, "gb2312"},
	{"three signers", "shangxing", map[string]string{"事由": "申请自助服务设备更新经费和2026年政务服务大厅改造经费", "签发人": "李明\n王小强\n赵云", "附件": "经费测算表"}, "windows"},
	{"body replaced", "shangxing", map[string]string{"正文": "第一段。\n\n　　第二段。\r\n第三段。", "日期": "2026年10月31日"}, "mac"},
	{"joint", "lianhe", map[string]string{"事由": "开展校园安全检查", "机关": "安平市教育局\n安平市人力资源和社会保障局\n安平市财政局"}, "fzgbk"},
	{"unsealed", "buzhang", map[string]string{"机关": "安平市人民政府办公室"}, "gb2312"},
	{"unsealed, long date", "buzhang", map[string]string{"机关": "市府办"}, "gb2312"},
	{"unsealed, joint", "buzhang", map[string]string{"机关": "安平市人民政府办公室\n市委办"}, "gb2312"},
	{"letter", "xinhan", map[string]string{"事项": "我局档案库房两次渗水。\n现商请贵馆派2名专业人员现场鉴定。"}, "gb2312"},
	{"order", "mingling", nil, "gb2312"},
	{"minutes", "jiyao", map[string]string{"事项": "3月20日前完成方案\n经费由市财政安排", "请假": "孙立（市审计局副局长）"}, "gb2312"},
	{"minutes, nothing settled", "jiyao", map[string]string{"事项": " \n　"}, "gb2312"},
	{"speech", "jianghua", map[string]string{"会议": "全市政务信息工作会议", "要点": "定人\n定时"}, "gb2312"},
	{"bulletin", "jianbao", map[string]string{"期号": "第3期\n总第86期"}, "gb2312"},
	{"forwarded", "zhuanfa", map[string]string{"来文": "各市（州）档案局：\n为保障档案安全，决定开展检查。\n一、检查范围\n各级综合档案馆。\n××省档案局办公室\n2026年4月20日", "表": "库房一\n库房二"}, "gb2312"},
	{"forwarded without its text", "zhuanfa", map[string]string{"表": "2026年4月20日"}, "gb2312"},
	{"hostile", "jianghua", map[string]string{"会议": "</w:t><w:fldSimple w:instr=\"X\"/>{{要点}}【会议】&amp;\x00\x1f\ufffe𠮷\u202e]]>", "要点": "=cmd|'/c calc'!A1\n<script>alert(1)</script>\t\\\\host\\x"}, "gb2312"},
}

func formOfPage(t testing.TB, page string) *document.Form {
	t.Helper()
	path := "testdata/pages/" + page + ".md"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	doc := parsePage(path, string(text))
	if len(doc.Problems) > 0 {
		t.Fatalf("%s: %v", page, doc.Problems)
	}
	return doc.Form()
}

// vector is what Go and the browser must agree on.
type vector struct {
	Name       string            `json:"name"`
	Form       *document.Form    `json:"form"`
	Values     map[string]string `json:"values"`
	Fonts      string            `json:"fonts"`
	Paragraphs []Paragraph       `json:"paragraphs"`
	Text       string            `json:"text"`
	Flush      string            `json:"flush"` // text without indents
	HTML       string            `json:"html"`
	Document   string            `json:"document"`
	SHA256     string            `json:"sha256"` // of the .docx
	FileName   string            `json:"fileName"`
}

func vectors(t testing.TB) []vector {
	var all []vector
	for _, c := range cases {
		v := vector{Name: c.name, Form: formOfPage(t, c.page), Values: c.values, Fonts: c.fonts}
		d := Fill(v.Form, c.values)
		v.Paragraphs = Compose(d)
		v.Text, v.Flush = Text(v.Paragraphs, TextOptions{}), Text(v.Paragraphs, TextOptions{NoIndent: true})
		v.HTML = Rich(v.Paragraphs, ProfileByID(c.fonts))
		v.Document = docx.DocumentXML(blocksXML(d.Format, v.Paragraphs), lastSection(d.Format, v.Paragraphs))
		sum := sha256.Sum256(Word(d.Format, v.Paragraphs, ProfileByID(c.fonts)))
		v.SHA256, v.FileName = hex.EncodeToString(sum[:]), FileName(d)
		all = append(all, v)
	}
	return all
}

// random is a random filling of one of the forms of the vectors, and what comes of it.
type random struct {
	Case   string            `json:"case"`
	Values map[string]string `json:"values"`
	SHA256 string            `json:"sha256"` // of text, HTML and .docx
}

func randoms(t testing.TB) []random {
	r := rand.New(rand.NewPCG(33476, 2016))
	var all []random
	for i := range 150 {
		c := cases[i%len(cases)]
		f := formOfPage(t, c.page)
		values := randomValues(r, f)
		d := Fill(f, values)
		set := Compose(d)
		h := sha256.New()
		h.Write([]byte(Text(set, TextOptions{})))
		h.Write([]byte(Rich(set, Profiles[0])))
		h.Write(Word(d.Format, set, Profiles[0]))
		all = append(all, random{c.name, values, hex.EncodeToString(h.Sum(nil))})
	}
	return all
}

// TestVectors holds what assets/fill is held to.
func TestVectors(t *testing.T) {
	got, err := json.MarshalIndent(map[string]any{"kit": NewKit(), "cases": vectors(t), "random": randoms(t), "values": valueCases}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	const path = "testdata/vectors.json"
	if *update {
		if err := os.WriteFile(path, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != string(got)+"\n" {
		t.Errorf("differs from %s; -update writes it", path)
	}
}

// TestText shows what documents look like, as plain text.
func TestText(t *testing.T) {
	data, err := os.ReadFile("testdata/text.golden")
	if err != nil && !*update {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, v := range vectors(t) {
		b.WriteString("-- " + v.Name + " --\n" + v.Text)
	}
	if *update {
		if err := os.WriteFile("testdata/text.golden", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if string(data) != b.String() {
		t.Errorf("differs from testdata/text.golden; -update writes it")
	}
}
