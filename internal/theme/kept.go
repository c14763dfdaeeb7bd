package theme

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
)

// sources identifies the files that bundles are made of.
type sources struct{ hash hash.Hash }

func newSources() sources { return sources{sha256.New()} }

func (s sources) add(name string, files overlay) {
	data, _ := files.read(name)
	fmt.Fprintf(s.hash, "%q %d ", name, len(data))
	s.hash.Write(data)
}

func (s sources) text() string { return hex.EncodeToString(s.hash.Sum(nil)) }

// takeBundles adds the bundles that were kept for sources and reports whether there were any.
func (t *Theme) takeBundles(kept Cache, sources string) bool {
	text, ok := kept.Get(BundleVersion, sources)
	if !ok {
		return false
	}
	var bundles map[string]string
	if json.Unmarshal([]byte(text), &bundles) != nil {
		return false
	}
	for name, data := range bundles {
		t.addBundle(name, []byte(data))
	}
	return true
}

// keepBundles keeps bundles, which are text.
func keepBundles(kept Cache, sources string, bundles map[string][]byte) {
	texts := make(map[string]string, len(bundles))
	for name, data := range bundles {
		texts[name] = string(data)
	}
	data, err := json.Marshal(texts)
	if err != nil {
		panic(err) // a map of strings
	}
	kept.Put(BundleVersion, sources, string(data))
}
