package document_test

import (
	"testing"

	"wenfang/internal/document"
	"wenfang/internal/source"
)

// TestTextLength: fields count as their examples, an item of a list as all of its items.
func TestTextLength(t *testing.T) {
	const front = "---\nkind: template\nfields:\n  - {id: 事, label: 事, type: text, example: 甲乙丙}\n  - {id: 项, label: 项, type: list, example: \"一二\\n三\"}\n---\n"
	for text, want := range map[string]int{
		"":                            0,
		"关于{{事}}的事。":                  8,
		"**关于**{{事}}":                 5,
		"{{#项}}\n\n（{{.}}）\n\n{{/项}}": 6,
		"| 名 | 事 |\n|---|---|\n| {{事}} | 二 |\n": 6,
		"正文。\n\n---\n\n写法不算。":                   3,
	} {
		file, _ := source.NewFile("t.md", []byte(front+text))
		if got := document.Parse(file).TextLength(); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}
