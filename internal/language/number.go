package language

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// number adds the number that begins at a byte and gives where it ends: "1,200", "5:30",
// "20th", "1970s", "9/11", "555-1234" are one token; "5pm" and "30-day" are more.
func (d *Document) number(start int, p Paragraph) int {
	if end := d.address(start, p); end > start {
		d.token(Range{start, end}, Word)
		return end
	}
	at := start
	for at < p.End {
		c := d.Text[at]
		if !digit(c) && !d.within(at, p.End) {
			break
		}
		at++
	}
	if at == start { // a digit of another script
		_, size := utf8.DecodeRuneInString(d.Text[at:p.End])
		at += size
	}
	if end := d.phone(start, p.End); end > at {
		at = end
	}
	letters := at
	for letters < p.End {
		r, size := utf8.DecodeRuneInString(d.Text[letters:p.End])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		letters += size
	}
	if letters == at {
		d.token(Range{start, at}, Number)
		return at
	}
	if tail := strings.ToLower(d.Text[at:letters]); units[tail] {
		d.token(Range{start, at}, Number)
		if letters < p.End && d.Text[letters] == '.' && abbreviations[tail] {
			letters++
		}
		d.token(Range{at, letters}, Word)
		return letters
	}
	d.token(Range{start, letters}, Word)
	return letters
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// within says whether a mark at a byte stands within a number.
func (d *Document) within(at, limit int) bool {
	if at+1 >= limit || !digit(d.Text[at+1]) {
		return false
	}
	switch d.Text[at] {
	case ',', '.', ':', '/':
		return true
	}
	return false
}

// phone gives where the telephone number or the date with hyphens that begins at a byte
// ends, the byte itself for none: groups of digits, the last of four.
func (d *Document) phone(start, limit int) int {
	at, groups, last := start, 0, 0
	for at < limit && groups < 5 {
		from := at
		for at < limit && digit(d.Text[at]) && at-from < 6 {
			at++
		}
		if groups++; at == from {
			return start
		}
		last = at - from
		if at+1 >= limit || d.Text[at] != '-' || !digit(d.Text[at+1]) {
			break
		}
		if at-from > 3 {
			return start
		}
		at++
	}
	if groups < 2 || last != 4 || at < limit && digit(d.Text[at]) {
		return start
	}
	return at
}

// runs are marks of which several make one token: "...", "--", "!!!".
const runs = ".-!?*=_~#+<>—"

// mark adds the token of a mark, which begins at a byte, and gives where it ends.
func (d *Document) mark(at int, p Paragraph, r rune, size int) int {
	end := at + size
	if (r == '\'' || r == '’') && end < p.End {
		if n := d.clipped(end, p.End); n > 0 {
			d.token(Range{at, end + n}, Word)
			return end + n
		}
	}
	if strings.ContainsRune(runs, r) {
		for end < p.End {
			next, n := utf8.DecodeRuneInString(d.Text[end:p.End])
			if next != r && !((r == '!' || r == '?') && (next == '!' || next == '?')) {
				break
			}
			end += n
		}
	}
	if (r == '\'' || r == '`') && end < p.End && rune(d.Text[end]) == r {
		end++ // '' and ``
	}
	if r == '.' && end == at+1 && end < p.End && digit(d.Text[end]) && !d.touches(at) {
		return d.number(at, p)
	}
	d.token(Range{at, end}, Mark)
	return end
}

// touches says whether a token ends at a byte.
func (d *Document) touches(at int) bool {
	return len(d.Tokens) > 0 && d.Tokens[len(d.Tokens)-1].End == at
}

// clipped gives the length of the word whose beginning an apostrophe replaces: "'s" and
// "'re" standing alone, "'em", "'90s".
func (d *Document) clipped(at, limit int) int {
	end := at
	for end < limit && end-at < 8 {
		r, size := utf8.DecodeRuneInString(d.Text[end:limit])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		end += size
	}
	tail := strings.ToLower(d.Text[at:end])
	if clippings[tail] {
		return end - at
	}
	decade := len(tail) == 3 && digit(tail[0]) && digit(tail[1]) && tail[2] == 's'
	year := len(tail) == 2 && digit(tail[0]) && digit(tail[1])
	if decade || year {
		return end - at
	}
	return 0
}
