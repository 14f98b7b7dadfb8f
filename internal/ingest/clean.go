package ingest

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"readout/pkg/events"
)

const (
	// maxLine is the length of a line in code points: prose has none as long.
	maxLine = 65_536
	// maxTitle is where a headline is cut, in code points.
	maxTitle = 1000
)

// cleanText gives the text to freeze: NFC, lines that end in "\n" and in no space, at
// most one empty line between two others. It refuses what no article holds, and says how
// many control characters it has left out.
func cleanText(s string) (string, int, error) {
	s, controls, err := characters(s)
	if err != nil {
		return "", 0, err
	}
	if !tidy(s) {
		s = tidied(s)
	}
	if s == "" {
		return "", 0, events.Reject(ReasonNoText, fmt.Errorf("\"text\" is missing or blank: an article needs words"))
	}
	return s, controls, shortLines(s)
}

// tidy says whether no line ends in a space, no two empty lines follow each other, and
// none stands at either end: most texts need no more than this look.
func tidy(s string) bool {
	if s == "" || s[0] == '\n' || s[len(s)-1] == '\n' || strings.Contains(s, "\n\n\n") {
		return s == ""
	}
	for at := 0; ; {
		i := strings.IndexByte(s[at:], '\n')
		end := at + i
		if i < 0 {
			end = len(s)
		}
		if last, _ := utf8.DecodeLastRuneInString(s[at:end]); unicode.IsSpace(last) {
			return false
		}
		if at = end + 1; i < 0 {
			return true
		}
	}
}

// tidied makes a text tidy.
func tidied(s string) string {
	var out strings.Builder
	out.Grow(len(s))
	blank := 0
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimRightFunc(line, unicode.IsSpace); line == "" {
			blank++
			continue
		}
		if out.Len() > 0 {
			out.WriteString("\n\n"[:min(blank+1, 2)])
		}
		blank = 0
		out.WriteString(line)
	}
	return out.String()
}

// shortLines refuses a text with a line that no prose has.
func shortLines(s string) error {
	n := 0
	for line := range strings.SplitSeq(s, "\n") {
		if n++; len(line) > maxLine && utf8.RuneCountInString(line) > maxLine {
			return events.Reject(ReasonLineTooLong, fmt.Errorf("line %d has more than %d characters: is it text?", n, maxLine))
		}
	}
	return nil
}

// cleanTitle gives the headline on one line.
func cleanTitle(s string) (string, error) {
	s, _, err := characters(s)
	if err != nil {
		return "", err
	}
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > maxTitle {
		s = string(r[:maxTitle])
	}
	return s, nil
}

// characters gives a text in NFC with one sort of line end and without what cannot be
// seen, and how many control characters it has left out: a few come with text that went
// through another encoding. It refuses NUL, which comes with no text, and the characters
// that turn the direction of what follows, which make a text read otherwise than it is.
func characters(s string) (string, int, error) {
	mapped, composed, controls := false, true, 0
	for i := plainRun(s); i < len(s); i += plainRun(s[i:]) {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == 0:
			return "", 0, events.Reject(ReasonControl, fmt.Errorf("a NUL at byte %d: is it text?", i))
		case r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
			return "", 0, events.Reject(ReasonBidi, fmt.Errorf("the direction control %U at byte %d, which hides what is written: remove it", r, i))
		case isControl(r):
			mapped = true
			if keep(r) < 0 {
				controls++
			}
		default:
			mapped, composed = mapped || keep(r) != r, composed && stable(r)
		}
		i += size
	}
	if mapped {
		s = strings.Map(keep, strings.ReplaceAll(s, "\r\n", "\n"))
	}
	if composed || norm.NFC.IsNormalString(s) {
		return s, controls, nil
	}
	return norm.NFC.String(s), controls, nil
}

func isControl(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 }

// stable says whether normalising changes a character nowhere, whatever stands beside it:
// of the letters of western Europe and of the marks of print, which nearly all text beyond
// ASCII consists of, that is known without the tables.
func stable(r rune) bool {
	return r >= 0xc0 && r <= 0x131 || r >= 0x2012 && r <= 0x2014 || r >= 0x2018 && r <= 0x201f
}

// plainRun gives the length of the printable ASCII, line ends and tabs that a text begins
// with: most texts are nothing else. It takes eight bytes at a time, a sixth of the time
// that it takes byte by byte; only the words that hold a line end are looked at closer.
func plainRun(s string) int {
	n := 0
	for ; len(s)-n >= 8; n += 8 {
		w := word(s[n:])
		// The top bit of a byte ends up set where it is below ' ', is 0x7f, or was set before.
		if (w|(w-ones*' ')|(w+ones))&tops == 0 {
			continue
		}
		if run := plainBytes(s[n : n+8]); run < 8 {
			return n + run
		}
	}
	return n + plainBytes(s[n:])
}

