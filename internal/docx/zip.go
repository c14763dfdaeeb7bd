package docx

import (
	"encoding/binary"
	"hash/crc32"
)

// Part is one file of a package.
type Part struct {
	Name string
	Data string
}

// Zip signatures and fields (APPNOTE.TXT 4.3). Every entry is stored, not deflated, and dated
// 1 January 1980: the same parts are the same bytes wherever they are put together, also in
// browsers, which learned to deflate late.
const (
	zipLocal   = 0x04034b50
	zipCentral = 0x02014b50
	zipEnd     = 0x06054b50
	zipVersion = 20
	zipUTF8    = 1 << 11
	zipDate    = 1<<5 | 1 // day 1, month 1, year 1980
)

// Zip returns the parts as a zip file.
func Zip(parts []Part) []byte {
	var out, central []byte
	le := binary.LittleEndian
	for _, p := range parts {
		entry := le.AppendUint16(nil, zipVersion)
		entry = le.AppendUint16(entry, zipUTF8)
		entry = le.AppendUint16(entry, 0) // stored
		entry = le.AppendUint16(entry, 0) // time
		entry = le.AppendUint16(entry, zipDate)
		entry = le.AppendUint32(entry, crc32.ChecksumIEEE([]byte(p.Data)))
		entry = le.AppendUint32(entry, uint32(len(p.Data)))
		entry = le.AppendUint32(entry, uint32(len(p.Data)))
		entry = le.AppendUint16(entry, uint16(len(p.Name)))
		entry = le.AppendUint16(entry, 0) // no extra field

		central = le.AppendUint32(central, zipCentral)
		central = le.AppendUint16(central, zipVersion)
		central = append(central, entry...)
		central = append(central, make([]byte, 10)...) // comment, disk, attributes
		central = le.AppendUint32(central, uint32(len(out)))
		central = append(central, p.Name...)

		out = le.AppendUint32(out, zipLocal)
		out = append(out, entry...)
		out = append(out, p.Name...)
		out = append(out, p.Data...)
	}
	start := len(out)
	out = append(out, central...)
	out = le.AppendUint32(out, zipEnd)
	out = le.AppendUint32(out, 0) // disks
	out = le.AppendUint16(out, uint16(len(parts)))
	out = le.AppendUint16(out, uint16(len(parts)))
	out = le.AppendUint32(out, uint32(len(central)))
	out = le.AppendUint32(out, uint32(start))
	return le.AppendUint16(out, 0) // no comment
}
