package config

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"wenfang/internal/diag"
)

// Check is what a unit decided for the checking of drafts.
type Check struct {
	Terms   [][2]string // what is not written here, and what is, in the order of the file
	Names   []string    // of organisations, in full
	Phrases []string    // that are written in exactly this way
	Off     []Named     // rules that are not asked
	Length  int         // Han characters that a document for subordinates may have; 0 is the rule's own
}

// Named is a value with its place.
type Named struct {
	Value string
	Pos   diag.Pos
}

var checkKeys = []string{"terms", "names", "phrases", "off", "length"}

// check reads the section check:.
func (r *reader) check(section *yaml.Node) {
	if section.Kind != yaml.MappingNode {
		r.at(section, "config-type", diag.Args{"key": "check", "want": "key: value"})
		return
	}
	c := &r.config.Check
	for i := 0; i+1 < len(section.Content); i += 2 {
		key, value := section.Content[i], section.Content[i+1]
		switch key.Value {
		case "terms":
			r.terms(key, value)
		case "names":
			r.list(key, value, &c.Names)
		case "phrases":
			r.list(key, value, &c.Phrases)
		case "off":
			r.named(key, value, &c.Off)
		case "length":
			n, err := strconv.Atoi(value.Value)
			if err != nil || n <= 0 {
				r.at(value, "config-type", diag.Args{"key": "length", "want": "5000"})
				continue
			}
			c.Length = n
		default:
			r.at(key, "config-unknown-key", diag.Args{"key": key.Value, "near": diag.Nearest(key.Value, checkKeys)})
		}
	}
}

// terms reads a mapping of what is wrong here to what is right.
func (r *reader) terms(key, value *yaml.Node) {
	if value.Kind != yaml.MappingNode {
		r.at(value, "config-type", diag.Args{"key": key.Value, "want": "a: b"})
		return
	}
	for i := 0; i+1 < len(value.Content); i += 2 {
		wrong, right := value.Content[i], value.Content[i+1]
		if right.Kind != yaml.ScalarNode || strings.TrimSpace(wrong.Value) == "" {
			r.at(right, "config-type", diag.Args{"key": wrong.Value, "want": "text"})
			continue
		}
		r.config.Check.Terms = append(r.config.Check.Terms, [2]string{strings.TrimSpace(wrong.Value), strings.TrimSpace(right.Value)})
	}
}
