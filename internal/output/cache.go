package output

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"sync"

	"wenfang/internal/render"
)

// MemoryCache keeps highlighted code for as long as the program runs. serve uses it.
type MemoryCache struct {
	mu    sync.Mutex
	codes map[cacheKey]string
	size  int
}

// maxMemoryCache is how many bytes a MemoryCache holds before it starts again.
const maxMemoryCache = 64 << 20

// NewMemoryCache returns an empty MemoryCache.
func NewMemoryCache() *MemoryCache { return &MemoryCache{codes: map[cacheKey]string{}} }

// Get implements render.Cache.
func (c *MemoryCache) Get(lang, text string) (string, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	html, ok := c.codes[keyOf(lang, text)]
	return html, ok
}

// Put implements render.Cache.
func (c *MemoryCache) Put(lang, text, html string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.size += len(html); c.size > maxMemoryCache {
		clear(c.codes)
		c.size = len(html)
	}
	c.codes[keyOf(lang, text)] = html
}

type cacheKey [16]byte

func keyOf(lang, text string) cacheKey {
	h := sha256.New()
	io.WriteString(h, lang)
	io.WriteString(h, "\x00")
	io.WriteString(h, text)
	return cacheKey(h.Sum(nil)[:16])
}

// DiskCache keeps highlighted code and bundled assets between builds in one file beside the
// output. Only the keys are in memory. The file is a header line and records:
//
//	key 16 bytes · length uint32 · CRC-32 uint32 · what was made
//
// A file of another version, a damaged record and a missing file are all the same: what has to
// be made again.
type DiskCache struct {
	name string

	mu      sync.Mutex
	spans   map[cacheKey]span
	old     *os.File // what earlier builds left; nil when there was nothing
	end     int64    // of the whole records of old
	added   *os.File // what this build made
	pending *bufio.Writer
	size    int64 // of added, pending included
	flushed int64
	failed  bool // the disk refused: remember nothing more
}

// span is where what was made for a key lies.
type span struct {
	offset int64
	length uint32
	sum    uint32
	added  bool
	used   bool
}

const recordHead = 16 + 4 + 4

func cacheHeader() string { return "wenfang highlight " + render.HighlightVersion + "\n" }

// OpenDiskCache opens the cache of an output folder. It never fails: without a usable file it
// starts empty.
func OpenDiskCache(outputDir string) *DiskCache {
	work := filepath.Join(filepath.Dir(filepath.Clean(outputDir)), WorkFolder)
	c := &DiskCache{name: filepath.Join(work, "highlight"), spans: map[cacheKey]span{}}
	f, err := os.Open(c.name)
	if err != nil {
		return c
	}
	c.old = f
	c.readSpans(bufio.NewReaderSize(f, 1<<20))
	return c
}

// readSpans lists the records of the old file up to the first that is not whole.
func (c *DiskCache) readSpans(r *bufio.Reader) {
	header := cacheHeader()
	first := make([]byte, len(header))
	if _, err := io.ReadFull(r, first); err != nil || string(first) != header {
		return
	}
	offset := int64(len(header))
	defer func() { c.end = offset }()
	var head [recordHead]byte
	for {
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return
		}
		s := span{offset: offset + recordHead, length: binary.LittleEndian.Uint32(head[16:]), sum: binary.LittleEndian.Uint32(head[20:])}
		if n, err := r.Discard(int(s.length)); err != nil || n != int(s.length) {
			return
		}
		c.spans[cacheKey(head[:16])] = s
		offset = s.offset + int64(s.length)
	}
}

// Get implements render.Cache and theme.Cache.
func (c *DiskCache) Get(kind, text string) (string, bool) {
	key := keyOf(kind, text)
	c.mu.Lock()
	s, ok := c.spans[key]
	if !ok {
		c.mu.Unlock()
		return "", false
	}
	if s.added && s.offset+int64(s.length) > c.flushed {
		c.flush()
	}
	s.used = true
	c.spans[key] = s
	file := c.old
	if s.added {
		file = c.added
	}
	c.mu.Unlock()
	made, ok := readSpan(file, s)
	return string(made), ok
}

