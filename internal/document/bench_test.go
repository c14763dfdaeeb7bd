package document

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wenfang/internal/source"
)

// chinesePage writes a page of about so many Han characters: paragraphs, headings, lists, links,
// a table, a box.
func chinesePage(han int) string {
	r := rand.New(rand.NewPCG(3, 4))
	var b strings.Builder
	words := func(n int) {
		for i := range n {
			b.WriteRune(rune(0x4e00 + r.IntN(3000)))
			if i%17 == 16 {
				b.WriteString("，")
			}
		}
	}
	b.WriteString("---\ntitle: 办文流程\nkind: guide\ntags: [办文, 流程]\ndate: 2026-03-05\n---\n:::summary\n- 要点一\n- 要点二\n:::\n\n")
	for section := 0; b.Len() < 3*han; section++ {
		b.WriteString("## ")
		words(8)
		b.WriteString("\n\n")
		for range 3 {
			words(80)
			b.WriteString("**重点**，见[办文](banwen.md#第一步)，另见[[公文处理]]。第 3 条 API 说明`code`。")
			words(40)
			b.WriteString("。\n\n")
		}
		b.WriteString("1. 第一步\n2. 第二步\n   - 其中一条\n\n|项目|要求|\n|--|:-:|\n|字号|三号|\n|行距|28.95 磅|\n\n```go\nfmt.Println(\"你好\")\n```\n\n")
	}
	return b.String()
}

func benchmark(b *testing.B, files []*source.File) {
	size := 0
	for _, f := range files {
		size += len(f.Text)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, f := range files {
			Parse(f)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	file, _ := source.NewFile("guide/a.md", []byte(chinesePage(2000)))
	benchmark(b, []*source.File{file})
}

// BenchmarkCorpora parses every page below the folder that WENFANG_CORPORA names; without one
// the handbook of the repository.
func BenchmarkCorpora(b *testing.B) {
	root := os.Getenv("WENFANG_CORPORA")
	if root == "" {
		root = "../../content"
	}
	var files []*source.File
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".md" {
			return err
		}
		raw, err := os.ReadFile(path)
		if err == nil {
			file, _ := source.NewFile(path, raw)
			files = append(files, file)
		}
		return err
	})
	if err != nil || len(files) == 0 {
		b.Fatalf("%d files, %v", len(files), err)
	}
	benchmark(b, files)
}
