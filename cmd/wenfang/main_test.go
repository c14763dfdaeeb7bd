package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"wenfang/internal/config"
	"wenfang/internal/diag"
	"wenfang/internal/document"
	"wenfang/internal/source"
)

func TestLanguage(t *testing.T) {
	english := t.TempDir()
	if err := os.WriteFile(filepath.Join(english, config.FileName), []byte("language: en\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args string
		env  map[string]string
		want string
	}{
		{"build", nil, "zh-CN"},
		{"build --lang en", nil, "en"},
		{"--lang=en build", map[string]string{"LANG": "zh_CN.UTF-8"}, "en"},
		{"build", map[string]string{"LANG": "en_GB.UTF-8"}, "en"},
		{"build", map[string]string{"LANG": "zh_TW.UTF-8@pinyin"}, "zh-CN"},
		{"build", map[string]string{"LANG": "ja_JP.eucJP"}, "en"},
		{"build", map[string]string{"LC_ALL": "zh_CN", "LANG": "en_US"}, "zh-CN"},
		{"build", map[string]string{"LC_MESSAGES": "en_US", "LANG": "zh_CN"}, "en"},
		{"build --site DIR", map[string]string{"LC_ALL": "C.UTF-8", "LANG": "zh_CN"}, "en"},
		{"build --site=DIR", map[string]string{"LANG": "POSIX"}, "en"},
		{"build --site DIR", map[string]string{"LANG": "zh_CN"}, "zh-CN"},
		{"new guide a -- --lang en", nil, "zh-CN"},
	} {
		args := strings.Fields(strings.ReplaceAll(test.args, "DIR", english))
		getenv := func(name string) string { return test.env[name] }
		if got := diag.WordsFor(language(scanArgs(args), getenv)).Lang; got != test.want {
			t.Errorf("%s %v: %s, want %s", test.args, test.env, got, test.want)
		}
	}
}

func TestVerb(t *testing.T) {
	for args, want := range map[string]string{
		"":                        "",
		"build --site x":          "build",
		"--lang en build":         "build",
		"--lang=en --help":        "",
		"--site serve check":      "check",
		"--json search build now": "search",
	} {
		if got := scanArgs(strings.Fields(args)).verb; got != want {
			t.Errorf("%q: verb %q, want %q", args, got, want)
		}
	}
}

// A title comes back from the front matter as it was given.
func TestYAMLText(t *testing.T) {
	for _, title := range []string{
		"会议通知", "关于《办法》的说明", "a", "a: b", "# 甲", "- 乙", "“引号”", `"quoted" \ back`, "it's", "yes", "null", "2024", "1e3",
		"[甲]", "{{字段}}", "*甲*", "&甲", "!甲", "%甲", "@甲", "`甲`", "甲 #乙", "甲：乙", "第1条", "~", "on", "<a&b>", "\U0001f600",
	} {
		file, _ := source.NewFile(config.FileName, []byte("title: "+yamlText(title)+"\n"))
		cfg, problems := config.Parse(file)
		if cfg.Title != title || len(problems) > 0 {
			t.Errorf("%q is written as %s and read as %q (%v)", title, yamlText(title), cfg.Title, problems)
		}
	}
	if got := yamlText("会议通知（试行）"); got != "会议通知（试行）" {
		t.Errorf("a plain title is quoted: %s", got)
	}
	if got := yamlText("a\nb"); strings.Contains(got, "\n") {
		t.Errorf("a title makes lines: %q", got)
	}
}

func TestToday(t *testing.T) {
	u := &ui{words: diag.WordsFor("en")}
	beijing := time.FixedZone("", 8*3600)
	now := time.Date(2026, 3, 5, 7, 59, 0, 0, beijing)
	for epoch, want := range map[string]string{"": "2026-03-04", "0": "1970-01-01", "1772668800": "2026-03-05"} {
		got, err := today(u, func(string) string { return epoch }, now)
		if err != nil || got.String() != want {
			t.Errorf("%q: %s (%v), want %s", epoch, got, err, want)
		}
	}
	for _, epoch := range []string{"-1", "soon", "1e9", "999999999999999999"} {
		if _, err := today(u, func(string) string { return epoch }, now); err == nil {
			t.Errorf("%q is taken", epoch)
		}
	}
	if got := yearLater(document.Date{Year: 2028, Month: 2, Day: 29}).String(); got != "2029-03-01" {
		t.Errorf("a year after a leap day: %s", got)
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

// A result that cannot be written is a failure of the machine, not success.
func TestFullDiskIsNoSuccess(t *testing.T) {
	var errs bytes.Buffer
	u := &ui{out: &sticky{w: full{}}, err: &sticky{w: &errs}, words: diag.WordsFor("en")}
	u.say("done")
	if code := u.exit(nil); code != exitFailure || !strings.HasPrefix(errs.String(), "wenfang: the disk is full: ") {
		t.Errorf("exit code %d, %q", code, errs.String())
	}
}

// Short work shows no progress; long work shows some of its steps and leaves no trace; a
// pipe never sees any.
func TestProgress(t *testing.T) {
	for _, live := range []bool{true, false} {
		var errs bytes.Buffer
		u := &ui{err: &sticky{w: &errs}, words: diag.WordsFor("en"), live: live}
		p := u.newProgress("cli.build.progress")
		p.step(1, 9)
		p.clear()
		if errs.Len() > 0 {
			t.Errorf("short work shows %q", errs.String())
		}
		p.last = time.Now().Add(-time.Second)
		p.step(2, 9)
		p.step(3, 9)
		p.clear()
		want := ""
		if live {
			want = "\rbuilding 2/9\r\x1b[K"
		}
		if errs.String() != want {
			t.Errorf("live %v: long work shows %q, want %q", live, errs.String(), want)
		}
	}
}
