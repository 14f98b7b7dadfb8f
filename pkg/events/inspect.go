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
	// MaxFields is how many fields it may have at its top level: each of them costs
	// memory beyond its bytes, and a message of nothing but fields would cost the most.
	MaxFields = 1024
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
// the top level as they stand, by name, and of a field that comes twice the last; they
// share the memory of the message. It does not replace the decoder's own check of the
// syntax.
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
		var err error
		switch s.data[i] {
		case '"':
			i, err = s.text(i)
		case '{', '[':
			err = s.open(i)
		case '}', ']':
			err = s.shut(i)
		case ':':
			if s.depth == 1 && s.value == 0 {
				s.value = i + 1
			}
		case ',':
			err = s.keep(i)
		}
		if err != nil {
			return err
		}
	}
	if s.depth != 0 {
		return fmt.Errorf("%w: it ends in the middle", ErrNotJSON)
	}
	return nil
}

// text walks over the string that begins at i, to its last byte.
func (s *scanner) text(i int) (int, error) {
	end, err := s.stringEnd(i)
	if s.depth == 1 && s.value == 0 {
		s.key = s.data[i:end]
	}
	return end - 1, err
}

// open enters the object or list that begins at i.
func (s *scanner) open(i int) error {
	if s.depth++; s.depth > MaxDepth {
		return fmt.Errorf("%w: more than %d levels at byte %d", ErrTooDeep, MaxDepth, i)
	}
	return nil
}

// shut leaves the object or list that ends at i. Behind the last one nothing may stand.
func (s *scanner) shut(i int) error {
	if err := s.keep(i); err != nil {
		return err
	}
	if s.depth--; s.depth < 0 {
		return fmt.Errorf("%w: a bracket too many at byte %d", ErrNotJSON, i)
	}
	if s.depth == 0 && skipSpace(s.data, i+1) != len(s.data) {
		return fmt.Errorf("%w: more text after its end at byte %d", ErrNotJSON, i+1)
	}
	return nil
}

// keep stores the field of the top level that ends before i.
func (s *scanner) keep(i int) error {
	if s.depth != 1 {
		return nil
	}
	key, value := s.key, s.value
	s.key, s.value = nil, 0
	if value == 0 || key == nil {
		return nil
	}
	name := string(key[1 : len(key)-1])
	if strings.IndexByte(name, '\\') >= 0 && json.Unmarshal(key, &name) != nil {
		return nil // no escape at all: the decoder refuses the message
	}
	if s.fields[name] = bytes.TrimSpace(s.data[value:i]); len(s.fields) > MaxFields {
		return fmt.Errorf("%w: more than %d fields at byte %d", ErrTooLarge, MaxFields, i)
	}
	return nil
}

// stringEnd gives the index after the string that begins at i. A surrogate escape
// without its other half is refused: decoders replace it without a word, and the text
// would no longer be the publisher's.
func (s *scanner) stringEnd(i int) (int, error) {
	quote := i // the next quotation mark from j on; it is looked for once, not once per escape
	for j := i + 1; ; {
		if quote < j {
			if quote = j + bytes.IndexByte(s.data[j:], '"'); quote < j {
				quote = len(s.data)
			}
		}
		escape := bytes.IndexByte(s.data[j:quote], '\\')
		if escape < 0 && quote < len(s.data) {
			return quote + 1, nil
		}
		if escape < 0 {
			return quote, fmt.Errorf("%w: a string without an end at byte %d", ErrNotJSON, i)
		}
		j += escape
		half := surrogate(s.data, j)
		switch {
		case half == 0:
			j = min(j+2, len(s.data))
		case half == 1 && surrogate(s.data, j+6) == 2:
			j += 12
		default:
			return j, fmt.Errorf("%w at byte %d", ErrSurrogate, j)
		}
	}
}

// surrogate says whether the escape at i is the first (1) or second (2) half of a
// surrogate pair, or neither (0).
func surrogate(data []byte, i int) int {
	if i+6 > len(data) || data[i] != '\\' || data[i+1] != 'u' || data[i+2]|0x20 != 'd' || !isHex(data[i+4]) || !isHex(data[i+5]) {
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

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

func skipSpace(data []byte, i int) int {
	for i < len(data) && (data[i] == ' ' || data[i] == '\t' || data[i] == '\n' || data[i] == '\r') {
		i++
	}
	return i
}
