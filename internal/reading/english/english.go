// Package english lists the annotators that read English, in their order. A finder reads
// what those before it wrote; the order is nowhere else.
package english

import (
	"readout/internal/language"
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
const Version = "first-3"

// Pipeline gives the annotators in their order.
func Pipeline() language.Annotator {
	return language.Pipeline{
		language.Paragraphs{},
		language.Words{},
		language.Sentences{},
		language.Syntax{},
		quotation.Annotator{},
		mention.Annotator{},
		statement.Annotator{},
		condition.Annotator{},
		denial.Annotator{},
		sanction.Annotator{},
		casualty.Annotator{},
		repeat.Annotator{},
	}
}
