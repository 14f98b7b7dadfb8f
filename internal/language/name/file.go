package name

import (
	_ "embed"
	"sync"

	"readout/internal/language/chain"
)

// Model is what the layer was taught.
type Model struct {
	// Span finds names and times; Kind tells what a name is, with the rows of a chain and
	// none of its transitions.
	Span, Kind *chain.Model
	Classes    *Classes
}

// magic begins a file; its digit is the version of the features.
const magic = "NAM1"

// Append writes a model behind some bytes.
func (m *Model) Append(b []byte) []byte {
	return m.Classes.Append(m.Kind.Append(m.Span.Append(append(b, magic...))))
}

// Read gives the model that Append wrote.
func Read(b []byte) (*Model, error) {
	if len(b) < len(magic) || string(b[:len(magic)]) != magic {
		return nil, errFile
	}
	m := &Model{}
	var err error
	if m.Span, b, err = chain.Read(b[len(magic):]); err != nil {
		return nil, err
	}
	if m.Kind, b, err = chain.Read(b); err != nil {
		return nil, err
	}
	if m.Classes, b, err = readClasses(b); err != nil {
		return nil, err
	}
	if len(b) > 0 || m.Span.Labels != spanLabels || m.Kind.Labels != kinds {
		return nil, errFile
	}
	return m, nil
}

//go:embed names.model
var modelFile []byte

// model is made ready when it is first needed.
var model = sync.OnceValue(func() *Model {
	m, err := Read(modelFile)
	if err != nil {
		panic(err) // the file is a part of the program
	}
	return m
})
