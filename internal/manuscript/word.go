package manuscript

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Limits of a Word package: whatever it says of itself, no more than this is unfolded or kept.
const (
	MaxPackage = 64 << 20 // bytes of the file
	maxPart    = 64 << 20 // bytes of one part, unfolded
	maxEntries = 10_000
	maxDepth   = 400     // of XML
	maxText    = 8 << 20 // bytes of text in all
)

// Why a Word package is refused.
var (
	ErrNotWord  = errors.New("not a Word package")
	ErrBroken   = errors.New("broken package")
	ErrTooLarge = errors.New("package unfolds to too much")
	ErrUnsafe   = errors.New("package with a document type or entities")
)

// Word reads the text of a .docx: its paragraphs in order, cells of tables and notes as such.
// Numbers that Word makes by itself are no text and are not read; deleted text and fallbacks are left
// out.
func Word(name string, data []byte) (*Manuscript, error) {
	if len(data) > MaxPackage {
		return nil, ErrTooLarge
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotWord, err)
	}
	if len(archive.File) > maxEntries {
		return nil, ErrTooLarge
	}
	parts := map[string]*zip.File{}
	for _, f := range archive.File {
		if parts[f.Name] != nil {
			return nil, fmt.Errorf("%w: two parts %s", ErrBroken, f.Name)
		}
		parts[f.Name] = f
	}
	main, err := mainPart(parts)
	if err != nil {
		return nil, err
	}
	w := &wordReader{m: &Manuscript{Path: name}}
	if err := w.part(parts[main], ""); err != nil {
		return nil, err
	}
	for _, notes := range []string{"footnotes.xml", "endnotes.xml"} {
		if f := parts[path.Join(path.Dir(main), notes)]; f != nil {
			if err := w.part(f, Cell); err != nil {
				return nil, err
			}
		}
	}
	return w.m, nil
}

// mainPart finds the part that the package names as its document.
func mainPart(parts map[string]*zip.File) (string, error) {
	const usual, office = "word/document.xml", "/officeDocument"
	if f := parts["_rels/.rels"]; f != nil {
		var rels struct {
			Relationship []struct {
				Type   string `xml:"Type,attr"`
				Target string `xml:"Target,attr"`
			}
		}
		body, err := open(f)
		if err != nil {
			return "", err
		}
		defer body.Close()
		err = newDecoder(io.LimitReader(body, 1<<20)).Decode(&rels)
		if err != nil {
			return "", fmt.Errorf("%w: %w", ErrBroken, err)
		}
		for _, r := range rels.Relationship {
			if target := strings.TrimPrefix(path.Clean("/"+r.Target), "/"); strings.HasSuffix(r.Type, office) && parts[target] != nil {
				return target, nil
			}
		}
	}
	if parts[usual] != nil {
		return usual, nil
	}
	return "", ErrNotWord
}

// open opens a part that does not say itself that it is too large.
func open(f *zip.File) (io.ReadCloser, error) {
	if f.UncompressedSize64 > maxPart {
		return nil, fmt.Errorf("%w: %s", ErrTooLarge, f.Name)
	}
	body, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrBroken, f.Name, err)
	}
	return body, nil
}

func newDecoder(r io.Reader) *xml.Decoder {
	d := xml.NewDecoder(r)
	d.CharsetReader = func(charset string, _ io.Reader) (io.Reader, error) {
		return nil, fmt.Errorf("charset %s", charset)
	}
	return d
}

// wordReader collects paragraphs.
type wordReader struct {
	m     *Manuscript
	kind  string
	depth int
	size  int
	cells int               // tables around
	skip  int               // elements around whose text is none
	text  int               // w:t around
	open  []strings.Builder // paragraphs around: a text box stands inside one
}

// part reads one part of the package.
func (w *wordReader) part(f *zip.File, kind string) error {
	body, err := open(f)
	if err != nil {
		return err
	}
	defer body.Close()
	*w = wordReader{m: w.m, kind: kind, size: w.size}
	limited := &io.LimitedReader{R: body, N: maxPart + 1}
	d := newDecoder(limited)
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			if w.depth != 0 {
				return fmt.Errorf("%w: %s ends inside an element", ErrBroken, f.Name)
			}
			return nil
		}
		if limited.N <= 0 {
			return fmt.Errorf("%w: %s", ErrTooLarge, f.Name)
		}
		if err != nil {
			return fmt.Errorf("%w: %s: %w", ErrBroken, f.Name, err)
		}
		if err := w.token(token); err != nil {
			return fmt.Errorf("%w: %s", err, f.Name)
		}
	}
}

func (w *wordReader) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		if w.depth++; w.depth > maxDepth {
			return ErrTooLarge
		}
		w.start(t.Name.Local)
	case xml.EndElement:
		if w.depth--; w.depth < 0 {
			return ErrBroken
		}
		w.end(t.Name.Local)
	case xml.CharData:
		if w.text > 0 && w.skip == 0 && len(w.open) > 0 {
			if w.size += len(t); w.size > maxText {
				return ErrTooLarge
			}
			w.open[len(w.open)-1].Write(t)
		}
	case xml.Directive:
		return ErrUnsafe
	}
	return nil
}

// skipped are elements whose text is another's, or was taken away.
func skipped(name string) bool {
	return name == "Fallback" || name == "del" || name == "moveFrom" || name == "instrText"
}

func (w *wordReader) start(name string) {
	switch {
	case skipped(name):
		w.skip++
	case name == "p":
		w.open = append(w.open, strings.Builder{})
	case name == "tc":
		w.cells++
	case name == "t":
		w.text++
	case len(w.open) > 0 && w.skip == 0:
		b := &w.open[len(w.open)-1]
		switch name {
		case "noBreakHyphen":
			b.WriteByte('-')
		case "ptab":
			b.WriteByte('\t')
		}
	}
}

func (w *wordReader) end(name string) {
	switch {
	case skipped(name):
		w.skip--
	case name == "tc":
		w.cells--
	case name == "t":
		w.text--
	case name == "p" && len(w.open) > 0:
		last := len(w.open) - 1
		text := strings.TrimRight(w.open[last].String(), " \t　")
		w.open = w.open[:last]
		p := Paragraph{Text: text, Kind: w.kind, Line: len(w.m.Paragraphs) + 1}
		if w.cells > 0 {
			p.Kind = Cell
		}
		w.m.Paragraphs = append(w.m.Paragraphs, p)
	}
}
