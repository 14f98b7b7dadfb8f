package relation

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
)

// version changes with the form of the file and with the features.
const version = 2

// Append writes the models behind some bytes.
func (m *Models) Append(b []byte) []byte {
	b = append(b, 'R', 'E', 'L', version)
	b = m.Net.file.Append(b)
	return m.Trees.append(b)
}

// Append writes a network behind some bytes.
func (f *NetworkFile) Append(b []byte) []byte {
	var out bytes.Buffer
	if err := gob.NewEncoder(&out).Encode(f); err != nil {
		panic(err) // it holds nothing but numbers
	}
	b = binary.AppendUvarint(b, uint64(out.Len()))
	return append(b, out.Bytes()...)
}

// ReadNetwork gives the network that Append wrote.
func ReadNetwork(b []byte) (*NetworkFile, error) {
	f, _, err := readNetwork(b)
	return f, err
}

// readNetwork also gives what stands behind it.
func readNetwork(b []byte) (*NetworkFile, []byte, error) {
	size, n := binary.Uvarint(b)
	if n <= 0 || size > uint64(len(b)-n) {
		return nil, nil, errFile
	}
	b = b[n:]
	var f NetworkFile
	if err := gob.NewDecoder(bytes.NewReader(b[:size])).Decode(&f); err != nil {
		return nil, nil, fmt.Errorf("read network: %w", err)
	}
	return &f, b[size:], nil
}

func (t *Trees) append(b []byte) []byte {
	b = binary.AppendVarint(b, int64(t.Base))
	b = binary.AppendUvarint(b, uint64(len(t.Roots)))
	for _, r := range t.Roots {
		b = binary.AppendUvarint(b, uint64(r))
	}
	b = binary.AppendUvarint(b, uint64(len(t.Nodes)))
	for _, n := range t.Nodes {
		for _, x := range [...]int32{int32(n.Fact), n.Limit, n.Left, n.Right, n.Value} {
			b = binary.AppendVarint(b, int64(x))
		}
	}
	return b
}

var errFile = errors.New("not the models of this version")

// Read gives the models that Append wrote.
func Read(b []byte) (*Models, error) {
	if len(b) < 4 || string(b[:3]) != "REL" || b[3] != version {
		return nil, errFile
	}
	var m Models
	f, b, err := readNetwork(b[4:])
	if err != nil {
		return nil, err
	}
	m.Net = NewNetwork(f)
	m.Trees, err = readTrees(b)
	return &m, err
}

// numbers reads whole numbers from some bytes.
type numbers struct {
	b   []byte
	bad bool
}

func (n *numbers) next() int32 {
	x, size := binary.Varint(n.b)
	if size <= 0 {
		n.bad = true
		return 0
	}
	n.b = n.b[size:]
	return int32(x)
}

func (n *numbers) count() int {
	x, size := binary.Uvarint(n.b)
	if size <= 0 || x > 1<<24 {
		n.bad = true
		return 0
	}
	n.b = n.b[size:]
	return int(x)
}

func readTrees(b []byte) (*Trees, error) {
	in := &numbers{b: b}
	t := &Trees{Base: in.next()}
	for range in.count() {
		t.Roots = append(t.Roots, int32(in.count()))
	}
	for range in.count() {
		t.Nodes = append(t.Nodes, Node{int16(in.next()), in.next(), in.next(), in.next(), in.next()})
	}
	for _, n := range t.Nodes {
		if int(max(n.Left, n.Right)) >= len(t.Nodes) || int(n.Fact) >= int(factCount) {
			in.bad = true
		}
	}
	if in.bad {
		return nil, errFile
	}
	return t, nil
}
