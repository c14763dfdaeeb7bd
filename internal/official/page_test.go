package official

import (
	"wenfang/internal/document"
	"wenfang/internal/source"
)

func parsePage(path, text string) *document.Document {
	file, _ := source.NewFile(path, []byte(text))
	return document.Parse(file)
}
