package statement

import (
	_ "embed"
	"strings"

	"readout/internal/language"
	"readout/pkg/events"
)

//go:embed cues.txt
var cueFile string

//go:embed words.txt
var wordFile string

// cue is a word that reports speech.
type cue struct {
	act   events.Act
	frame string
	words int
}

// The ways in which a cue takes what was said.
const (
	clause = "clause"
	object = "object"
	quoted = "quoted"
	noun   = "noun"
)

// Read once, never changed.
var (
	cues  = readCues(cueFile)
	words = language.Lists(wordFile)

	adverbial    = words["adverbial"]
	helping      = words["helping"]
	listener     = words["listener"]
	parting      = words["parting"]
	introducing  = words["introducing"]
	light        = words["light"]
	prepositions = words["prepositions"]
	silent       = words["silent"]
)

// readCues reads lines of an act, a frame and forms.
func readCues(file string) map[string]cue {
	out := map[string]cue{}
	for line := range strings.Lines(file) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) == 3 {
			for form := range strings.FieldsSeq(f[2]) {
				form = strings.ReplaceAll(form, "_", " ")
				out[form] = cue{events.Act(f[0]), f[1], strings.Count(form, " ") + 1}
			}
		}
	}
	return out
}

// cueAt gives the cue that begins at a token, the longer one first.
func (r *reader) cueAt(i, last int) (cue, bool) {
	if i+1 < last {
		if c, ok := cues[r.Tokens[i].Lower+" "+r.Tokens[i+1].Lower]; ok {
			return c, true
		}
	}
	c, ok := cues[r.Tokens[i].Lower]
	return c, ok
}
