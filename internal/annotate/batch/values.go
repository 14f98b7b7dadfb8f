package batch

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
)

// laid is how JSON begins that is laid out over lines, or that is a list of objects.
var laid = regexp.MustCompile(`^[\s\x{feff}]*(\[\s*(\{|\]|$)|\{\s*\n)`)

// LaidOut says whether an input begins like JSON that is laid out over several lines, or
// like a list of objects, and not like JSON lines or plain text.
func LaidOut(r *bufio.Reader) bool {
	head, _ := r.Peek(1 << 10)
	return laid.Match(head)
}

// Values gives the items of JSON objects that are laid out over lines, or of one list of
// them, MaxLine bytes at most. What stands behind a mistake is not read: nothing tells
// where the next object begins.
func Values(name string, in io.Reader) func(func(Item) bool) {
	return func(yield func(Item) bool) {
		data, err := io.ReadAll(io.LimitReader(in, MaxLine+1))
		if err == nil && len(data) > MaxLine {
			err = fmt.Errorf("the JSON has more than %d bytes: write one object a line", MaxLine)
		}
		data = bytes.TrimPrefix(data, []byte("\ufeff"))
		if err == nil && tooDeep(data) {
			err = fmt.Errorf("the JSON nests more than %d deep", maxDepth)
		}
		if err != nil {
			yield(Item{Where: name, Err: err})
			return
		}
		d := json.NewDecoder(bytes.NewReader(data))
		list := bytes.HasPrefix(bytes.TrimSpace(data), []byte("["))
		if list {
			_, _ = d.Token() // the bracket that was just seen
		}
		for d.More() {
			rest := bytes.TrimLeft(data[d.InputOffset():], " \t\r\n,")
			line := 1 + bytes.Count(data[:len(data)-len(rest)], []byte("\n"))
			var raw json.RawMessage
			err := d.Decode(&raw)
			item := Item{}
			if err != nil {
				item.Err = fmt.Errorf("read JSON: %w", err)
			} else {
				item = parse(raw)
			}
			item.Where = fmt.Sprintf("%s:%d", name, line)
			if !yield(item) || err != nil {
				return
			}
		}
		if _, err := d.Token(); list && err != nil {
			yield(Item{Where: name, Err: fmt.Errorf("read JSON: the list is not closed: %w", err)})
		}
	}
}
