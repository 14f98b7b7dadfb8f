package language

import (
	"strings"
	"unicode"

	"readout/pkg/events"
)

// Paragraphs lays the layer of paragraphs: every line that holds anything, with the zone
// of the article that it belongs to.
type Paragraphs struct{}

// Annotate fills Document.Paragraphs.
func (Paragraphs) Annotate(d *Document) {
	for start := 0; start < len(d.Text); {
		end := len(d.Text)
		if i := strings.IndexByte(d.Text[start:], '\n'); i >= 0 {
			end = start + i
		}
		if r := trim(d.Text, Range{start, end}); r.Len() > 0 {
			d.Paragraphs = append(d.Paragraphs, Paragraph{Range: r, Zone: zone(d.Words(r), len(d.Paragraphs) == 0)})
		}
		start = end + 1
	}
}

func trim(text string, r Range) Range {
	s := text[r.Start:r.End]
	left := strings.TrimLeftFunc(s, unicode.IsSpace)
	r.Start = r.End - len(left)
	r.End = r.Start + len(strings.TrimRightFunc(left, unicode.IsSpace))
	return r
}

const (
	// headlineWords is the most that a headline has.
	headlineWords = 24
	// furnitureWords is the most that a line of navigation has: "Previous Post Next Post".
	furnitureWords = 5
)

// zone tells where in the article a line stands.
func zone(line string, first bool) events.Zone {
	ends := strings.ContainsAny(line[len(line)-1:], `.!?":;,'`) || strings.HasSuffix(line, "”") || strings.HasSuffix(line, "…")
	words := len(strings.Fields(line))
	switch {
	case ends:
		return events.ZoneBody
	case first && words <= headlineWords:
		return events.ZoneHeadline
	case credits(line):
		return events.ZoneCaption
	case words <= furnitureWords, leads(line):
		return events.ZoneFurniture
	}
	return events.ZoneBody
}

// credits says whether a line names a picture agency, as captions do.
func credits(line string) bool {
	for _, agency := range []string{"Getty Images", "Reuters/", "AFP via", "EPA-EFE", "AP Photo"} {
		if strings.Contains(line, agency) {
			return true
		}
	}
	return false
}

// leads says whether a line sends the reader elsewhere: "Follow live: ...".
func leads(line string) bool {
	head, _, ok := strings.Cut(line, ":")
	switch strings.ToLower(head) {
	case "follow live", "read more", "watch", "listen", "related", "more on this story":
		return ok
	}
	return false
}
