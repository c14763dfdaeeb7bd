package source

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

const sample = "---\ntitle: 会议通知\n---\n\n各处室：\n\n定于2026年3月5日召开会议。\n"

func gbk(t *testing.T, s string) string {
	t.Helper()
	out, err := simplifiedchinese.GBK.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func utf16(t *testing.T, s string, order unicode.Endianness, bom unicode.BOMPolicy) string {
	t.Helper()
	out, err := unicode.UTF16(order, bom).NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestDecode(t *testing.T) {
	lines := strings.SplitAfter(sample, "\n")
	tests := []struct {
		name, raw, text, id string
		line                int
	}{
		{"UTF-8", sample, sample, "", 0},
		{"UTF-8 with mark", "\ufeff" + sample, sample, "", 0},
		{"CRLF", strings.ReplaceAll(sample, "\n", "\r\n"), sample, "", 0},
		{"old Mac line ends", strings.ReplaceAll(sample, "\n", "\r"), sample, "", 0},
		{"GBK", gbk(t, sample), sample, "encoding-decoded", 1},
		{"联通, which Notepad took for UTF-8", gbk(t, "联通"), "联通", "encoding-decoded", 1},
		{"UTF-16LE with mark", utf16(t, sample, unicode.LittleEndian, unicode.UseBOM), sample, "encoding-decoded", 1},
		{"UTF-16BE with mark", utf16(t, sample, unicode.BigEndian, unicode.UseBOM), sample, "encoding-decoded", 1},
		{"UTF-16LE without mark", utf16(t, sample, unicode.LittleEndian, unicode.IgnoreBOM), sample, "encoding-decoded", 1},
		{"one line of GBK", strings.Join(lines[:4], "") + gbk(t, lines[4]) + strings.Join(lines[5:], ""), sample, "encoding-mixed", 5},
		{"cut inside a character", sample[:len(sample)-3], "", "encoding-invalid", 7},
		{"a Word file", "PK\x03\x04\x14\x00", "", "encoding-binary", 1},
		{"one bad byte", "\x80", "", "encoding-invalid", 1},
		{"one bad byte, 0xFF", "\xff", "", "encoding-invalid", 1},
		{"control characters", "办\x00公\x1b室\u202e\n", "办公室\n", "control-character", 1},
		{"line separators stay", "甲\u2028乙\u0085丙\n", "甲\u2028乙\u0085丙\n", "", 0},
		{"empty", "", "", "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, problems := NewFile("a.md", []byte(tt.raw))
			if tt.text != "" && f.Text != tt.text {
				t.Errorf("text = %q, want %q", f.Text, tt.text)
			}
			if !utf8.ValidString(f.Text) {
				t.Errorf("text is not UTF-8: %q", f.Text)
			}
			switch {
			case tt.id == "" && len(problems) > 0:
				t.Errorf("problems = %v, want none", problems)
			case tt.id != "" && (len(problems) != 1 || problems[0].ID != tt.id || problems[0].Line != tt.line):
				t.Errorf("problems = %v, want %s at line %d", problems, tt.id, tt.line)
			}
		})
	}
}

func TestPos(t *testing.T) {
	f, _ := NewFile("a.md", []byte("甲乙\n丙\n"))
	for _, tt := range []struct{ offset, line, col int }{
		{0, 1, 1}, {3, 1, 2}, {6, 1, 3}, {7, 2, 1}, {10, 2, 2}, {11, 3, 1}, {999, 3, 1}, {-1, 1, 1},
	} {
		if p := f.Pos(tt.offset); p.Line != tt.line || p.Col != tt.col {
			t.Errorf("Pos(%d) = %d:%d, want %d:%d", tt.offset, p.Line, p.Col, tt.line, tt.col)
		}
	}
	if f.Line(2) != "丙" || f.Line(0) != "" || f.Line(9) != "" {
		t.Errorf("Line: %q %q %q", f.Line(2), f.Line(0), f.Line(9))
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte("\xc1\xaa\xcd\xa8"))
	f.Add([]byte("\xff\xfea\x00\n\x00"))
	f.Add([]byte("a\x00b\x00"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		file, problems := NewFile("a.md", raw)
		if !utf8.ValidString(file.Text) {
			t.Fatalf("not UTF-8: %q", file.Text)
		}
		if i := strings.IndexFunc(file.Text, isControl); i >= 0 {
			t.Fatalf("control character at %d of %q", i, file.Text)
		}
		for _, p := range problems {
			if p.Line < 1 || p.Line > file.Lines() && p.ID != "encoding-mixed" && p.ID != "encoding-invalid" {
				t.Fatalf("problem outside the file: %v", p)
			}
		}
	})
}

func TestWalk(t *testing.T) {
	root := t.TempDir()
	write := func(name string) {
		t.Helper()
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{
		"index.md", "guide/上情.md", "guide/图.png", "guide/old.bak", ".git/config", "node_modules/x/index.md",
		"guide/~$稿.docx", "guide/稿.docx", "id_rsa", "notes.exe", "public/index.html", "guide/.上情.md.swp", "con.md",
	} {
		write(name)
	}
	if err := os.Symlink("/etc/passwd", filepath.Join(root, "link.md")); err != nil {
		t.Fatal(err)
	}
	tree, problems, err := Walk(root, Rules{Copy: DefaultCopy, Skip: func(name string) bool { return name == "public" }})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range tree.Entries {
		got = append(got, e.Path)
	}
	want := []string{"con.md", "guide/上情.md", "guide/图.png", "guide/稿.docx", "index.md"}
	if !slices.Equal(got, want) {
		t.Errorf("entries = %q, want %q", got, want)
	}
	var ids []string
	for _, p := range problems.Sort() {
		ids = append(ids, p.Path+" "+p.ID)
	}
	wantIDs := []string{"con.md file-name", "link.md file-link", "notes.exe file-unpublished"}
	if !slices.Equal(ids, wantIDs) {
		t.Errorf("problems = %q, want %q", ids, wantIDs)
	}
}
