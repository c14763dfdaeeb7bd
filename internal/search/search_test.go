package search

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math/rand"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"wenfang/internal/cjk"
)

var update = flag.Bool("update", false, "write the vectors that the browser's runtime is held to")

// pool is what generated texts are made of.
var pool = strings.Split("办公室 会议 通知 请示 报告 发文 字号 成文 日期 主送 机关 抄送 督办 落实 领导 批示 材料 起草 审核 签发 印章 附件 说明 时间 地点 参加 人员 要求 情况 工作 安排 部署 总结 经费 申请 同意 函复 纪要 议定 事项 API 接口 docx WPS 2026 getElementById utf8", " ")

func randomText(r *rand.Rand, words int) string {
	var b strings.Builder
	for i := range words {
		b.WriteString(pool[r.Intn(len(pool))])
		if r.Intn(6) == 0 {
			b.WriteString([]string{"，", "。", "、", "\n", " "}[r.Intn(5)])
		}
		_ = i
	}
	return b.String()
}

func randomPages(seed int64, n int) []Page {
	r := rand.New(rand.NewSource(seed))
	pages := make([]Page, n)
	for i := range pages {
		p := Page{
			URL: fmt.Sprintf("p/%d.html", i), Path: fmt.Sprintf("p/%d", i), Title: randomText(r, 1+r.Intn(3)) + fmt.Sprint(i),
			Kind: []string{"guide", "template", "sample"}[r.Intn(3)], Tags: []string{pool[r.Intn(8)]},
			Sections: []Section{{Text: randomText(r, 20)}},
		}
		for j := range r.Intn(4) {
			s := Section{Heading: randomText(r, 1+r.Intn(3)), Anchor: fmt.Sprintf("节%d", j), Text: randomText(r, 40)}
			if r.Intn(3) == 0 {
				s.Called = []string{randomText(r, 2), randomText(r, 1)}
			}
			p.Sections = append(p.Sections, s)
		}
		pages[i] = p
	}
	return pages
}

// File is one file of an index.
type File struct {
	Name string
	Data []byte
}

// filesOf returns all that Pack makes, sorted, each file once.
func filesOf(x *Index, build string) []File {
	var files []File
	inOrder := func(n int, work func(i int)) {
		for i := range n {
			work(i)
		}
	}
	x.Pack(build, inOrder, func(name string, data func() []byte) { files = append(files, File{name, data()}) })
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return slices.CompactFunc(files, func(a, b File) bool { return a.Name == b.Name })
}

// indexOf builds the files of pages, cut into segments of a size.
func indexOf(pages []Page, size int) []File {
	var segments []*Segment
	for i := 0; i < len(pages); i += size {
		segments = append(segments, NewSegment(pages[i:min(len(pages), i+size)]))
	}
	return filesOf(Merge(segments, [][]string{{"会议", "开会"}, {"API 接口", "接口"}}), "test")
}

