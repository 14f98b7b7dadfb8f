package events

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"unicode/utf8"

	"github.com/segmentio/encoding/json"
)

// The codec looks at a string with escapes byte by byte: 5 µs to write the text of a report
// of 5 KB, and 3 to find its end. So an article goes through it without its text, and the
// text is put in, or taken out, at a fifth of that.

const (
	textName = `"text":`
	noText   = `"text":""`
)

// appendArticle writes an article as the codec does.
func appendArticle(out []byte, a *Article) ([]byte, error) {
	if a.Text == "" || !utf8.ValidString(string(a.Text)) {
		return json.Append(out, a, json.SortMapKeys)
	}
	begin, bare := len(out), *a
	bare.Text = ""
	out, err := json.Append(out, &bare, json.SortMapKeys)
	if err != nil {
		return nil, err
	}
	// The publisher's own fields may hold the same bytes, but they stand before the text;
	// in a string its quotation marks are escaped.
	at := begin + bytes.LastIndex(out[begin:], []byte(noText))
	rest := bytes.Clone(out[at+len(noText):])
	return append(appendQuoted(out[:at+len(textName)], string(a.Text)), rest...), nil
}

// appendQuoted writes a valid string with the escapes that the codec writes.
func appendQuoted(out []byte, s string) []byte {
	out = append(out, '"')
	for {
		n := plainRun(s)
		out = append(out, s[:n]...)
		if s = s[n:]; s == "" {
			return append(out, '"')
		}
		r, size := utf8.DecodeRuneInString(s)
		out, s = appendEscaped(out, r), s[size:]
	}
}

// plainRun gives the length of the ASCII at the beginning of a string that needs no escape.
func plainRun(s string) int {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	i := 0
	for ; i+8 <= len(s); i += 8 {
		b := s[i : i+8]
		w := uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
			uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
		// The top bit of the first byte that is not plain ends up set: it is below ' ', its
		// difference from a mark is 0, or it was set before.
		if (w|(w-ones*' ')|((w^ones*'"')-ones)|((w^ones*'\\')-ones))&tops != 0 {
			break
		}
	}
	for i < len(s) && s[i] >= ' ' && s[i] < utf8.RuneSelf && s[i] != '"' && s[i] != '\\' {
		i++
	}
	return i
}

// appendEscaped writes a character that may need an escape.
func appendEscaped(out []byte, r rune) []byte {
	switch r {
	case '"', '\\':
		return append(out, '\\', byte(r))
	case '\n':
		return append(out, `\n`...)
	case '\t':
		return append(out, `\t`...)
	case '\r':
		return append(out, `\r`...)
	case '\b':
		return append(out, `\b`...)
	case '\f':
		return append(out, `\f`...)
	}
	if r < ' ' || r == 0x2028 || r == 0x2029 { // the latter end a line in JavaScript
		return fmt.Appendf(out, `\u%04x`, r)
	}
	return utf8.AppendRune(out, r)
}

// parseArticle reads an object whose text is put into a field of its own. It is false for
// what the codec has to look at as a whole, be it to say what is wrong.
func parseArticle(data []byte, value any, text *Text) bool {
	from, to := findText(data)
	if from == 0 || hasControl(data[from:to]) {
		return false
	}
	rest := make([]byte, 0, 1024)
	rest = append(append(append(rest, data[:from]...), `""`...), data[to:]...)
	return parseWhole(rest, value) == nil && text.UnmarshalJSON(data[from:to]) == nil
}

// findText gives where the string of the field "text" stands in an object; 0 where there
// is no such field, or more than one, or a field whose name is written with an escape.
func findText(data []byte) (from, to int) {
	s := scanner{data: data}
	isText := false // the name before is "text"
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '{', '[':
			s.depth++
		case '}', ']':
			s.depth--
		case '"':
			end, err := s.stringEnd(i)
			switch {
			case err != nil:
				return 0, 0
			case s.depth != 1:
			case isText && from > 0:
				return 0, 0
			case isText:
				from, to, isText = i, end, false
			case isName(data, end):
				if isText = string(data[i:end]) == `"text"`; bytes.IndexByte(data[i:end], '\\') >= 0 {
					return 0, 0
				}
			}
			i = end - 1
		case ',':
			if isText && s.depth == 1 {
				return 0, 0 // its value is no string
			}
		}
	}
	return from, to
}

// isName says whether the string that ends there is the name of a field.
func isName(data []byte, end int) bool {
	i := skipSpace(data, end)
	return i < len(data) && data[i] == ':'
}

// hasControl says whether a string holds a control character, which JSON forbids.
func hasControl(data []byte) bool {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	for ; len(data) >= 8; data = data[8:] {
		if w := binary.LittleEndian.Uint64(data); (w-ones*' ')&^w&tops != 0 {
			return true
		}
	}
	for _, c := range data {
		if c < ' ' {
			return true
		}
	}
	return false
}
