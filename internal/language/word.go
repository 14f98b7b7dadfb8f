package language

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words lays the layer of tokens, as the English treebanks of Universal Dependencies cut
// them: "don't" is "do" and "n't", "Keth's" is "Keth" and "'s", "two-stage" is three
// tokens, "U.S.", "Mr.", "1,200" and an address are one each.
type Words struct{}

// Annotate fills Document.Tokens.
func (Words) Annotate(d *Document) {
	if d.Tokens == nil {
		d.Tokens = make([]Token, 0, len(d.Text)/4+8)
	}
	for _, p := range d.Paragraphs {
		for at := p.Start; at < p.End; {
			r, size := utf8.DecodeRuneInString(d.Text[at:p.End])
			switch {
			case unicode.IsSpace(r):
				at += size
			case unicode.IsLetter(r):
				at = d.word(at, p)
			case unicode.IsDigit(r):
				at = d.number(at, p)
			default:
				at = d.mark(at, p, r, size)
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
	d.Tokens = append(d.Tokens, Token{Range: r, Lower: strings.ToLower(text), Kind: kind, Capital: unicode.IsUpper(first), Head: -1})
}

// NewToken makes the token of a word that begins at a byte, for those who cut the text
// themselves.
func NewToken(word string, start int) Token {
	kind := Mark
	first, _ := utf8.DecodeRuneInString(word)
	switch {
	case unicode.IsLetter(first):
		kind = Word
	case unicode.IsDigit(first):
		kind = Number
	}
	return Token{Range: Range{start, start + len(word)}, Lower: strings.ToLower(word), Kind: kind, Capital: unicode.IsUpper(first), Head: -1}
}

//go:embed words.txt
var wordFile string

// wordLists are the words that decide where a token ends: abbreviations, prefixes that a
// hyphen keeps, words that are written as one and read as two.
var wordLists = Lists(wordFile)

var (
	abbreviations = wordLists["abbreviations"]
	closing       = wordLists["closing"]
	prefixes      = wordLists["prefixes"]
	units         = wordLists["units"]
	clippings     = wordLists["clippings"]
	fused         = cuts(wordLists["fused"])
)

// cuts gives for words that are read as two where the first ends.
func cuts(list map[string]bool) map[string]int {
	at := map[string]int{}
	for word := range list {
		first, second, _ := strings.Cut(word, "|")
		at[first+second] = len(first)
	}
	return at
}

// word adds the tokens of the word that begins at a byte and gives where they end.
func (d *Document) word(start int, p Paragraph) int {
	if end := d.address(start, p); end > start {
		d.token(Range{start, end}, Word)
		return end
	}
	at := start
	for at < p.End {
		r, size := utf8.DecodeRuneInString(d.Text[at:p.End])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) && !d.joins(start, at, p.End, r, size) {
			break
		}
		at += size
	}
	if stem := d.contraction(start, at); stem > start {
		d.token(Range{start, stem}, Word)
		d.token(Range{stem, at}, Word)
		return at
	}
	if at < p.End && d.Text[at] == '.' && d.abbreviated(start, at, p) {
		at++
	}
	d.token(Range{start, at}, Word)
	return at
}

// endings are what an apostrophe cuts off a word.
var endings = []string{"s", "m", "d", "t", "re", "ve", "ll"}

// fusedLength is more than the bytes of any word that is read as two.
const fusedLength = 10

// contraction gives where the second token of a word that is read as two begins; 0 for
// none.
func (d *Document) contraction(start, end int) int {
	if end-start < fusedLength {
		if n, ok := fused[strings.ToLower(d.Text[start:end])]; ok {
			return start + n
		}
	}
	at := strings.LastIndexAny(d.Text[start:end], "'’")
	if at <= 0 {
		return 0
	}
	at += start
	_, size := utf8.DecodeRuneInString(d.Text[at:end])
	tail := d.Text[at+size : end]
	for _, ending := range endings {
		if !strings.EqualFold(tail, ending) {
			continue
		}
		if ending != "t" {
			return at
		}
		if before := d.Text[at-1]; (before == 'n' || before == 'N') && at-1 > start {
			return at - 1
		}
	}
	return 0
}

// abbreviated says whether the stop behind a word belongs to it.
func (d *Document) abbreviated(start, end int, p Paragraph) bool {
	limit, from := p.End, p.Start
	word := d.Text[start:end]
	rest := d.Text[end+1 : limit]
	if word == "No" || word == "no" || word == "Nos" {
		rest = strings.TrimLeft(rest, " ")
		return rest != "" && rest[0] >= '0' && rest[0] <= '9'
	}
	if abbreviations[word] {
		// At the end of a line the stop ends the sentence: "boats, nets, etc."
		return strings.TrimLeft(rest[:min(len(rest), 8)], " \"'”’)") != "" || !closing[word]
	}
	// An initial before a name: "J. Oru", "George W. Tal".
	r, size := utf8.DecodeRuneInString(word)
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " "))
	return size == len(word) && unicode.IsUpper(r) && r != 'I' && unicode.IsUpper(next) && start > from
}

// joins says whether a mark at a byte belongs to the word around it.
func (d *Document) joins(start, at, limit int, mark rune, size int) bool {
	next, width := utf8.DecodeRuneInString(d.Text[at+size : limit])
	after := at+size < limit && (unicode.IsLetter(next) || unicode.IsDigit(next))
	switch mark {
	case '\'', '’', '_':
		return after
	case '&':
		// "AT&T", "R&D": capitals alone.
		return after && unicode.IsUpper(next) && at-start <= 3
	case '-':
		return after && unicode.IsLetter(next) && prefixes[strings.ToLower(d.Text[start:at])]
	case '.':
		last, before := utf8.DecodeLastRuneInString(d.Text[start:at])
		single := at-before == start || d.Text[at-before-1] == '.'
		if single && after && at+size+width < limit && d.Text[at+size+width] == '.' {
			return true // "U.S.", "i.e."
		}
		if single && at-before != start { // the last stop of "U.S."
			return true
		}
		if after && unicode.IsUpper(last) && unicode.IsUpper(next) && single {
			return true
		}
		return after && unicode.IsLower(next) && unicode.IsLetter(last) && at-start > 1 // "harbour.example"
	}
	return false
}

// address gives where the web or mail address that begins at a byte ends; the byte itself
// for none.
func (d *Document) address(start int, p Paragraph) int {
	rest := d.Text[start:min(p.End, start+addressLength)]
	end := strings.IndexAny(rest, " \t\u00a0<>\"“”")
	if end < 0 {
		end = len(rest)
	}
	chunk := strings.TrimRight(rest[:end], ".,;:!?)]}'’")
	web := strings.HasPrefix(chunk, "http://") || strings.HasPrefix(chunk, "https://") || strings.HasPrefix(chunk, "www.")
	at := strings.IndexByte(chunk, '@')
	mail := at > 0 && strings.IndexByte(chunk[at:], '.') > 1
	if (web || mail) && utf8.ValidString(chunk) {
		return start + len(chunk)
	}
	return start
}

// addressLength bounds an address, so that looking for one costs no more than that a word.
const addressLength = 300
