// Package rank chooses whom a pronoun or the name of an office or a body takes up again,
// among all that were named before, or nobody.
//
// In "Varland's army met the rebels. It withdrew." the word "It" has three candidates:
// the army, the rebels, Varland. Each gets a sum of learnt weights, one a fact: how far
// back it stands, what it is in its sentence, number and gender, what it is followed by. A
// fourth sum is that of nobody, as in "It rained". The highest wins. The weights are whole
// numbers: the order in which they are added does not matter.
package rank

import (
	_ "embed"

	"readout/internal/language"
)

//go:embed words.txt
var wordFile string

var (
	words       = language.Lists(wordFile)
	saying      = words["saying"]
	determiners = words["determiners"]
)

// Class is what sort of word asks.
type Class uint8

// The classes of words that take up somebody again. Noun is "the ministry", "this man".
const (
	NoClass Class = iota
	He
	She
	It
	They
	Noun
)

// Sort is what a candidate is, as far as that is known.
type Sort uint8

// The sorts of candidates.
const (
	Unknown Sort = iota
	Person
	Body
	State
	Group
	// Place and Thing are what nouns that act for nobody stand for.
	Place
	Thing
)

// Candidate is somebody or something that was named before.
type Candidate struct {
	// Token is the head of the words that stood for it last, Sentence their sentence.
	Token, Sentence int
	// Entity tells candidates apart.
	Entity int
	Sort   Sort
	// Gender is 'm' or 'f', 0 where nothing tells.
	Gender byte
	// Named is true for one that has a name, Joint for several joined by "and".
	Named, Joint bool
	// Count is how often it was named so far.
	Count int
	// Back is how many sentences back that is; those that are a quotation from end to end
	// do not count.
	Back int
	// Subject is how often it was a subject, SpokeBack how long ago it was that of a verb
	// of saying, where Spoke is true.
	Subject, SpokeBack int
	Spoke              bool
	// Noun is the head of the first words that stood for it, when they were no name.
	Noun string
}

// classes of words.
var classes = map[string]Class{
	"he": He, "him": He, "his": He, "himself": He,
	"she": She, "her": She, "hers": She, "herself": She,
	"it": It, "its": It, "itself": It,
	"they": They, "them": They, "their": They, "theirs": They, "themselves": They,
}

// ClassOf gives the class of a token: that of a pronoun, or Noun for a noun that "the",
// "this" or the like makes known and that no name stands in.
func ClassOf(d *language.Document, token int) Class {
	t := &d.Tokens[token]
	if c := classes[t.Lower]; c != NoClass {
		return c
	}
	if t.UPOS != language.NOUN || !Nominal(t) {
		return NoClass
	}
	known := false
	for c := range d.Children(token) {
		x := &d.Tokens[c]
		switch {
		case x.UPOS == language.PROPN && c < token:
			return NoClass
		case x.Rel == language.RelDet:
			known = known || determiners[x.Lower]
		}
	}
	if known {
		return Noun
	}
	return NoClass
}

// Nominal says whether a token is the head of words that may stand for something.
func Nominal(t *language.Token) bool {
	switch t.Rel {
	case language.RelCompound, language.RelFlat, language.RelFixed, language.RelGoeswith, language.RelNmodDesc, language.RelCase, language.RelDet, language.RelMark, language.RelAdvmod, language.RelCc, language.RelPunct:
		return false
	}
	switch t.UPOS {
	case language.NOUN, language.PROPN:
		return true
	case language.PRON:
		return t.XPOS == language.TagPRP || t.XPOS == language.TagPRPS
	}
	return false
}

// Possible says whether a word may stand for a candidate: never across what is known for
// certain, as the gender of a person.
func Possible(class Class, c *Candidate) bool {
	switch class {
	case He:
		return person(c) && c.Gender != 'f'
	case She:
		return person(c) && c.Gender != 'm'
	case It:
		return !c.Joint && c.Sort != Group && (c.Sort != Person || !c.Named)
	case They: // one person may be "they", but hardly one with a name and in the news
		return c.Joint || c.Sort != Person || !c.Named
	}
	return true
}

// person says whether a candidate may be one person.
func person(c *Candidate) bool {
	return !c.Joint && c.Sort != Group && (c.Sort != Body && c.Sort != State || !c.Named)
}
