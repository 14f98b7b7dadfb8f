// Package english lists the annotators that read English, in their order. A finder reads
// what those before it wrote; the order is nowhere else.
package english

import (
	"readout/internal/language"
	"readout/internal/language/name"
	"readout/internal/reading/casualty"
	"readout/internal/reading/condition"
	"readout/internal/reading/denial"
	"readout/internal/reading/mention"
	"readout/internal/reading/quotation"
	"readout/internal/reading/repeat"
	"readout/internal/reading/sanction"
	"readout/internal/reading/statement"
)

// Version names these finders. It is part of the subject of every annotation: change it
// with every change that makes the same text give other findings.
const Version = "trained-3"

// Pipeline gives the annotators in their order, with the table of actors of the program.
func Pipeline() language.Annotator { return Reader{}.Pipeline() }

// Reader reads English with a table of actors. The zero Reader has that of the program.
type Reader struct{ actors *mention.Table }

// Open makes a Reader that adds a file to the table of actors, or puts it in its place;
// an empty name stands for no file.
func Open(actors string) (Reader, error) {
	if actors == "" {
		return Reader{}, nil
	}
	table, err := mention.Load(actors)
	return Reader{table}, err
}

// Version names the finders together with the table, since another table makes other
// findings of the same text.
func (r Reader) Version() string {
	if r.actors == nil {
		return Version
	}
	return Version + "-actors-" + r.actors.Version()
}

// Pipeline gives the annotators in their order.
func (r Reader) Pipeline() language.Annotator {
	return language.Pipeline{
		language.Paragraphs{},
		language.Words{},
		language.Sentences{},
		language.Syntax{},
		name.Annotator{},
		quotation.Annotator{},
		mention.Annotator{Actors: r.actors},
		statement.Annotator{},
		condition.Annotator{},
		denial.Annotator{},
		sanction.Annotator{},
		casualty.Annotator{},
		repeat.Annotator{},
	}
}