func open(t testing.TB, files []File) *Reader {
	t.Helper()
	r, err := Open(func(name string) ([]byte, error) {
		for _, f := range files {
			if f.Name == name {
				return f.Data, nil
			}
		}
		return nil, os.ErrNotExist
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestSegmentsDoNotMatter: the bytes depend on the pages, not on how the work was cut.
func TestSegmentsDoNotMatter(t *testing.T) {
	pages := randomPages(1, 60)
	want := indexOf(pages, 60)
	for _, size := range []int{1, 7, 59} {
		got := indexOf(pages, size)
		if !slices.EqualFunc(got, want, func(a, b File) bool { return a.Name == b.Name && string(a.Data) == string(b.Data) }) {
			t.Errorf("segments of %d pages give other files", size)
		}
	}
}

// TestKeptSegments: a segment that was kept as bytes gives the files that it gave before, and
// bytes that are not a segment of these pages are refused, whatever they are.
func TestKeptSegments(t *testing.T) {
	pages := randomPages(1, 60)
	fresh := NewSegment(pages)
	kept, ok := OpenSegment(pages, fresh.Data())
	if !ok {
		t.Fatal("refused")
	}
	want, got := filesOf(Merge([]*Segment{fresh}, nil), "test"), filesOf(Merge([]*Segment{kept}, nil), "test")
	if !slices.EqualFunc(got, want, func(a, b File) bool { return a.Name == b.Name && string(a.Data) == string(b.Data) }) {
		t.Error("other files")
	}
	if _, ok := OpenSegment(pages[1:], fresh.Data()); ok {
		t.Error("taken for the segment of other pages")
	}
	data := fresh.Data()
	for n := range len(data) {
		if _, ok := OpenSegment(pages, data[:n]); ok {
			t.Fatalf("taken when cut to %d of %d bytes", n, len(data))
		}
	}
}

// TestEverySubstringIsFound compares with a naive scan: each substring of Han characters is
// found in every section that holds it, and nowhere else when it is asked for exactly.
func TestEverySubstringIsFound(t *testing.T) {
	pages := randomPages(2, 40)
	reader := open(t, indexOf(pages, 16))
	r := rand.New(rand.NewSource(3))
	for range 10_000 {
		p := pages[r.Intn(len(pages))]
		runes := []rune(p.Sections[r.Intn(len(p.Sections))].Text)
		n := 2 + r.Intn(11)
		if len(runes) <= n {
			continue
		}
		start := r.Intn(len(runes) - n)
		query := string(runes[start : start+n])
		if strings.IndexFunc(query, func(c rune) bool { return c < 0x4e00 || c > 0x9fff }) >= 0 {
			continue
		}
		results, err := reader.Search("“"+query+"”", Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := map[int]bool{}
		for _, result := range results {
			got[result.Section] = true
		}
		typed, err := reader.Search(query, Options{})
		if err != nil {
			t.Fatal(err)
		}
		listed := map[int]bool{}
		for _, result := range typed {
			listed[result.Section] = true
		}
		section := 0
		for _, page := range pages {
			for _, s := range page.Sections {
				want := strings.Contains(s.Text, query) || strings.Contains(s.Heading, query) || strings.Contains(page.Title, query)
				if want && !listed[section] {
					t.Fatalf("%q without quotes leaves out section %d", query, section)
				}
				if got[section] != want {
					t.Fatalf("%q in section %d: found %v, want %v\n%+v", query, section, got[section], want, s)
				}
				section++
			}
		}
	}
}

func TestRanking(t *testing.T) {
	pages := []Page{
		{URL: "a.html", Path: "a", Title: "会议通知", Kind: "template", Tags: []string{"开会"}, Sections: []Section{{Text: "写会议通知的模板。"}}},
		{URL: "b.html", Path: "b", Title: "办会", Kind: "guide", Sections: []Section{{Text: "会前准备。"}, {Heading: "发会议通知", Anchor: "发会议通知", Text: "写明时间、地点。"}}},
		{URL: "c.html", Path: "c", Title: "请示", Kind: "guide", Sections: []Section{{Text: "请示不是会议通知，API 接口也不是。"}}},
	}
	reader := open(t, indexOf(pages, 10))
	tests := []struct{ query, want string }{
		{"会议通知", "a.html b.html#%E5%8F%91%E4%BC%9A%E8%AE%AE%E9%80%9A%E7%9F%A5 c.html"},
		{"怎么写会议通知", "a.html b.html#%E5%8F%91%E4%BC%9A%E8%AE%AE%E9%80%9A%E7%9F%A5 c.html"},
		{"会议通知 kind:guide", "b.html#%E5%8F%91%E4%BC%9A%E8%AE%AE%E9%80%9A%E7%9F%A5 c.html"},
		{"会议通知 tag:开会", "a.html"},
		{"接", "c.html"},
		{"ap", "c.html"},
		{"ＡＰＩ接口", "c.html"},
		{"人工降雨", ""},
		{"", ""},
	}
	for _, tt := range tests {
		results, err := reader.Search(tt.query, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range results {
			got = append(got, r.URL)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%q: got %q, want %q", tt.query, strings.Join(got, " "), tt.want)
		}
	}
}

// TestTitleCountsForItsOwnSection: the title of a page is a name of its first section; the
// others only stand under it, whatever their headings say.
func TestTitleCountsForItsOwnSection(t *testing.T) {
	pages := []Page{
		{URL: "a.html", Path: "a", Title: "会议通知", Sections: []Section{{Text: "先看这里。"}, {Heading: "落款", Anchor: "x", Text: "写日期。"}}},
		{URL: "b.html", Path: "b", Title: "别的", Sections: []Section{{Text: "没有。"}}},
	}
	results, err := open(t, indexOf(pages, 2)).Search("会议通知", Options{})
	if err != nil || len(results) != 2 {
		t.Fatalf("%v, %v", results, err)
	}
	if own, below := results[0], results[1]; own.Heading != "" || own.Score < 2*below.Score {
		t.Errorf("the title's own section has %v, one below it %v", own.Score, below.Score)
	}
}

// TestWhatOthersCallASection: texts of links that lead to a section help to find it, also where it
// does not hold them, but they are no place in it.
func TestWhatOthersCallASection(t *testing.T) {
	pages := []Page{
		{URL: "a.html", Path: "a", Title: "别的", Sections: []Section{{Text: "会务安排另说。"}}},
		{URL: "b.html", Path: "b", Title: "会议", Sections: []Section{{Text: "先看这里。"}, {Heading: "须知", Anchor: "x", Text: "写日期。", Called: []string{"会务安排", "怎样开 seminar"}}}},
		{URL: "c.html", Path: "c", Title: "目录", Sections: []Section{{Text: "见会务安排。", Links: []Span{{3, 15}}}}},
	}
	reader := open(t, indexOf(pages, 2))
	for query, want := range map[string]string{"会务安排": "a.html b.html#x c.html", "“会务安排”": "a.html c.html", "seminar": "b.html#x", "seminars": "", "落款": ""} {
		results, err := reader.Search(query, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range results {
			got = append(got, r.URL)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %v, want %s", query, got, want)
		}
	}
}

// TestQuotedRunsFollowOneAnother: words in quotation marks stand side by side, across the
// border of Han and Latin and across punctuation, not just anywhere in the section.
func TestQuotedRunsFollowOneAnother(t *testing.T) {
	texts := []string{"调用API接口。", "接口与API。", "标题、正文", "正文之前是标题", "apt install git", "install by apt"}
	var pages []Page
	for i, text := range texts {
		pages = append(pages, Page{URL: fmt.Sprint(i), Path: fmt.Sprint(i), Title: "页", Sections: []Section{{Text: text}}})
	}
	pages = append(pages, Page{URL: "6", Path: "6", Title: "API 接口", Sections: []Section{{}}})
	reader := open(t, indexOf(pages, 3))
	for query, want := range map[string][]string{
		"“API接口”":       {"0", "6"},
		"“标题、正文”":       {"2"},
		"「apt install」": {"4"},
		"“与API”":        {"1"},
	} {
		results, err := reader.Search(query, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range results {
			got = append(got, r.URL)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", query, got, want)
		}
	}
}

// vector is a query with the answer that both runtimes give.
type vector struct {
	Query   string    `json:"query"`
	Exact   bool      `json:"exact"`
	Results []answer  `json:"results"`
	Excerpt string    `json:"excerpt"` // of the first result
	Marks   []string  `json:"marks"`
	_       [0]func() // not comparable
}

type answer struct {
	Section int     `json:"section"`
	URL     string  `json:"url"`
	Score   float64 `json:"score"`
	Words   string  `json:"words"`
}

// TestVectors keeps the answers that the browser's runtime is held to.
func TestVectors(t *testing.T) {
	files := indexOf(randomPages(4, 40), 8)
	reader := open(t, files)
	queries := []string{"会议通知", "成文日期", "api接口", "getElement", "ut", "办", "请问怎么写会议通知？", "“会议通知”", "会议 kind:template", "tag:会议 通知", "ＷＰＳ", "材料起草审核", "“API接口”", "“会议，通知”", "“2026会议” 通知", "没有的词语", "会仪通知", "huiyitongzhi", "huiyitongz", "hytz", "hy", "huiyi 附件", "會議通知", "getElemnetById", "fujian", "xian", "通知 hytz", "召会", "督班落实", "惠义记要", "会议的附件", "请示的huiyi", "开会", "会\ufffd议", "2026", "docx附件"}
	r := rand.New(rand.NewSource(5))
	for range 60 {
		queries = append(queries, string([]rune(randomText(r, 2+r.Intn(3)))))
	}
	out := struct {
		Files     map[string]string `json:"files"`
		Syllables string            `json:"syllables"`
		Vectors   []vector          `json:"vectors"`
	}{Files: map[string]string{}, Syllables: strings.Join(cjk.Syllables(), " ")}
	for _, f := range files {
		out.Files[f.Name] = string(f.Data)
	}
	for _, q := range queries {
		v := vector{Query: q, Results: []answer{}, Marks: []string{}}
		results, err := reader.Search(q, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i, result := range results {
			v.Results = append(v.Results, answer{result.Section, result.URL, result.Score, result.Words})
			if i == 0 {
				e, err := reader.Excerpt(result, q)
				if err != nil {
					t.Fatal(err)
				}
				v.Excerpt = e.Text
				for _, m := range e.Marks {
					v.Marks = append(v.Marks, e.Text[m.Start:m.End])
				}
			}
		}
		out.Vectors = append(out.Vectors, v)
	}
	data, err := json.MarshalIndent(out, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/vectors.json", append(data, '\n'))
}

// asked is a query with a digest of the whole list of answers.
type asked struct {
	Query  string `json:"q"`
	Found  int    `json:"n"`
	Digest string `json:"d"`
}

// TestManyVectors keeps the lists for 2,000 random queries over the files of the vectors.
func TestManyVectors(t *testing.T) {
	reader := open(t, indexOf(randomPages(4, 40), 8))
	r := rand.New(rand.NewSource(9))
	var out []asked
	for range 2000 {
		query := randomQuery(r)
		results, err := reader.Search(query, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var list strings.Builder
		for _, result := range results {
			fmt.Fprintf(&list, "%d %s %s\n", result.Section, strconv.FormatFloat(result.Score, 'f', -1, 64), result.Words)
		}
		out = append(out, asked{query, len(results), hashOf(list.String())})
	}
	var data bytes.Buffer
	for _, a := range out {
		line, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		data.Write(append(line, '\n'))
	}
	golden(t, "testdata/queries.jsonl", data.Bytes())
}

// randomQuery is a piece of a text, or what a reader makes of one: pinyin, its beginning,
// initials, traditional characters, a letter changed, several pieces, quotation marks.
func randomQuery(r *rand.Rand) string {
	chars := []rune(randomText(r, 1+r.Intn(4)))
	start := r.Intn(len(chars))
	piece := string(chars[start:min(len(chars), start+1+r.Intn(9))])
	switch r.Intn(10) {
	case 0:
		return strings.Join(cjk.Pinyin(piece), "")
	case 1:
		spelled := strings.Join(cjk.Pinyin(piece), "")
		return spelled[:max(0, len(spelled)-1-r.Intn(2))]
	case 2:
		initials := ""
		for _, s := range cjk.Pinyin(piece) {
			initials += s[:1]
		}
		return initials
	case 3:
		return "“" + piece + "”"
	case 4:
		return piece + " " + pool[r.Intn(len(pool))]
	case 5:
		return strings.NewReplacer("会", "會", "议", "議", "办", "辦", "发", "發", "导", "導").Replace(piece)
	case 6:
		return "getElementById"[:3+r.Intn(9)] + string(rune('a'+r.Intn(26)))
	case 7:
		return strings.NewReplacer("会议", "惠义", "请示", "情势", "附件", "付件").Replace(piece)
	}
	return piece
}

// golden compares with a file of testdata, or writes it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("answers differ from %s; run with -update when that is meant", name)
	}
}

// TestFlippedBytes: whatever byte of a small index is another one, the answers are the same or
// there is none.
func TestFlippedBytes(t *testing.T) {
	files := indexOf(randomPages(8, 2), 2)
	queries := []string{"通知", "getElement"}
	var read map[string]bool
	answers := func(files []File, query string) (string, error) {
		r, err := Open(func(name string) ([]byte, error) {
			read[name] = true
			for _, f := range files {
				if f.Name == name {
					return f.Data, nil
				}
			}
			return nil, os.ErrNotExist
		})
		if err != nil {
			return "", err
		}
		results, err := r.Search(query, Options{})
		var b strings.Builder
		for _, result := range results {
			e, fault := r.Excerpt(result, query)
			if fault != nil {
				return "", fault
			}
			fmt.Fprintln(&b, result.URL, result.Title, result.Heading, result.Kind, result.Tags, result.Score, result.Words, e)
		}
		return b.String(), err
	}
	refused := 0
	for _, query := range queries {
		read = map[string]bool{}
		want, err := answers(files, query)
		if err != nil {
			t.Fatal(err)
		}
		needed := maps.Clone(read)
		for i, file := range files {
			if !needed[file.Name] {
				continue
			}
			for at := range file.Data {
				flipped := slices.Clone(files)
				flipped[i].Data = slices.Clone(file.Data)
				flipped[i].Data[at] ^= 1 << (at % 7)
				got, err := answers(flipped, query)
				if err != nil {
					refused++
				} else if got != want {
					t.Fatalf("%s, byte %d of %s flipped: %s, want %s", query, at, file.Name, got, want)
				}
			}
		}
	}
	if refused == 0 {
		t.Error("no flipped byte was noticed")
	}
	for _, file := range files { // those that no query here needs
		if file.Name == IndexName {
			continue
		}
		want := open(t, files).mustRead(t, keyOf(file))
		for at := range file.Data {
			data := slices.Clone(file.Data)
			data[at] ^= 1 << (at % 7)
			r := &Reader{files: map[string][]uint16{}, read: func(string) ([]byte, error) { return data, nil }}
			if got, err := r.shard(keyOf(file)); err == nil && !slices.Equal(got, want) {
				t.Fatalf("byte %d of %s flipped is read as another content", at, file.Name)
			}
		}
	}
}

// TestPublishedVersions: an index that was published stays readable, or is refused by its version.
// These files are kept as they were written; -update leaves them alone.
func TestPublishedVersions(t *testing.T) {
	for version, name := range map[string]string{"2": "version2.js", "3": "version3.js"} {
		old, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		_, err = Open(func(string) ([]byte, error) { return old, nil })
		if err == nil || !strings.Contains(err.Error(), "version "+version+", want 4") {
			t.Errorf("version %s: %v", version, err)
		}
	}
	data, err := os.ReadFile("testdata/version4.json")
	if err != nil {
		t.Fatal(err)
	}
	var kept map[string]string
	if err := json.Unmarshal(data, &kept); err != nil {
		t.Fatal(err)
	}
	var files []File
	for name, data := range kept {
		files = append(files, File{name, []byte(data)})
	}
	reader := open(t, files)
	for query, want := range map[string]string{
		"会议通知": "a.html b.html", "hytz": "a.html", "huiyit": "a.html", "惠议通知": "a.html b.html", "會議": "a.html b.html", "开会": "a.html b.html",
		"api": "b.html", "“接口发出”": "b.html", "核对": "a.html#%E5%8F%91%E5%87%BA%E4%B9%8B%E5%89%8D",
	} {
		results, err := reader.Search(query, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range results {
			if !strings.Contains(r.URL, "#") || query == "核对" {
				got = append(got, r.URL)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", query, got, want)
		}
	}
}

// FuzzDecode: files that hold something else than they should, checksums and all, give an error or
// an answer, never a panic.
func FuzzDecode(f *testing.F) {
	files := indexOf(randomPages(6, 3), 3)
	for i, file := range files {
		content, err := contentOf(file.Data, keyOf(file))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(i, content)
	}
	f.Fuzz(func(t *testing.T, which int, content string) {
		_, _ = readDirectory(utf16.Encode([]rune(string(rune(0x20+FormatVersion)) + hashOf(content) + content)))
		r := open(t, files)
		if which < 0 || which >= len(files) {
			return
		}
		r.files[keyOf(files[which])] = utf16.Encode([]rune(content))
		for _, q := range []string{"会议", "a", "办", "“会议通知”", "huiyi", "hytz", "会仪通知", "getElemnetById"} {
			results, err := r.Search(q, Options{})
			if err != nil {
				continue
			}
			for _, result := range results {
				_, _ = r.Excerpt(result, q)
			}
		}
	})
}

func (r *Reader) mustRead(t *testing.T, key string) []uint16 {
	t.Helper()
	units, err := r.shard(key)
	if err != nil {
		t.Fatal(err)
	}
	return units
}

func keyOf(file File) string {
	return strings.TrimSuffix(strings.TrimPrefix(file.Name, "search/"), ".js")
}
