package batch

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/segmentio/encoding/json"
)

// parse reads one JSON line. The fields that it does not name are passed over, however
// deep they nest.
func parse(line []byte) Item {
	if !utf8.Valid(line) {
		return Item{Err: errors.New("the line is not valid UTF-8")}
	}
	var item struct {
		ID   string  `json:"id"`
		Text *string `json:"text"`
	}
	if err := json.Unmarshal(line, &item); err != nil {
		return Item{Err: fmt.Errorf("want a JSON object with \"id\" and \"text\": %w", err)}
	}
	if item.Text == nil {
		return Item{ID: item.ID, Err: errors.New("\"text\" is missing")}
	}
	return Item{ID: item.ID, Text: *item.Text}
}
