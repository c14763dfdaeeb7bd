package output

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash/crc32"
	"os"
	"path/filepath"
	"sync"
)

// SegmentCache keeps the segments of the search index from one index to the next, so that an
// edit indexes only the pages around it. Implementations are safe for concurrent use. Losing
// segments is always harmless.
type SegmentCache interface {
	Get(key [32]byte) (data []byte, ok bool)
	Put(key [32]byte, data []byte)
	// Indexed says that an index is whole: what it did not use may go.
	Indexed()
}

// MemorySegments keeps segments for as long as the program runs.
type MemorySegments struct {
	mu   sync.Mutex
	all  map[[32]byte][]byte
	used map[[32]byte][]byte
}

// NewMemorySegments returns an empty MemorySegments.
func NewMemorySegments() *MemorySegments { return &MemorySegments{used: map[[32]byte][]byte{}} }

// Get implements SegmentCache.
func (m *MemorySegments) Get(key [32]byte) ([]byte, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	data, ok := m.all[key]
	if ok {
		m.used[key] = data
	}
	return data, ok
}

// Put implements SegmentCache.
func (m *MemorySegments) Put(key [32]byte, data []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.used[key] = data
}

// Indexed implements SegmentCache.
func (m *MemorySegments) Indexed() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.all, m.used = m.used, map[[32]byte][]byte{}
}

// DiskSegments keeps segments between builds, each in a file of the work folder: its bytes and
// their CRC-32. A damaged file and a missing one are the same.
type DiskSegments struct {
	dir     string
	program string

	mu   sync.Mutex
	used map[string]bool
}

// OpenSegments opens the segments of an output folder. Those of another program are not found.
func OpenSegments(outputDir, program string) *DiskSegments {
	work := filepath.Join(filepath.Dir(filepath.Clean(outputDir)), WorkFolder)
	return &DiskSegments{dir: filepath.Join(work, "segments"), program: program, used: map[string]bool{}}
}

// file returns the name of the file of a key, and notes that it is used.
func (d *DiskSegments) file(key [32]byte) string {
	sum := sha256.Sum256(append([]byte(d.program), key[:]...))
	name := hex.EncodeToString(sum[:16])
	d.mu.Lock()
	defer d.mu.Unlock()
	d.used[name] = true
	return filepath.Join(d.dir, name)
}

// Get implements SegmentCache.
func (d *DiskSegments) Get(key [32]byte) ([]byte, bool) {
	data, err := os.ReadFile(d.file(key))
	if err != nil || len(data) < crc32.Size {
		return nil, false
	}
	data, sum := data[:len(data)-crc32.Size], data[len(data)-crc32.Size:]
	return data, crc32.ChecksumIEEE(data) == binary.LittleEndian.Uint32(sum)
}

// Put implements SegmentCache. A disk that refuses keeps nothing.
func (d *DiskSegments) Put(key [32]byte, data []byte) {
	name := d.file(key)
	if os.MkdirAll(d.dir, 0o755) != nil {
		return
	}
	f, err := os.CreateTemp(d.dir, "new-*")
	if err != nil {
		return
	}
	defer os.Remove(f.Name()) // in vain once it is in its place
	_, err = f.Write(data)
	if err == nil {
		_, err = f.Write(binary.LittleEndian.AppendUint32(nil, crc32.ChecksumIEEE(data)))
	}
	if closed := f.Close(); err == nil && closed == nil {
		_ = os.Rename(f.Name(), name)
	}
}

// Indexed implements SegmentCache.
func (d *DiskSegments) Indexed() {
	d.mu.Lock()
	defer d.mu.Unlock()
	entries, _ := os.ReadDir(d.dir) // a folder that is not there holds nothing to remove
	for _, e := range entries {
		if !d.used[e.Name()] {
			os.Remove(filepath.Join(d.dir, e.Name()))
		}
	}
}
