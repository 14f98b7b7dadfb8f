package name

import (
	_ "embed"

	"readout/internal/language"
)

// List is a set of the lists of words.txt, a bit each.
type List uint32

// The lists.
const (
	Title List = 1 << iota
	Body
	Place
	Speech
	Month
	Weekday
	Day
	Part
	Period
	Relative
	Inside
	Country
	Demonym
)

var listNames = [...]string{"titles", "bodies", "places", "speech", "months", "weekdays", "days", "parts", "spans", "relative", "inside", "countries", "demonyms"}

//go:embed words.txt
var wordFile string

// lists says for each word in which lists it stands.
var lists = readLists()

func readLists() map[string]List {
	all := map[string]List{}
	read := language.Lists(wordFile)
	for bit, name := range listNames {
		for word := range read[name] {
			all[word] |= 1 << bit
		}
	}
	return all
}

// Listed says whether a word in lower case stands in one of some lists.
func Listed(list List, word string) bool { return lists[word]&list != 0 }

// Clock says whether a word is the time of a clock: "5:30".
func Clock(word string) bool {
	n := len(word)
	return (n == 4 || n == 5) && word[n-3] == ':' && digits(word[:n-3]) && digits(word[n-2:])
}

// Year says whether a word may be a year or a decade: "2014", "1970s".
func Year(word string) bool {
	if len(word) == 5 && word[4] == 's' {
		word = word[:4]
	}
	return len(word) == 4 && (word[0] == '1' || word[0] == '2' && word[1] < '2') && digits(word)
}

// Ordinal says whether a word is like "3rd".
func Ordinal(word string) bool {
	n := len(word)
	if n < 3 || !digits(word[:n-2]) {
		return false
	}
	switch word[n-2:] {
	case "st", "nd", "rd", "th":
		return true
	}
	return false
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
