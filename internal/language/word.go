package language

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words lays the layer of tokens. An apostrophe or hyphen between letters joins, "'s" is
// a token of its own, and stops inside abbreviations such as "U.S." belong to them.
type Words struct{}

// Annotate fills Document.Tokens.
func (Words) Annotate(d *Document) {
	for _, p := range d.Paragraphs {
		for at := p.Start; at < p.End; {
			r, size := utf8.DecodeRuneInString(d.Text[at:p.End])
			switch {
			case unicode.IsSpace(r):
				at += size
			case unicode.IsLetter(r):
				at = d.word(at, p.End)
			case unicode.IsDigit(r):
				at = d.number(at, p.End)
			default:
				d.token(Range{at, at + size}, Mark)
				at += size
			}
		}
		if d.Cancelled() {
			return
		}
	}
}

func (d *Document) token(r Range, kind TokenKind) {
	text := d.Words(r)
	first, _ := utf8.DecodeRuneInString(text)
	d.Tokens = append(d.Tokens, Token{Range: r, Lower: strings.ToLower(text), Kind: kind, Capital: unicode.IsUpper(first)})
}

// word adds the word that begins at a byte and gives where it ends.
func (d *Document) word(start, limit int) int {
	at := start
	for at < limit {
		r, size := utf8.DecodeRuneInString(d.Text[at:limit])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) && !d.joins(start, at, limit, r, size) {
			break
		}
		at += size
	}
	word := d.Text[start:at]
	for _, possessive := range []string{"'s", "’s", "'S", "’S"} {
		if stem, ok := strings.CutSuffix(word, possessive); ok && stem != "" {
			cut := start + len(stem)
			d.token(Range{start, cut}, Word)
			d.token(Range{cut, at}, Mark)
			return at
		}
	}
	if at < limit && d.Text[at] == '.' && abbreviated(word, d.Text[at+1:limit]) {
		at++
	}
	d.token(Range{start, at}, Word)
	return at
}

// abbreviated says whether the stop behind a word belongs to it: behind a title of a
// person, or behind "No" before a number.
func abbreviated(word, rest string) bool {
	if word == "No" {
		rest = strings.TrimLeft(rest, " ")
		return rest != "" && rest[0] >= '0' && rest[0] <= '9'
	}
	return abbreviations[word]
}

// abbreviations are words whose stop ends no sentence.
var abbreviations = Set("Mr Mrs Ms Dr Prof Gen Col Lt Maj Capt Sgt Adm Sen Rep Gov St Brig Hon Rev Jan Feb Aug Sept Oct Nov Dec vs approx")

// joins says whether a mark at a byte belongs to the word around it.
func (d *Document) joins(start, at, limit int, mark rune, size int) bool {
	next, _ := utf8.DecodeRuneInString(d.Text[at+size : limit])
	after := at+size < limit && (unicode.IsLetter(next) || unicode.IsDigit(next))
	switch mark {
	case '\'', '’', '-', '&':
		return after
	case '.':
		// Single letters with stops: "U.S.", "J.".
		last, width := utf8.DecodeLastRuneInString(d.Text[start:at])
		single := unicode.IsUpper(last) && (at-width == start || d.Text[at-width-1] == '.')
		return single && (after || at-width != start || at+size < limit)
	}
	return false
}

// number adds the number that begins at a byte and gives where it ends. Commas and stops
// between digits belong to it.
func (d *Document) number(start, limit int) int {
	at := start
	for at < limit {
		c := d.Text[at]
		digit := c >= '0' && c <= '9'
		inner := (c == ',' || c == '.') && at+1 < limit && d.Text[at+1] >= '0' && d.Text[at+1] <= '9'
		if !digit && !inner {
			break
		}
		at++
	}
	if at == start { // a digit of another script
		_, size := utf8.DecodeRuneInString(d.Text[at:limit])
		at += size
	}
	kind := Number
	for at < limit { // "30-day", "14th": a word that begins with a number
		r, size := utf8.DecodeRuneInString(d.Text[at:limit])
		if !unicode.IsLetter(r) && !(r == '-' && at+1 < limit && d.Text[at+1] >= 'a' && d.Text[at+1] <= 'z') {
			break
		}
		kind = Word
		at += size
	}
	d.token(Range{start, at}, kind)
	return at
}
