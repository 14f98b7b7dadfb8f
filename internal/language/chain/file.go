package chain

import (
	"encoding/binary"
	"errors"
	"math/bits"
)

// Append writes a model behind some bytes: the number of labels, the bits of its rows, the
// transitions, then every row that is not empty with its distance from the one before.
func (m *Model) Append(b []byte) []byte {
	b = append(b, byte(m.Labels), byte(bits.TrailingZeros(uint(len(m.Rows)))))
	for _, w := range m.Move {
		b = binary.AppendVarint(b, int64(w))
	}
	n := 0
	for _, row := range m.Rows {
		if row != (Row{}) {
			n++
		}
	}
	b = binary.AppendUvarint(b, uint64(n))
	before := 0
	for i, row := range m.Rows {
		if row == (Row{}) {
			continue
		}
		b = binary.AppendUvarint(b, uint64(i-before))
		before = i
		b = m.appendRow(b, row)
	}
	return b
}

// appendRow writes which weights of a row are not nought, and those.
func (m *Model) appendRow(b []byte, row Row) []byte {
	at := len(b)
	b = append(b, 0)
	for y, w := range row[:m.Labels] {
		if w != 0 {
			b[at] |= 1 << y
			b = append(b, byte(w))
		}
	}
	return b
}

var errFile = errors.New("not a model of this version")

// Read gives the model that Append wrote, and what stands behind it.
func Read(b []byte) (*Model, []byte, error) {
	if len(b) < 2 || b[0] > Width || b[1] > 24 {
		return nil, nil, errFile
	}
	m := &Model{Labels: int(b[0]), Rows: make([]Row, 1<<b[1]), Move: make([]int16, Classes*Classes*Width*Width)}
	b = b[2:]
	for i := range m.Move {
		w, n := binary.Varint(b)
		if n <= 0 {
			return nil, nil, errFile
		}
		m.Move[i], b = int16(w), b[n:]
	}
	count, n := binary.Uvarint(b)
	if n <= 0 {
		return nil, nil, errFile
	}
	b = b[n:]
	at := 0
	for range count {
		step, n := binary.Uvarint(b)
		if n <= 0 || len(b) <= n || len(b) <= n+bits.OnesCount8(b[n]) || step >= uint64(len(m.Rows)-at) {
			return nil, nil, errFile
		}
		at += int(step)
		present := b[n]
		b = b[n+1:]
		for y := range m.Labels {
			if present>>y&1 != 0 {
				m.Rows[at][y], b = int8(b[0]), b[1:]
			}
		}
	}
	return m, b, nil
}
