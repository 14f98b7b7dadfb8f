package cli

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/segmentio/encoding/json"

	"readout/internal/app"
)

// input is one article to send.
type input struct {
	data  []byte
	where string // file and line, for errors
	err   error
}

// maxInput is the length in bytes of the longest text or line that is read.
const maxInput = 16 << 20

// inputs gives the articles of some files, until yield says stop. A file that cannot be
// read is an input with an error.
func inputs(stdin io.Reader, files []string, format string, yield func(input) bool) error {
	switch format {
	case "auto", "text", "json", "jsonl":
	default:
		return app.UsageError(fmt.Errorf("--format %q: want text, json, jsonl or auto", format))
	}
	if len(files) == 0 {
		files = []string{"-"}
	}
	for _, name := range files {
		if !file(stdin, name, format, yield) {
			return nil
		}
	}
	return nil
}

// file gives the articles of one file and says whether to go on.
func file(stdin io.Reader, name, format string, yield func(input) bool) bool {
	in, id := stdin, ""
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return yield(input{where: name, err: err})
		}
		defer f.Close()
		in, id = f, filepath.Base(name)
	}
	r := bufio.NewReaderSize(in, 1<<16)
	if format == "auto" {
		format = guess(r)
	}
	switch format {
	case "jsonl":
		return lines(r, name, yield)
	case "json":
		data, err := whole(r)
		return yield(input{data: bytes.TrimSpace(data), where: name, err: err})
	}
	text, err := whole(r)
	if err == nil && !utf8.Valid(text) {
		err = errors.New("the text is not UTF-8: convert it first")
	}
	var data []byte
	if err == nil {
		data, err = encodeText(id, string(text))
	}
	return yield(input{data: data, where: name, err: err})
}

// guess tells the format by how the input begins: JSON lines have a whole object on the
// first line.
func guess(r *bufio.Reader) string {
	head, _ := r.Peek(1 << 16)
	head = bytes.TrimLeft(head, " \t\r\n\ufeff")
	if len(head) == 0 || head[0] != '{' {
		return "text"
	}
	line, _, more := bytes.Cut(head, []byte("\n"))
	if more && !json.Valid(line) {
		return "json"
	}
	return "jsonl"
}

func whole(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxInput+1))
	if err == nil && len(data) > maxInput {
		err = fmt.Errorf("more than %d bytes", maxInput)
	}
	return data, err
}

func lines(r io.Reader, name string, yield func(input) bool) bool {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 1<<16), maxInput)
	n := 0
	for s.Scan() {
		n++
		if line := bytes.TrimSpace(s.Bytes()); len(line) > 0 && !yield(input{data: bytes.Clone(line), where: fmt.Sprintf("%s:%d", name, n)}) {
			return false
		}
	}
	if err := s.Err(); err != nil {
		return yield(input{where: fmt.Sprintf("%s:%d", name, n+1), err: err})
	}
	return true
}

// titleOf gives the first line of a text when an empty line follows it.
func titleOf(text string) string {
	title, rest, ok := strings.Cut(strings.TrimLeft(text, "\n\r \t\ufeff"), "\n")
	if !ok || len(title) > 300 || strings.TrimSpace(strings.SplitN(rest, "\n", 2)[0]) != "" {
		return ""
	}
	return strings.TrimSpace(title)
}
