package mention

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"readout/internal/language"
	"readout/internal/reading/quotation"
)

// read gives the mentions of a text: the words, who they stand for, and the party.
func read(text string) string { return readWith(nil, "", text) }

// readWith reads with a table, as of a day.
func readWith(table *Table, day, text string) string {
	d := language.New(text, nil)
	if day != "" {
		d.Published, _ = time.Parse(time.DateOnly, day)
	}
	language.Pipeline{language.Paragraphs{}, language.Words{}, language.Sentences{}, language.Syntax{}, quotation.Annotator{}, Annotator{Actors: table}}.Annotate(d)
	var all []string
	for i := range d.Mentions {
		m := &d.Mentions[i]
		party := "-"
		if m.Actor.Party != nil {
			party = m.Actor.Party.ID
		}
		all = append(all, fmt.Sprintf("%s = %s (%s)", d.Words(m.Range), m.Actor.Name, party))
	}
	return strings.Join(all, "; ")
}

func TestParties(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"a state", "France waits.", "France = France (france)"},
		{"a capital", "Paris waits.", "Paris = France (france)"},
		{"a people", "The French waited.", "The French = France (france)"},
		{"a seat keeps its name", "The Kremlin waits.", "The Kremlin = Kremlin (russia)"},
		{"an abbreviation", "He came to the U.S. Senate.", "He =  (-); the U.S. Senate = US Senate (united-states)"},
		{"the pronoun is no state", "They told us.", "They =  (-)"},
		{"a body", "Nato waits.", "Nato = Nato (nato)"},
		{"an accent", "Bogotá waits.", "Bogotá = Colombia (colombia)"},
		{"a leader", "Vladimir Putin waits.", "Vladimir Putin = Vladimir Putin (russia)"},
		{"a leader by surname", "On Monday Putin waited.", "Putin = Vladimir Putin (russia)"},
		{"a leader by office, when the article names him", "The Russian president came. Then Putin left.",
			"The Russian president = Vladimir Putin (russia); Putin = Vladimir Putin (russia)"},
		{"an office whose holder the article does not name", "The Russian president came.", "The Russian president = Russian president (russia)"},
		{"a person who is not in the table", "Russian negotiator Oleg Barin waits.", "Russian negotiator Oleg Barin = Oleg Barin (russia)"},
		{"by a seat", "Kremlin aide Oleg Barin waits.", "Kremlin aide Oleg Barin = Oleg Barin (russia)"},
		{"by an owner", "Ukraine's top commander Danylo Hrim waits.", "Ukraine's top commander Danylo Hrim = Danylo Hrim (ukraine)"},
		{"a state that is in no table", "Varland's foreign minister Ada Reen waits.", "Varland's foreign minister Ada Reen = Ada Reen (varland)"},
		{"a long title", "US Secretary of State Tom Bell waits.", "US Secretary of State Tom Bell = Tom Bell (united-states)"},
		{"nobody's", "Ada Reen waits.", "Ada Reen = Ada Reen (ada-reen)"},
		{"an army", "Varland's army waits.", "Varland's army = Varland's army (varland)"},
		{"soldiers", "Varland soldiers wait.", "Varland soldiers = Varland soldiers (varland)"},
		{"a name with of and for", "The Observatory for River Rights waits.", "The Observatory for River Rights = Observatory for River Rights (observatory-for-river-rights)"},
		{"backed by", "The Iran-backed militia waits.", "The Iran-backed militia = Iran-backed militia (-)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := read(tt.text); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestNames(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"the surname later", "Varland's minister Ada Reen came. Reen left.",
			"Varland's minister Ada Reen = Ada Reen (varland); Reen = Ada Reen (varland)"},
		{"a title and a first name", "Varland's minister Karl Reen came. Sir Karl left.",
			"Varland's minister Karl Reen = Karl Reen (varland); Sir Karl = Karl Reen (varland)"},
		{"a title with a stop", "Varland's minister Ada Reen came. Mrs. Reen left.",
			"Varland's minister Ada Reen = Ada Reen (varland); Mrs. Reen = Ada Reen (varland)"},
		{"she", "Varland's minister Ada Reen came. She left.",
			"Varland's minister Ada Reen = Ada Reen (varland); She = Ada Reen (varland)"},
		{"it", "Varland's army came. It denied the shelling.", "Varland's army = Varland's army (varland); It = Varland's army (varland)"},
		{"they", "Varland officials came. They left.", "Varland officials = Varland officials (varland); They = Varland officials (varland)"},
		{"its", "Varland waits. Its president Ada Reen left.", "Varland = Varland (varland); Its president Ada Reen = Ada Reen (varland)"},
		{"the office again", "Varland's president Ada Reen came. The president left.",
			"Varland's president Ada Reen = Ada Reen (varland); The president = Ada Reen (varland)"},
		{"an office behind the name", "Ada Reen, Varland's foreign minister, came. Reen left. The minister slept.",
			"Ada Reen = Ada Reen (varland); Varland's foreign minister = Ada Reen (varland); Reen = Ada Reen (varland); The minister = Ada Reen (varland)"},
		{"a name behind the office", "Varland's foreign minister, Ada Reen, came. Reen left.",
			"Varland's foreign minister = Ada Reen (varland); Ada Reen = Ada Reen (varland); Reen = Ada Reen (varland)"},
		{"a list is no apposition", "Ada Reen, the president and others came.",
			"Ada Reen = Ada Reen (ada-reen); the president = president (-)"},
		{"the full name again", "Varland's minister Ada Reen came. Ada Reen left.",
			"Varland's minister Ada Reen = Ada Reen (varland); Ada Reen = Ada Reen (varland)"},
		{"he is no woman", "Varland's minister Anna Reen met Ostreya's minister Karl Bo. He left. She slept.",
			"Varland's minister Anna Reen = Anna Reen (varland); Ostreya's minister Karl Bo = Karl Bo (ostreya); He = Karl Bo (ostreya); She = Anna Reen (varland)"},
		{"a title tells", "Mr Tarn met Mrs Quill. She left.", "Mr Tarn = Tarn (tarn); Mrs Quill = Quill (quill); She = Quill (quill)"},
		{"nobody fits", "Varland's minister Anna Reen came. He left.",
			"Varland's minister Anna Reen = Anna Reen (varland); He =  (-)"},
		{"the subject before others", "Varland's minister Karl Bo met Oskar Tarn in Keth. He left.",
			"Varland's minister Karl Bo = Karl Bo (varland); Oskar Tarn = Oskar Tarn (oskar-tarn); Keth = Keth (keth); He = Karl Bo (varland)"},
		{"who is named behind a preposition comes last", "In talks with Oskar Tarn, Karl Bo waited. He left.",
			"Oskar Tarn = Oskar Tarn (oskar-tarn); Karl Bo = Karl Bo (karl-bo); He = Karl Bo (karl-bo)"},
		{"nobody knows who in a quotation", `"She left," Ada Reen said.`, "She =  (-); Ada Reen = Ada Reen (ada-reen)"},
		{"a pronoun before anybody is named", "He came.", "He =  (-)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := read(tt.text); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestNoMentions(t *testing.T) {
	for name, text := range map[string]string{
		"the first word of a sentence": "Explosions were heard. Slowly the road was opened.",
		"written small elsewhere":      "World prices rose. The world waits.",
		"a day":                        "On Monday the road was open.",
	} {
		if got := read(text); got != "" {
			t.Errorf("%s: got %s", name, got)
		}
	}
}

func TestWhatActs(t *testing.T) {
	for text, acts := range map[string]bool{
		"Keth waits.": true, "Keth's road is shut.": false, "The road of Keth is shut.": false, "A Keth road is shut.": false, "Russian roads are shut.": false, "The Russians wait.": true,
	} {
		d := language.New(text, nil)
		language.Pipeline{language.Paragraphs{}, language.Words{}, language.Sentences{}, language.Syntax{}, quotation.Annotator{}, Annotator{}}.Annotate(d)
		if len(d.Mentions) != 1 || d.Mentions[0].Acts() != acts {
			t.Errorf("%s: got %+v", text, d.Mentions)
		}
	}
}
