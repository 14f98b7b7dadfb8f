package ingest

import (
	"reflect"
	"slices"
	"strings"

	"github.com/segmentio/encoding/json"
	"golang.org/x/text/language"

	"readout/pkg/events"
)

// undetermined is the tag of a text whose language is not known.
const undetermined = "und"

// languageOf gives the language of a text: the tag that came with it, else a guess.
func languageOf(tag, text string) string {
	if tag == "en" {
		return tag
	}
	if tag != "" {
		if t, err := language.Parse(tag); err == nil {
			base, _ := t.Base()
			return base.String()
		}
	}
	return guess(text)
}

// function holds the commonest words of English, which no text in another language uses
// as often.
var function = map[string]bool{
	"the": true, "of": true, "and": true, "to": true, "a": true, "in": true, "that": true, "is": true, "was": true,
	"for": true, "on": true, "with": true, "he": true, "it": true, "as": true, "be": true, "by": true, "at": true,
	"said": true, "from": true, "this": true, "have": true, "has": true, "had": true, "not": true, "are": true,
	"but": true, "an": true, "they": true, "his": true, "her": true, "their": true, "which": true, "will": true,
	"would": true, "were": true, "been": true, "its": true, "who": true, "after": true, "if": true, "unless": true,
}

const (
	// guessWords is how many words are looked at.
	guessWords = 400
	// guessShare is the share of function words from which a text is taken for English:
	// in English news it is about 0.35, in other languages of Europe below 0.1.
	guessShare = 0.18
)

func guess(text string) string {
	words, hits := 0, 0
	for word := range strings.FieldsSeq(text) {
		if words++; words > guessWords {
			break
		}
		if function[strings.ToLower(strings.Trim(word, `.,;:!?"'()`))] {
			hits++
		}
	}
	if words > 0 && float64(hits) >= guessShare*float64(words) {
		return "en"
	}
	return undetermined
}

// submissionFields are the names of the fields that a submission is known to have.
var submissionFields = func() map[string]bool {
	names := map[string]bool{}
	t := reflect.TypeFor[events.Submission]()
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		names[name] = true
	}
	return names
}()

// extra keeps the fields that Readout does not know. When they are too large together,
// the first by name are kept, and a warning says which were not.
func extra(fields map[string]json.RawMessage, a *events.Article) map[string]json.RawMessage {
	var names []string
	for name := range fields {
		if !submissionFields[name] {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	out, size := map[string]json.RawMessage{}, 0
	for _, name := range names {
		if size += len(name) + len(fields[name]); size > events.MaxExtra {
			a.Warnings = append(a.Warnings, "the unknown fields are too large together: left out from "+events.Token(name)+" on")
			break
		}
		if !json.Valid(fields[name]) {
			continue
		}
		out[name] = fields[name]
	}
	if len(out) == 0 {
		return nil
	}
	return out
}
