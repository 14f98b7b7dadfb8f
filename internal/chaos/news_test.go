package chaos

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"readout/pkg/events"
)

// item is one message that a publisher sends.
type item struct {
	source string
	data   []byte
	// poison is true where it has to become a dead letter.
	poison bool
	// mark is a word that stands in the text of this item alone; empty where the item
	// repeats another one.
	mark string
}

// plan makes n items: new articles, the same again, revisions, copies, other wordings
// of a condition, and poison.
func plan(chance *rand.Rand, n int) []item {
	var items []item
	var written []events.Submission
	poisoned := 0
	for i := range n {
		mark := fmt.Sprintf("mark%06d", i)
		roll := chance.IntN(100)
		if len(written) == 0 {
			roll = 99
		}
		old := func() events.Submission { return written[chance.IntN(len(written))] }
		switch {
		case roll < 10: // the same message again
			items = append(items, encode(old(), ""))
		case roll < 18: // a revision with one more condition
			s := old()
			s.Text += events.Text("\n\n" + condition(chance, i) + " The report carries the word " + mark + ".")
			items = append(items, encode(s, mark))
		case roll < 23: // a copy by another publisher
			s := old()
			s.ID, s.Publisher = "copy-"+mark, "Second Wire"
			items = append(items, encode(s, ""))
		case roll < 28: // poison
			items = append(items, poison(chance, i, poisoned))
			poisoned++
		default:
			s := article(chance, i, mark)
			written = append(written, s)
			items = append(items, encode(s, mark))
		}
	}
	return items
}

var parties = []string{"Varland", "Ostreya", "Keth", "Morrow", "Tessaly"}

func article(chance *rand.Rand, i int, mark string) events.Submission {
	party := parties[chance.IntN(len(parties))]
	text := []string{
		fmt.Sprintf("Talks on the river %s enter another week", mark),
		fmt.Sprintf("Officials met on the coast on Monday. The report carries the word %s.", mark),
		condition(chance, i),
	}
	if chance.IntN(3) == 0 {
		text = append(text, fmt.Sprintf("%s's army denied the loss of %d tanks.", party, 1000+chance.IntN(500)))
	}
	if chance.IntN(4) == 0 {
		text = append(text, fmt.Sprintf("At least %d people were killed, the health ministry of %s said.", 10+chance.IntN(500), party))
	}
	return events.Submission{ID: "story-" + mark, Publisher: "First Wire", Title: text[0],
		Text: events.Text(strings.Join(text, "\n\n")), Language: "en"}
}

// condition words one of a limited number of conditions in one of several ways, so that
// many articles, handled at the same moment, carry the same one.
func condition(chance *rand.Rand, i int) string {
	setter := chance.IntN(len(parties))
	other := parties[(setter+1)%len(parties)]
	n := 100 + chance.IntN(max(20, i/4))
	return fmt.Sprintf([]string{
		"\"%[1]s will not sign the accord unless %[2]s withdraws %[3]d battalions,\" %[1]s's foreign minister Ada Reen said.",
		"%[1]s's foreign minister Ada Reen said %[1]s would not sign the accord unless %[2]s withdraws %[3]d battalions.",
		"\"Unless %[2]s withdraws %[3]d battalions, %[1]s will not sign the accord,\" said %[1]s's foreign minister Ada Reen.",
	}[chance.IntN(3)], parties[setter], other, n)
}

// poison makes an item that cannot be handled: some fail before they are articles, some
// in a finder, and one in fifty, the first among them, kills the annotator that reads it.
func poison(chance *rand.Rand, i, poisoned int) item {
	mark := fmt.Sprintf("poison%06d", i)
	bad := func(data string) item {
		return item{source: "wire", data: []byte(data), poison: true, mark: mark}
	}
	fault := func(word string) item {
		it := encode(events.Submission{ID: mark, Title: mark, Text: events.Text(mark + " " + word + " and the rest of the text."), Language: "en"}, mark)
		it.poison = true
		return it
	}
	switch poisoned % 50 {
	case 0:
		return fault("FAULT-EXIT")
	case 1:
		return fault("FAULT-HANG")
	}
	switch chance.IntN(10) {
	case 0:
		return bad(mark + " is not JSON")
	case 1:
		return bad(`{"id":"` + mark + `","text":` + strings.Repeat("[", 400_000))
	case 2:
		return bad(`{"schema":9,"id":"` + mark + `","text":"From the future."}`)
	case 3:
		return bad(`{"id":"` + mark + `","text":""}`)
	case 4:
		return bad(`{"id":"` + mark + `","text":"Half a pair: \ud83d."}`)
	case 5:
		return bad("{\"id\":\"" + mark + "\",\"text\":\"Not UTF-8: \xff.\"}")
	case 6:
		return bad(`{"id":"` + mark + `","text":"A NUL: \u0000."}`)
	case 7:
		return bad(`{"id":"` + mark + `","text":"From tomorrow's paper.","published":"2999-01-01T00:00:00Z"}`)
	case 8:
		return bad(`{"id":"` + mark + `","text":"Turned \u202e round."}`)
	default:
		return fault("FAULT-PANIC")
	}
}

func encode(s events.Submission, mark string) item {
	data, err := events.Encode(s)
	if err != nil {
		panic(err) // a Submission of strings always encodes
	}
	return item{source: "wire", data: data, mark: mark}
}
