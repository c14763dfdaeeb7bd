package output

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
)

// contentKey is a hash of everything that the bytes of a file follow from. The zero key is
// none.
type contentKey [32]byte

// kept is what a build knows of a file that it published: what it was made from, and how it
// then lay there. A build that would make it from the same again, and finds it as it lay, does
// not render it, and does not even read it.
type kept struct {
	key  contentKey
	hash string
	look look
}

// look is what a folder tells of a file without reading it.
type look struct{ size, changed int64 }

func lookOf(info fs.FileInfo) look { return look{info.Size(), info.ModTime().UnixNano()} }

// keptName is the file in the work folder that lists the kept files of the last build.
const keptName = "published"

// readKept returns what the last build by the same program published. Without a whole list, or
// without a name of the program, nothing was kept: everything is rendered.
func readKept(work, program string) map[string]kept {
	if program == "" {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(work, keptName))
	header := keptHeader(program)
	if err != nil || len(data) < len(header)+crc32.Size || !bytes.HasPrefix(data, header) {
		return nil
	}
	body := data[len(header) : len(data)-crc32.Size]
	if crc32.ChecksumIEEE(body) != binary.LittleEndian.Uint32(data[len(data)-crc32.Size:]) {
		return nil
	}
	files := map[string]kept{}
	for len(body) > 0 {
		var k kept
		path, rest, ok := cutBytes(body)
		if !ok || len(rest) < len(k.key)+hashBytes+16 {
			return nil
		}
		rest = rest[copy(k.key[:], rest):]
		k.hash, rest = hex.EncodeToString(rest[:hashBytes]), rest[hashBytes:]
		k.look = look{int64(binary.LittleEndian.Uint64(rest)), int64(binary.LittleEndian.Uint64(rest[8:]))}
		files[string(path)], body = k, rest[16:]
	}
	return files
}

func cutBytes(data []byte) (part, rest []byte, ok bool) {
	n, size := binary.Uvarint(data)
	if size <= 0 || n > uint64(len(data)-size) {
		return nil, nil, false
	}
	return data[size : size+int(n)], data[size+int(n):], true
}

func keptHeader(program string) []byte { return []byte("wenfang published 1 " + program + "\n") }

// writeKept lists the files of a build for the next one. A list that cannot be written is none.
func writeKept(work, stageDir, program string, files []staged) {
	if program == "" {
		return
	}
	data := keptHeader(program)
	start := len(data)
	for _, f := range files {
		hash, err := hex.DecodeString(f.hash)
		if f.failed || f.kept == (contentKey{}) || err != nil || len(hash) != hashBytes {
			continue
		}
		data = binary.AppendUvarint(data, uint64(len(f.Path)))
		data = append(data, f.Path...)
		data = append(data, f.kept[:]...)
		data = append(data, hash...)
		data = binary.LittleEndian.AppendUint64(data, uint64(f.look.size))
		data = binary.LittleEndian.AppendUint64(data, uint64(f.look.changed))
	}
	data = binary.LittleEndian.AppendUint32(data, crc32.ChecksumIEEE(data[start:]))
	temp := filepath.Join(stageDir, keptName)
	if os.WriteFile(temp, data, 0o644) != nil || replace(temp, filepath.Join(work, keptName)) != nil {
		os.Remove(filepath.Join(work, keptName))
	}
}
