package batch

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"time"
	"unicode/utf8"

	"github.com/segmentio/encoding/json"
)

// MaxLine is the length in bytes of the longest line, and of the longest text, that is
// read.
const MaxLine = 16 << 20

// Lines gives the items of JSON lines. A line that cannot be read becomes an item with an
// error, and the next one is read all the same.
func Lines(name string, in io.Reader) func(func(Item) bool) {
	return func(yield func(Item) bool) {
		r := bufio.NewReaderSize(in, 1<<16)
		var line []byte
		for n := 1; ; n++ {
			var err error
			line, err = readLine(r, line[:0])
			if err == io.EOF && len(line) == 0 {
				return
			}
			item := Item{Err: err}
			switch {
			case err == nil || err == io.EOF:
				if line = bytes.TrimSpace(line); len(line) == 0 {
					continue
				}
				item = parse(line)
			case !errors.Is(err, errTooLong):
				item.Err = fmt.Errorf("read line: %w", err)
			}
			item.Where = fmt.Sprintf("%s:%d", name, n)
			if !yield(item) || err != nil && !errors.Is(err, errTooLong) {
				return
			}
		}
	}
}

var errTooLong = fmt.Errorf("the line has more than %d bytes", MaxLine)

// readLine appends one line to a buffer. Of one that is too long it keeps nothing, and
// reads on to its end, so that the next one can be read.
func readLine(r *bufio.Reader, line []byte) ([]byte, error) {
	long := false
	for {
		piece, err := r.ReadSlice('\n')
		if long = long || len(line)+len(piece) > MaxLine; !long {
			line = append(line, piece...)
		}
		switch {
		case err == bufio.ErrBufferFull:
		case err == nil && long, err == io.EOF && long:
			return line[:0], errTooLong
		default:
			return line, err
		}
	}
}

// parse reads one JSON line. The fields that it does not name are passed over.
func parse(line []byte) Item {
	if !utf8.Valid(line) {
		return Item{Err: errors.New("the line is not valid UTF-8")}
	}
	if tooDeep(line) {
		return Item{Err: fmt.Errorf("the line nests more than %d deep", maxDepth)}
	}
	var item struct {
		ID        string  `json:"id"`
		Text      *string `json:"text"`
		Published string  `json:"published"`
	}
	if err := json.Unmarshal(line, &item); err != nil {
		return Item{Err: fmt.Errorf("want a JSON object with \"id\" and \"text\": %w", err)}
	}
	if item.Text == nil {
		return Item{ID: item.ID, Err: errors.New("\"text\" is missing")}
	}
	published, err := date(item.Published)
	if err != nil {
		return Item{ID: item.ID, Err: err}
	}
	return Item{ID: item.ID, Text: *item.Text, Published: published}
}

// date reads a day or a time; nothing is no date. Archives often have a month alone, which
// does not say who was in office: it counts as no date.
func date(s string) (time.Time, error) {
	for _, form := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(form, s); err == nil {
			return t, nil
		}
	}
	for _, form := range []string{"2006-01", "2006", ""} {
		if _, err := time.Parse(form, s); err == nil {
			return time.Time{}, nil
		}
	}
	return time.Time{}, fmt.Errorf("\"published\" %q: want a time such as 2026-03-01T08:00:00Z, or a date", s)
}

// maxDepth is how deep a line may nest: the decoder goes down with it, and a line of
// brackets alone would end the program.
const maxDepth = 200

// tooDeep says whether a line opens more brackets than it may, outside of strings.
func tooDeep(line []byte) bool {
	depth, inString := 0, false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '[' || c == '{':
			if depth++; depth > maxDepth {
				return true
			}
		case c == ']' || c == '}':
			depth--
		}
	}
	return false
}

// File gives one text file as an item; its name is the id.
func File(name string, in io.Reader) Item {
	data, err := io.ReadAll(io.LimitReader(in, MaxLine+1))
	switch {
	case err != nil:
	case len(data) > MaxLine:
		err = fmt.Errorf("the text has more than %d bytes", MaxLine)
	case !utf8.Valid(data):
		err = errors.New("the text is not valid UTF-8")
	}
	return Item{ID: name, Text: string(data), Err: err, Where: name}
}
