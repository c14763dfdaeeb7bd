package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// The rules that are taught most have all five faces in the handbook.
func TestFiveFaces(t *testing.T) {
	out, err := os.Create(filepath.Join(t.TempDir(), "out.json"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	args := []string{"check", "--site", "../..", "--rules", "--format", "json"}
	if err := execute(context.Background(), newUI(out, os.Stderr, "en"), scanArgs(args), args); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(out.Name())
	if err != nil {
		t.Fatal(err)
	}
	var records []ruleRecord
	if err := json.Unmarshal(data, &records); err != nil {
		t.Fatal(err)
	}
	whole := map[string]bool{}
	for _, r := range records {
		if len(r.Lacks) == 0 {
			whole[r.ID] = true
		}
	}
	for _, id := range []string{
		"docno-bracket", "docno-leading-zero", "docno-cite-order", "date-zero-pad", "date-weekday", "seq-cn-punct", "seq-cn-paren-punct",
		"seq-arabic-punct", "genre-qingshi-closing", "genre-report-request", "genre-qingshi-multi", "genre-reply-cite", "genre-letter-order",
		"recipient-multi-up", "attach-end-punct", "attach-title", "word-jiezhi", "num-sum", "title-double-genre", "empty-vague",
	} {
		if !whole[id] {
			t.Errorf("%s lacks a face", id)
		}
	}
	if len(whole) < 25 {
		t.Errorf("%d rules have all faces", len(whole))
	}
}
