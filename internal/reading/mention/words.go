package mention

import (
	_ "embed"

	"readout/internal/language"
)

//go:embed words.txt
var wordFile string

// Read once, never changed.
var (
	words = language.Lists(wordFile)

	titles       = words["titles"]
	heads        = words["heads"]
	groups       = words["groups"]
	offices      = words["offices"]
	belonging    = words["belonging"]
	persons      = words["persons"]
	things       = words["things"]
	countries    = words["countries"]
	several      = words["several"]
	speakers     = words["speakers"]
	prepositions = words["prepositions"]
	noNames      = words["no-names"]
	noPersons    = words["no-persons"]
)
