package render

import (
	"html/template"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"

	"wenfang/internal/document"
)

// HighlightVersion changes whenever the HTML made from equal code changes; it is part of the
// key of any cache that outlives the program.
const HighlightVersion = "1 chroma 2.27.0 regexp2 2.13.0"

// Cache keeps highlighted code. Implementations are safe for concurrent use. Losing entries
// is always harmless.
type Cache interface {
	Get(lang, text string) (html string, ok bool)
	Put(lang, text, html string)
}

// Highlighter turns code into HTML with the short classes of chroma. It looks every language
// up once (chroma takes milliseconds to find that it does not know one) and is safe for
// concurrent use.
type Highlighter struct {
	cache  Cache
	mu     sync.Mutex
	lexers map[string]chroma.Lexer
}

// NewHighlighter returns a Highlighter that remembers its work in cache.
func NewHighlighter(cache Cache) *Highlighter {
	return &Highlighter{cache: cache, lexers: map[string]chroma.Lexer{}}
}

// Lines returns the HTML of each line of a block.
func (h *Highlighter) Lines(code *document.Code) []string {
	lang, text := code.Lang, strings.TrimSuffix(code.Text, "\n")
	lexer := h.lexer(lang)
	if lexer == nil || !code.Highlightable() {
		return strings.Split(template.HTMLEscapeString(text), "\n")
	}
	lexed, ok := h.cache.Get(lang, text)
	if !ok {
		lexed = tokenise(lexer, text)
		h.cache.Put(lang, text, lexed)
	}
	return strings.Split(lexed, "\n")
}

func (h *Highlighter) lexer(lang string) chroma.Lexer {
	if lang == "" || lang == "text" || lang == "txt" || lang == "plain" || len(lang) > 40 {
		return nil
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	lexer, known := h.lexers[lang]
	if !known {
		if found := lexers.Get(lang); found != nil {
			lexer = chroma.Coalesce(found)
		}
		h.lexers[lang] = lexer
	}
	return lexer
}

// slow is how long one token may take, and attempts how often a block is tried again that had
// a slower one. Chroma gives up a match after 250 ms without saying so, and what it then
// returns depends on how busy the machine is. A block that is slow by itself is slow every
// time, and shown plain; one that only had to wait for the processor is not.
const (
	slow     = 200 * time.Millisecond
	attempts = 6
)

// tokenise returns text as lines of HTML; plain where the lexer fails or is too slow.
func tokenise(lexer chroma.Lexer, text string) string {
	for range attempts {
		if lexed, ok := tokeniseOnce(lexer, text); ok {
			return lexed
		}
	}
	return template.HTMLEscapeString(text)
}

// tokeniseOnce reports false when a token took so long that the lexer may have given up.
func tokeniseOnce(lexer chroma.Lexer, text string) (string, bool) {
	tokens, err := lexer.Tokenise(nil, text+"\n")
	if err != nil {
		return template.HTMLEscapeString(text), true
	}
	var b strings.Builder
	b.Grow(3 * len(text))
	last := time.Now()
	length := 0
	for token := tokens(); token != chroma.EOF; token = tokens() {
		now := time.Now()
		if now.Sub(last) > slow {
			return "", false
		}
		last = now
		length += len(token.Value)
		writeToken(&b, token)
	}
	if length < len(text) || !utf8.ValidString(b.String()) {
		return template.HTMLEscapeString(text), true // nothing of the text may be lost
	}
	return strings.TrimRight(b.String(), "\n"), true
}

// writeToken writes one token; spans never reach over the end of a line.
func writeToken(b *strings.Builder, token chroma.Token) {
	class := tokenClass(token.Type)
	for line := range strings.Lines(token.Value) {
		text := strings.TrimSuffix(line, "\n")
		if class == "" || strings.TrimSpace(text) == "" {
			b.WriteString(template.HTMLEscapeString(text))
		} else {
			b.WriteString(`<span class="` + class + `">` + template.HTMLEscapeString(text) + `</span>`)
		}
		if len(line) > len(text) {
			b.WriteByte('\n')
		}
	}
}

// tokenClass is the class of the nearest kind of token that has one.
func tokenClass(t chroma.TokenType) string {
	for {
		if class, ok := chroma.StandardTypes[t]; ok {
			return class
		}
		parent := t.Parent()
		if parent == t || parent == 0 {
			return ""
		}
		t = parent
	}
}

// writeCode writes a block of code with its title, line marks and numbers.
func (r *Renderer) writeCode(b *strings.Builder, code *document.Code) {
	b.WriteString(`<div class="code">`)
	if code.Title != "" {
		b.WriteString(`<div class="code-title">` + template.HTMLEscapeString(code.Title) + `</div>`)
	}
	b.WriteString(`<pre class="chroma" tabindex="0"><code`)
	if code.Lang != "" {
		b.WriteString(` class="language-` + template.HTMLEscapeString(code.Lang) + `"`)
	}
	b.WriteByte('>')
	lines := r.highlight.Lines(code)
	if len(code.Marks) == 0 && !code.Numbers {
		for _, line := range lines {
			b.WriteString(line)
			b.WriteByte('\n')
		}
	} else {
		writeLines(b, code, lines)
	}
	b.WriteString("</code></pre></div>")
}

func writeLines(b *strings.Builder, code *document.Code, lines []string) {
	marked := make(map[int]bool, len(code.Marks))
	for _, n := range code.Marks {
		marked[n] = true
	}
	start := max(1, code.Start)
	for i, line := range lines {
		class := "line"
		if marked[i+1] {
			class = "line hl"
		}
		b.WriteString(`<span class="` + class + `">`)
		if code.Numbers {
			b.WriteString(`<span class="ln" data-n="` + strconv.Itoa(start+i) + `"></span>`)
		}
		b.WriteString(line)
		b.WriteString("\n</span>")
	}
}