func readSpan(file *os.File, s span) ([]byte, bool) {
	data := make([]byte, s.length)
	if _, err := file.ReadAt(data, s.offset); err != nil || crc32.ChecksumIEEE(data) != s.sum {
		return nil, false
	}
	return data, true
}

// Put implements render.Cache and theme.Cache. Nothing is written before a good deal has come
// together or the build ends: a build that is refused leaves no trace.
func (c *DiskCache) Put(kind, text, made string) {
	key := keyOf(kind, text)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.failed {
		return
	}
	if c.pending == nil {
		c.pending = bufio.NewWriterSize(additions{c}, 1<<20)
		c.pending.WriteString(cacheHeader())
		c.size = int64(len(cacheHeader()))
	}
	s := span{offset: c.size + recordHead, length: uint32(len(made)), sum: crc32.ChecksumIEEE([]byte(made)), added: true, used: true}
	writeHead(c.pending, key, s)
	c.pending.WriteString(made)
	c.size = s.offset + int64(s.length)
	c.spans[key] = s
}

func writeHead(w io.Writer, key cacheKey, s span) {
	var head [recordHead]byte
	copy(head[:], key[:])
	binary.LittleEndian.PutUint32(head[16:], s.length)
	binary.LittleEndian.PutUint32(head[20:], s.sum)
	w.Write(head[:])
}

// additions is the file of what this build made, created when it is first written to.
type additions struct{ *DiskCache }

func (a additions) Write(p []byte) (int, error) {
	if a.added == nil {
		err := os.MkdirAll(filepath.Dir(a.name), 0o755)
		if err == nil {
			a.added, err = os.CreateTemp(filepath.Dir(a.name), "highlight-*.tmp")
		}
		if err != nil {
			a.failed = true
			return 0, err
		}
	}
	return a.added.Write(p)
}

func (c *DiskCache) flush() {
	if c.pending.Flush() != nil {
		c.failed = true
	}
	c.flushed = c.size
}

// Drop ends a build that published nothing, and keeps nothing of it.
func (c *DiskCache) Drop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.old != nil {
		c.old.Close()
	}
	if c.added != nil {
		c.added.Close()
		os.Remove(c.added.Name())
	}
}

// Close ends the build and keeps its additions for the next one. After a build that rendered
// everything, what it did not use is dropped, so that the file does not outgrow the site. An
// error leaves the old file.
func (c *DiskCache) Close(everything bool) error {
	defer c.Drop()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pending == nil || c.failed {
		return nil
	}
	// The records of the old file go behind the new ones, and the whole takes its place.
	var err error
	if everything {
		err = c.copyUsed()
	} else if c.end > 0 {
		_, err = io.Copy(c.pending, io.NewSectionReader(c.old, int64(len(cacheHeader())), c.end-int64(len(cacheHeader()))))
	}
	if err == nil {
		err = c.pending.Flush()
	}
	if err == nil {
		err = c.exchange()
	}
	if err != nil {
		return fmt.Errorf("keep highlighted code: %w", err)
	}
	return nil
}

// exchange puts the new file in the place of the old one, both closed: Windows renames no open
// file.
func (c *DiskCache) exchange() error {
	err := c.added.Close()
	if c.old != nil {
		c.old.Close()
	}
	if err != nil {
		return err
	}
	return replace(c.added.Name(), c.name)
}

// copyUsed copies the old records that this build used.
func (c *DiskCache) copyUsed() error {
	for key, s := range c.spans {
		if s.added || !s.used {
			continue
		}
		if data, ok := readSpan(c.old, s); ok {
			writeHead(c.pending, key, s)
			if _, err := c.pending.Write(data); err != nil {
				return err
			}
		}
	}
	return nil
}
