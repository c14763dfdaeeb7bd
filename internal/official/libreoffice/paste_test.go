package libreoffice

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"wenfang/internal/official"
)

// TestPaste holds that HTML from the clipboard keeps its form in LibreOffice Writer: 16 points,
// the indent of two characters, a pitch of 28.95 points (which it reads as «at least»), and the
// fonts.
func TestPaste(t *testing.T) {
	f := fill("paste", page(t, "../testdata/pages/jianghua.md").Form(), map[string]string{"会议": "全市政务信息工作会议", "要点": "定人"})
	dir := t.TempDir()
	path := filepath.Join(dir, "paste.html")
	html := "<html><head><meta charset=\"utf-8\"></head><body>" + official.Rich(f.set, official.Profiles[0]) + "</body></html>"
	if err := os.WriteFile(path, []byte(html), 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, "soffice", "--headless", "-env:UserInstallation=file://"+t.TempDir(), "--infilter=HTML (StarWriter)", "--convert-to", "fodt", "--outdir", dir, path)
	data, err := os.ReadFile(filepath.Join(dir, "paste.fodt"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	paragraph, run := styleOf(t, text, "今天召开")
	for _, want := range []string{`fo:text-indent="0.444`, `style:line-height-at-least="0.402`} {
		if !strings.Contains(paragraph, want) {
			t.Errorf("the paragraph lacks %s: %s", want, paragraph)
		}
	}
	for _, want := range []string{`font-size-asian="16pt"`, `font-name-asian="仿宋_GB2312"`} {
		if !strings.Contains(run, want) {
			t.Errorf("the text lacks %s: %s", want, run)
		}
	}
	_, title := styleOf(t, text, "在全市政务信息")
	if !strings.Contains(title, `font-size-asian="22pt"`) || !strings.Contains(title, `font-name-asian="方正小标宋简体"`) {
		t.Errorf("the title is set in %s", title)
	}
}

// styleOf returns the automatic styles of a paragraph that begins with words and of its first
// span; where one span is all there is, LibreOffice gives its form to the paragraph.
func styleOf(t *testing.T, fodt, words string) (paragraph, span string) {
	t.Helper()
	m := regexp.MustCompile(`<text:p text:style-name="([^"]+)">(?:<text:span text:style-name="([^"]+)">)?` + words).FindStringSubmatch(fodt)
	if m == nil {
		t.Fatalf("no paragraph begins with %s", words)
	}
	find := func(name string) string {
		return regexp.MustCompile(`<style:style style:name="` + name + `"[^>]*>.*?</style:style>`).FindString(strings.ReplaceAll(fodt, "\n", ""))
	}
	if m[2] == "" {
		m[2] = m[1]
	}
	return find(m[1]), find(m[2])
}
