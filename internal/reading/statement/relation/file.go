package relation

import (
	"encoding/binary"
	"errors"

	"readout/internal/language/chain"
)

// version changes with the form of the file and with the features.
const version = 1

// Append writes the models behind some bytes.
func (m *Models) Append(b []byte) []byte {
	b = append(b, 'R', 'E', 'L', version)
	b = m.Cue.Append(b)
	b = m.Role.Append(b)
	return m.Trees.append(b)
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
	var err error
	if m.Cue, b, err = chain.Read(b[4:]); err != nil {
		return nil, err
	}
	if m.Role, b, err = chain.Read(b); err != nil {
		return nil, err
	}
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
