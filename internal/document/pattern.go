package document

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
)

// badPattern says why a pattern must not run in a browser, whose engine backtracks: it does
// not compile, a repeated group repeats inside, or some text can be matched in so many ways
// that trying them all takes time without end.
func badPattern(pattern string) string {
	if _, err := regexp.Compile(pattern); err != nil {
		return err.Error()
	}
	tree, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return err.Error()
	}
	if repeatsInside(tree, false) {
		return pattern
	}
	tree, err = syntax.Parse(apart(pattern), syntax.Perl)
	if err != nil {
		return pattern
	}
	if prog, err := syntax.Compile(tree.Simplify()); err != nil || explosive(prog) {
		return pattern
	}
	return ""
}

// apart puts an empty group before every alternative, so that Go's parser keeps alternatives
// apart that it would join and a browser tries one after the other: (a|a)+.
func apart(pattern string) string {
	var b strings.Builder
	b.WriteString("()")
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case c == '\\' && i+1 < len(pattern):
			b.WriteString(pattern[i : i+2])
			i++
		case c == '[':
			end := classEnd(pattern, i)
			b.WriteString(pattern[i:end])
			i = end - 1
		case c == '(' && strings.HasPrefix(pattern[i:], "(?:"):
			b.WriteString("(?:()")
			i += 2
		case c == '(' && strings.HasPrefix(pattern[i:], "(?"):
			b.WriteByte(c)
		case c == '(' || c == '|':
			b.WriteByte(c)
			b.WriteString("()")
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// classEnd returns where the class of characters that begins at start ends.
func classEnd(pattern string, start int) int {
	i := start + 1
	if strings.HasPrefix(pattern[i:], "^") {
		i++
	}
	if strings.HasPrefix(pattern[i:], "]") {
		i++
	}
	for ; i < len(pattern); i++ {
		switch {
		case pattern[i] == '\\':
			i++
		case strings.HasPrefix(pattern[i:], "[:"):
			if end := strings.Index(pattern[i:], ":]"); end > 0 {
				i += end + 1
			}
		case pattern[i] == ']':
			return i + 1
		}
	}
	return len(pattern)
}

func repeatsInside(re *syntax.Regexp, repeated bool) bool {
	repeats := re.Op == syntax.OpStar || re.Op == syntax.OpPlus || re.Op == syntax.OpRepeat && re.Max != 1
	if repeats && repeated {
		return true
	}
	return slices.ContainsFunc(re.Sub, func(sub *syntax.Regexp) bool { return repeatsInside(sub, repeated || repeats) })
}

// maxStates is how many characters a pattern may name: what follows costs their square.
const maxStates = 160

// automaton is a pattern as states that each take a character; next lists those that may
// follow, one as often as there are ways to it.
type automaton struct {
	ranges [][]rune
	next   [][]int
}

// explosive reports whether a pattern is exponentially ambiguous: from some state two ways lead
// back to it on one text (Weber and Seidl, On the degree of ambiguity of finite automata, 1991).
func explosive(prog *syntax.Prog) bool {
	a, ok := automatonOf(prog)
	if !ok {
		return true
	}
	n := len(a.next)
	pairs := components(n*n, func(v int) []int {
		var out []int
		for _, p := range a.next[v/n] {
			for _, q := range a.next[v%n] {
				if overlap(a.ranges[p], a.ranges[q]) {
					out = append(out, p*n+q)
				}
			}
		}
		return out
	})
	single := components(n, func(v int) []int { return a.next[v] })
	for i := range n {
		for _, j := range a.next[i] {
			again := slices.Index(a.next[i], j) != lastIndex(a.next[i], j)
			if again && single[i] == single[j] {
				return true
			}
		}
		for j := range n {
			for q := range n {
				if i != j && pairs[i*n+j] == pairs[q*n+q] {
					return true
				}
			}
		}
	}
	return false
}

func lastIndex(list []int, v int) int {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i] == v {
			return i
		}
	}
	return -1
}

func automatonOf(prog *syntax.Prog) (*automaton, bool) {
	a := &automaton{}
	state := map[uint32]int{}
	var takes []uint32
	for i := range prog.Inst {
		if r := runesOf(&prog.Inst[i]); r != nil {
			state[uint32(i)] = len(takes)
			takes = append(takes, uint32(i))
			a.ranges = append(a.ranges, r)
		}
	}
	if len(takes) > maxStates {
		return nil, false
	}
	for _, pc := range takes {
		var next []int
		follow(prog, prog.Inst[pc].Out, state, map[uint32]int{}, &next)
		a.next = append(a.next, next)
	}
	return a, true
}

// follow collects the states that can be reached from pc without a character. An instruction is
// entered at most twice: two ways are as many as matter.
func follow(prog *syntax.Prog, pc uint32, state map[uint32]int, seen map[uint32]int, next *[]int) {
	if seen[pc]++; seen[pc] > 2 {
		return
	}
	if s, ok := state[pc]; ok {
		*next = append(*next, s)
		return
	}
	switch inst := &prog.Inst[pc]; inst.Op {
	case syntax.InstAlt, syntax.InstAltMatch:
		follow(prog, inst.Out, state, seen, next)
		follow(prog, inst.Arg, state, seen, next)
	case syntax.InstCapture, syntax.InstEmptyWidth, syntax.InstNop:
		follow(prog, inst.Out, state, seen, next)
	}
}

// runesOf returns the characters that an instruction takes as pairs, nil if it takes none.
func runesOf(inst *syntax.Inst) []rune {
	switch inst.Op {
	case syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
		return []rune{0, 0x10FFFF}
	case syntax.InstRune1:
		return []rune{inst.Rune[0], inst.Rune[0]}
	case syntax.InstRune:
		if len(inst.Rune) == 1 { // with its other case, which is near enough the whole
			return []rune{0, 0x10FFFF}
		}
		return inst.Rune
	}
	return nil
}

func overlap(a, b []rune) bool {
	for i := 0; i+1 < len(a); i += 2 {
		for j := 0; j+1 < len(b); j += 2 {
			if a[i] <= b[j+1] && b[j] <= a[i+1] {
				return true
			}
		}
	}
	return false
}

// components numbers the strongly connected components of a graph (Tarjan).
func components(n int, next func(int) []int) []int {
	t := &tarjan{next: next, index: make([]int, n), low: make([]int, n), component: make([]int, n)}
	for v := range n {
		if t.index[v] == 0 {
			t.visit(v)
		}
	}
	return t.component
}

type tarjan struct {
	next                  func(int) []int
	index, low, component []int
	stack                 []int
	count, found          int
}

func (t *tarjan) visit(v int) {
	t.count++
	t.index[v], t.low[v] = t.count, t.count
	t.stack = append(t.stack, v)
	for _, w := range t.next(v) {
		if t.index[w] == 0 {
			t.visit(w)
			t.low[v] = min(t.low[v], t.low[w])
		} else if t.component[w] == 0 {
			t.low[v] = min(t.low[v], t.index[w])
		}
	}
	if t.low[v] != t.index[v] {
		return
	}
	t.found++
	for {
		w := t.stack[len(t.stack)-1]
		t.stack = t.stack[:len(t.stack)-1]
		t.component[w] = t.found
		if w == v {
			return
		}
	}
}
