package mention

import (
	_ "embed"
	"strings"

	"readout/internal/language"
)

//go:embed names.txt
var nameFile string

var (
	names       = language.Lists(nameFile)
	maleNames   = names["male"]
	femaleNames = names["female"]
	maleWords   = names["male words"]
	femaleWords = names["female words"]
)

// gender is 'm' or 'f', 0 where nothing tells.
type gender = byte

// wanted gives the gender that a pronoun asks for.
func wanted(pronoun string) gender {
	switch pronoun {
	case "he", "his", "him", "himself":
		return 'm'
	case "she", "her", "herself":
		return 'f'
	}
	return 0
}

// learn notes the gender of a person: from the table, else from a title or role beside the
// name ("Mrs Reen", "spokesman Karl Bo"), else from the first name. What is known of him
// stays.
func (r *reader) learn(name string, from, to int) {
	if r.genders[name] != 0 {
		return
	}
	if p := r.table.people[name]; p != nil && p.gender != 0 {
		r.genders[name] = p.gender
		return
	}
	for i := from; i < to; i++ {
		switch w := r.Tokens[i].Lower; {
		case maleWords[w]:
			r.genders[name] = 'm'
			return
		case femaleWords[w]:
			r.genders[name] = 'f'
			return
		}
	}
	if !strings.Contains(name, " ") {
		return // a surname says nothing
	}
	switch first := strings.ToLower(fold(firstWord(name))); {
	case maleNames[first]:
		r.genders[name] = 'm'
	case femaleNames[first]:
		r.genders[name] = 'f'
	}
}
