// Package arch holds the rules of the house as tests: who may import whom, and what the pure
// rooms may not touch. ARCHITECTURE.md explains them.
package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// allowed lists, for each room, the rooms that it may import.
var allowed = map[string][]string{
	"internal/cjk":        {},
	"internal/diag":       {"internal/cjk"},
	"internal/source":     {"internal/diag"},
	"internal/document":   {"internal/source", "internal/diag", "internal/cjk"},
	"internal/config":     {"internal/source", "internal/diag", "internal/document"},
	"internal/site":       {"internal/document", "internal/config", "internal/diag", "internal/cjk", "internal/check"},
	"internal/theme":      {"internal/source", "internal/diag"},
	"internal/render":     {"internal/site", "internal/theme", "internal/document", "internal/diag", "internal/cjk", "internal/check"},
	"internal/search":     {"internal/cjk"},
	"internal/docx":       {},
	"internal/official":   {"internal/document", "internal/docx"},
	"internal/project":    {"internal/source", "internal/config", "internal/document", "internal/site", "internal/theme", "internal/diag"},
	"internal/output":     {"internal/project", "internal/site", "internal/render", "internal/theme", "internal/search", "internal/official", "internal/document", "internal/diag", "internal/check"},
	"internal/watch":      {},
	"internal/serve":      {"internal/project", "internal/output", "internal/watch", "internal/diag"},
	"layouts":             {},
	"assets":              {},
	"content":             {},
	"internal/check":      {"internal/cjk"},
	"internal/manuscript": {"internal/source", "internal/diag"},
}

// composers may import whatever they like: they put the rooms together.
var composers = []string{"cmd/wenfang"}

// pure rooms see no disk, clock, log or process: the same input gives the same bytes anywhere.
var pure = []string{"internal/cjk", "internal/document", "internal/site", "internal/search", "internal/check", "internal/manuscript", "internal/docx", "internal/official"}

// forbidden in pure rooms.
var forbidden = []string{"os", "log", "log/slog", "net/http", "os/exec", "math/rand", "math/rand/v2"}

func TestImports(t *testing.T) {
	eachFile(t, func(room, file string, f *ast.File) {
		if slices.Contains(composers, room) {
			return
		}
		may, known := allowed[room]
		if !known {
			t.Errorf("%s: room %s is not in the import table", file, room)
			return
		}
		for _, spec := range f.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			if other, ours := strings.CutPrefix(path, "wenfang/"); ours && !slices.Contains(may, other) {
				t.Errorf("%s: %s may not import %s", file, room, other)
			}
		}
	})
}

func TestPureRooms(t *testing.T) {
	eachFile(t, func(room, file string, f *ast.File) {
		if !slices.Contains(pure, room) {
			return
		}
		for _, spec := range f.Imports {
			if path, _ := strconv.Unquote(spec.Path.Value); slices.Contains(forbidden, path) {
				t.Errorf("%s: pure room imports %s", file, path)
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%s: pure room starts a goroutine", file)
			case *ast.SelectorExpr:
				if pkg, ok := n.X.(*ast.Ident); ok && pkg.Name == "time" && n.Sel.Name == "Now" {
					t.Errorf("%s: pure room reads the clock", file)
				}
			}
			return true
		})
	})
}

// TestSizes keeps files and functions readable: no file over 600 lines, at most one function
// in twenty over 60.
func TestSizes(t *testing.T) {
	functions, long := 0, 0
	fset := token.NewFileSet()
	eachFileIn(t, fset, func(_, file string, f *ast.File) {
		if lines := fset.File(f.Pos()).LineCount(); lines > 600 {
			t.Errorf("%s: %d lines", file, lines)
		}
		for _, decl := range f.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok {
				functions++
				if fset.Position(fn.End()).Line-fset.Position(fn.Pos()).Line > 60 {
					long++
				}
			}
		}
	})
	if functions == 0 {
		t.Fatal("no functions found: the test looks in the wrong place")
	}
	if long*20 > functions {
		t.Errorf("%d of %d functions are longer than 60 lines", long, functions)
	}
}

func eachFile(t *testing.T, visit func(room, file string, f *ast.File)) {
	t.Helper()
	eachFileIn(t, token.NewFileSet(), visit)
}

// eachFileIn parses every Go file of the module that is no test.
func eachFileIn(t *testing.T, fset *token.FileSet, visit func(room, file string, f *ast.File)) {
	t.Helper()
	const root = "../.."
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			name := d.Name()
			if rel != "." && (strings.HasPrefix(name, ".") || name == "testdata" || name == "node_modules" || name == "tools" || name == "bin") {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		visit(filepath.ToSlash(filepath.Dir(rel)), rel, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