// plainBytes is plainRun for a few bytes.
func plainBytes(s string) int {
	for i := range len(s) {
		if c := s[i]; c >= 0x7f || c < ' ' && c != '\n' && c != '\t' {
			return i
		}
	}
	return len(s)
}

// keep maps a character to what stands for it in the frozen text; invisible ones vanish.
func keep(r rune) rune {
	switch r {
	case '\n', '\t':
		return r
	case '\r', '\v', '\f', 0x85, 0x2028, 0x2029: // all of them end a line
		return '\n'
	case 0x200b, 0x200e, 0x200f, 0x2060, 0xfeff, 0xad:
		return -1
	}
	if isControl(r) {
		return -1
	}
	return r
}

// bodyHash identifies the words of an article, whatever their case, spacing, quotation
// marks and dashes.
func bodyHash(title, text string) string {
	buffer := bodies.Get().(*[]byte)
	defer bodies.Put(buffer)
	body := appendFolded((*buffer)[:0], title)
	body = appendFolded(append(body, ' '), text)
	sum := sha256.Sum256(body)
	*buffer = body
	return hex.EncodeToString(sum[:16])
}

// bodies hold the folded words for as long as it takes to hash them.
var bodies = sync.Pool{New: func() any { return new([]byte) }}

// appendFolded appends a text in the form in which it is compared: NFKC, lower case, one
// space between words.
func appendFolded(out []byte, s string) []byte {
	if !allStable(s) && !norm.NFKC.IsNormalString(s) {
		s = norm.NFKC.String(s)
	}
	for s != "" {
		run := plainRun(s)
		out, s = appendPlain(out, s[:run]), s[run:]
		if s == "" {
			break
		}
		r, size := utf8.DecodeRuneInString(s)
		if r = folded(r); r != ' ' || !endsInSpace(out) {
			out = utf8.AppendRune(out, r)
		}
		s = s[size:]
	}
	return trimmed(out)
}

// allStable says whether a text needs no normalising.
func allStable(s string) bool {
	for i := plainRun(s); i < len(s); i += plainRun(s[i:]) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !stable(r) {
			return false
		}
		i += size
	}
	return true
}

func trimmed(out []byte) []byte {
	if n := len(out); n > 0 && out[n-1] == ' ' {
		out = out[:n-1]
	}
	return out
}

// appendPlain is appendFolded for a plain text. It takes eight bytes at a time, less than
// half the time that it takes byte by byte; only where two spaces may meet it looks closer.
func appendPlain(out []byte, s string) []byte {
	out = slices.Grow(out, len(s))
	for ; len(s) >= 8; s = s[8:] {
		w := word(s)
		spaces := atMost(w, ' ')
		// Two spaces in a row, or one behind the space that stands last.
		if meet := spaces & (spaces << 8); meet != 0 || spaces&0x80 != 0 && endsInSpace(out) || spaces != equal(w, ' ') {
			out = appendPlainBytes(out, s[:8])
			continue
		}
		capitals := atMost(w, 'Z') &^ atMost(w, 'A'-1)
		out = binary.LittleEndian.AppendUint64(out, w|capitals>>2) // a small letter has one bit more: 0x20
	}
	return appendPlainBytes(out, s)
}

func appendPlainBytes(out []byte, s string) []byte {
	for i := range len(s) {
		if c := ascii[s[i]&(utf8.RuneSelf-1)]; c != ' ' || !endsInSpace(out) {
			out = append(out, c)
		}
	}
	return out
}

// endsInSpace says whether another space would be one too many.
func endsInSpace(out []byte) bool { return len(out) == 0 || out[len(out)-1] == ' ' }

const ones, tops = 0x0101010101010101, 0x8080808080808080

// word gives eight bytes of a text at once, the first lowest.
func word(s string) uint64 {
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// atMost sets the top bit of each byte of an ASCII word that is at most c.
func atMost(w uint64, c byte) uint64 { return ((ones*uint64(c) | tops) - w) & tops }

// equal sets the top bit of each byte of an ASCII word that is c.
func equal(w uint64, c byte) uint64 { return atMost(w^ones*uint64(c), 0) }

// ascii is folded for the characters that nearly all text consists of.
var ascii = func() (table [utf8.RuneSelf]byte) {
	for c := range table {
		table[c] = byte(folded(rune(c)))
	}
	return table
}()

// folded maps characters that editors exchange for one another to one of them.
func folded(r rune) rune {
	switch {
	case r < 0x80:
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		if r == '\n' || r == '\t' {
			return ' '
		}
		return r
	case unicode.IsSpace(r):
		return ' '
	case r >= 0x2018 && r <= 0x201f || r == 0xab || r == 0xbb:
		return '"'
	case unicode.Is(unicode.Pd, r):
		return '-'
	}
	return unicode.ToLower(r)
}
