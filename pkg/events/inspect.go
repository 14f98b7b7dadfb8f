package events

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/segmentio/encoding/json"
)

// The bounds of a submission. They hold before any decoder sees it.
const (
	// MaxSubmission is its size in bytes.
	MaxSubmission = 1 << 20
	// MaxDepth is how deep its arrays and objects may nest.
	MaxDepth = 64
	// MaxExtra is the size in bytes of all fields that Readout does not know.
	MaxExtra = 16 << 10
)

// The errors of Inspect; each is wrapped with the place where it was seen.
var (
	ErrEmpty       = errors.New("the message is empty")
	ErrTooLarge    = errors.New("the message is too large")
	ErrNotJSON     = errors.New("the message is not a JSON object")
	ErrTooDeep     = errors.New("the JSON nests too deep")
	ErrInvalidUTF8 = errors.New("the message is not valid UTF-8")
	ErrSurrogate   = errors.New("the JSON holds half of a surrogate pair")
)

// Inspect looks at a message from outside in one pass whose cost is linear in its
// length, before it is decoded: size, encoding, depth, escapes. It gives the fields of
// the top level as they stand, by name; they share the memory of the message. It does not replace the decoder's own check of
// the syntax.
func Inspect(data []byte) (map[string]json.RawMessage, error) {
	switch {
	case len(data) == 0:
		return nil, ErrEmpty
	case len(data) > MaxSubmission:
		return nil, fmt.Errorf("%w: %d bytes, at most %d", ErrTooLarge, len(data), MaxSubmission)
	case !utf8.Valid(data):
		return nil, ErrInvalidUTF8
	}
	s := scanner{data: data, fields: map[string]json.RawMessage{}}
	if err := s.run(); err != nil {
		return nil, err
	}
	return s.fields, nil
}

// scanner walks over JSON text without building anything but the list of fields.
type scanner struct {
	data   []byte
	depth  int
	fields map[string]json.RawMessage
	key    []byte // the last string seen at depth 1 with no value after it yet
	value  int    // where the value of key begins; 0 while there is none
}

func (s *scanner) run() error {
	i := skipSpace(s.data, 0)
	if i == len(s.data) || s.data[i] != '{' {
		return ErrNotJSON
	}
	for ; i < len(s.data); i++ {
		switch s.data[i] {
		case '"':
			end, err := s.stringEnd(i)
			if err != nil {
				return err
			}
			if s.depth == 1 && s.value == 0 {
				s.key = s.data[i:end]
			}
			i = end - 1
		case '{', '[':
			if s.depth++; s.depth > MaxDepth {
				return fmt.Errorf("%w: more than %d levels at byte %d", ErrTooDeep, MaxDepth, i)
			}
		case ':':
			if s.depth == 1 && s.value == 0 {
				s.value = i + 1
			}
		case ',':
			if s.depth == 1 {
				s.keep(i)
			}
		case '}', ']':
			if s.depth == 1 {
				s.keep(i)
			}
			if s.depth--; s.depth < 0 {
				return fmt.Errorf("%w: a bracket too many at byte %d", ErrNotJSON, i)
			}
			if s.depth == 0 && skipSpace(s.data, i+1) != len(s.data) {
				return fmt.Errorf("%w: more text after its end at byte %d", ErrNotJSON, i+1)
			}
		}
	}
	if s.depth != 0 {
		return fmt.Errorf("%w: it ends in the middle", ErrNotJSON)
	}
	return nil
}

// keep stores the field that ends before i.
func (s *scanner) keep(i int) {
	if s.value == 0 || len(s.key) < 2 {
		s.key, s.value = nil, 0
		return
	}
	name, err := string(s.key[1:len(s.key)-1]), error(nil)
	if strings.IndexByte(name, '\\') >= 0 {
		err = json.Unmarshal(s.key, &name)
	}
	if err == nil {
		s.fields[name] = json.RawMessage(bytes.TrimSpace(s.data[s.value:i]))
	}
	s.key, s.value = nil, 0
}

// stringEnd gives the index after the string that begins at i. A surrogate escape
// without its other half is refused: decoders replace it without a word, and the text
// would no longer be the publisher's.
func (s *scanner) stringEnd(i int) (int, error) {
	for j := i + 1; j < len(s.data); j++ {
		switch s.data[j] {
		case '"':
			return j + 1, nil
		case '\\':
			half := surrogate(s.data, j)
			switch {
			case half == 0:
				j++
			case half == 1 && surrogate(s.data, j+6) == 2:
				j += 11
			default:
				return 0, fmt.Errorf("%w at byte %d", ErrSurrogate, j)
			}
		}
	}
	return 0, fmt.Errorf("%w: a string without an end at byte %d", ErrNotJSON, i)
}

// surrogate says whether the escape at i is the first (1) or second (2) half of a
// surrogate pair, or neither (0).
func surrogate(data []byte, i int) int {
	if i+6 > len(data) || data[i] != '\\' || data[i+1] != 'u' || data[i+2]|0x20 != 'd' {
		return 0
	}
	switch c := data[i+3] | 0x20; {
	case c == '8' || c == '9' || c == 'a' || c == 'b':
		return 1
	case c >= 'c' && c <= 'f':
		return 2
	}
	return 0
}

func skipSpace(data []byte, i int) int {
	for i < len(data) && (data[i] == ' ' || data[i] == '\t' || data[i] == '\n' || data[i] == '\r') {
		i++
	}
	return i
}
