package gold

import (
	"readout/internal/language"
	"readout/internal/language/name"
	"readout/internal/language/treebank"
)

// time gives the part of a time that the calendar or the clock names.
func (s *sentence) time(e treebank.Entity) (Name, bool) {
	best := Name{}
	for i := e.First; i < e.Last; {
		n, strong := s.calendar(i, e.Last)
		if strong && n.Last-n.First > best.Last-best.First {
			best = n
		}
		i = max(n.Last, i+1)
	}
	return best, best.Last > best.First
}

// calendar gives the run of words of the calendar that begins at a word, and whether they
// name a time.
func (s *sentence) calendar(i, limit int) (n Name, strong bool) {
	n = Name{i, i, language.TimeName, true}
	relative := false
	for at := i; at < limit; at++ {
		switch word := s.lower(at); {
		case name.Listed(name.Month, word) && s.capital(at), name.Listed(name.Weekday, word) && s.capital(at),
			name.Listed(name.Day, word), name.Clock(word), name.Year(word) && s.Words[at].UPOS == "NUM":
			strong = true
			n.Last = at + 1
		case name.Listed(name.Relative, word):
			relative = true
			n.Last = at + 1
		case name.Listed(name.Period, word):
			if !relative || at == i || at > i+2 {
				return n, strong
			}
			strong = true
			n.Last = at + 1
		case name.Listed(name.Part, word), s.Words[at].UPOS == "NUM", name.Ordinal(word):
			n.Last = at + 1
		case at > i && at+1 < limit && (word == "," || word == "of" || word == "-" || word == "–" || word == "the" || word == "in"):
		default:
			return s.cutTime(n), strong
		}
	}
	return s.cutTime(n), strong
}

// cutTime leaves out what no time ends with.
func (s *sentence) cutTime(n Name) Name {
	for n.Last > n.First && name.Listed(name.Relative, s.lower(n.Last-1)) {
		n.Last--
	}
	return n
}
