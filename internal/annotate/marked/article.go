package marked

import (
	"slices"
	"strings"
	"unicode"

	"readout/pkg/events"
)

// Article is a text with what was found in it, ready to be shown.
type Article struct {
	// Name is that of the file or the line it came from.
	Name string
	// Title is its headline; empty where it does not begin with one.
	Title string
	// Paragraphs are the lines that hold anything.
	Paragraphs []Paragraph
	// Notes are all findings, kind by kind.
	Notes []Note
	// Warnings say what was not read.
	Warnings []string
}

// Paragraph is one line of the text.
type Paragraph struct {
	// Pieces joined are the line, without the space around it.
	Pieces []Piece
	// Notes are the findings that begin here, as numbers of Article.Notes.
	Notes []int
	// start and end count code points of the whole text.
	start, end int
}

// Text gives the words of a paragraph.
func (p *Paragraph) Text() string {
	var b strings.Builder
	for _, piece := range p.Pieces {
		b.WriteString(piece.Text)
	}
	return b.String()
}

// Piece is a stretch of text over which the same marks lie from end to end.
type Piece struct {
	Text  string
	Marks []Mark
}

// Mark is one finding, or one part of a finding, that lies over a piece.
type Mark struct {
	Kind Kind
	// Note is the number of the finding in Article.Notes.
	Note int
	// First is true on the first piece that the mark lies over.
	First bool
}

// mark is a stretch before the text is cut; start and end count code points.
type mark struct {
	kind       Kind
	start, end int
	note       int
}

// New lays findings over a text. Marks that do not lie within the text are left out; their
// notes stay, under the last paragraph.
func New(name, text string, f *events.Findings) *Article {
	c := collect(f)
	a := &Article{Name: name, Notes: c.notes}
	runes := []rune(text)
	a.Paragraphs = paragraphs(runes)
	a.Title = title(runes, a.Paragraphs)
	marks := inside(c.marks, len(runes))
	a.place(marks)
	s := sweep{runes: runes, marks: marks}
	for i := range a.Paragraphs {
		p := &a.Paragraphs[i]
		p.Pieces = s.pieces(p.start, p.end)
	}
	return a
}

// Counts gives how many findings there are of each kind.
func (a *Article) Counts() [Kinds]int {
	var n [Kinds]int
	for _, note := range a.Notes {
		n[note.Kind]++
	}
	return n
}

// paragraphs finds the lines that hold anything, in one pass.
func paragraphs(runes []rune) []Paragraph {
	var out []Paragraph
	for start := 0; start < len(runes); {
		end := start
		for end < len(runes) && runes[end] != '\n' {
			end++
		}
		from, to := start, end
		for from < to && unicode.IsSpace(runes[from]) {
			from++
		}
		for to > from && unicode.IsSpace(runes[to-1]) {
			to--
		}
		if from < to {
			out = append(out, Paragraph{start: from, end: to})
		}
		start = end + 1
	}
	return out
}

// maxTitle is the most code points of a headline.
const maxTitle = 200

// title gives the first line where it looks like a headline: short, without a full stop,
// and followed by more.
func title(runes []rune, paragraphs []Paragraph) string {
	if len(paragraphs) < 2 {
		return ""
	}
	p := paragraphs[0]
	if p.end-p.start > maxTitle || strings.ContainsRune(`.!;:,"”`, runes[p.end-1]) {
		return ""
	}
	return string(runes[p.start:p.end])
}

// inside keeps the marks that lie within a text, in the order of their beginnings, the
// longer ones first.
func inside(marks []mark, n int) []mark {
	marks = slices.DeleteFunc(marks, func(m mark) bool { return m.start < 0 || m.start >= m.end || m.end > n })
	slices.SortStableFunc(marks, func(a, b mark) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	return marks
}

// place puts each note under the paragraph in which its first mark of its own kind begins.
func (a *Article) place(marks []mark) {
	if len(a.Paragraphs) == 0 {
		return
	}
	placed := make([]bool, len(a.Notes))
	at := 0
	for _, m := range marks {
		if placed[m.note] || m.kind != a.Notes[m.note].Kind {
			continue
		}
		for at+1 < len(a.Paragraphs) && a.Paragraphs[at].end <= m.start {
			at++
		}
		a.Paragraphs[at].Notes = append(a.Paragraphs[at].Notes, m.note)
		placed[m.note] = true
	}
	last := &a.Paragraphs[len(a.Paragraphs)-1]
	for n, done := range placed {
		if !done {
			last.Notes = append(last.Notes, n)
		}
	}
}

// maxOver is how many marks of one kind may lie over one another. Where a text has more,
// those that begin last are not marked: else each piece would carry them all, and a text
// could make the page grow with its square.
const maxOver = 4

// sweep goes over a text once, from left to right.
type sweep struct {
	runes []rune
	marks []mark // those still to come
	over  []over // those that lie over the present place
}

// over is a mark that lies over the present place.
type over struct {
	mark
	shown bool
}

// pieces cuts one paragraph. Paragraphs have to come in their order.
func (s *sweep) pieces(start, end int) []Piece {
	var out []Piece
	for at := start; at < end; {
		s.move(at)
		next := s.next(at, end)
		out = append(out, Piece{Text: string(s.runes[at:next]), Marks: s.carried()})
		at = next
	}
	return out
}

// move lets go of the marks that end before a place, and takes up those that begin.
func (s *sweep) move(at int) {
	s.over = slices.DeleteFunc(s.over, func(o over) bool { return o.end <= at })
	for len(s.marks) > 0 && s.marks[0].start <= at {
		m := s.marks[0]
		s.marks = s.marks[1:]
		if m.end > at && s.depth(m.kind) < maxOver {
			s.over = append(s.over, over{mark: m})
		}
	}
}

func (s *sweep) depth(k Kind) int {
	n := 0
	for _, o := range s.over {
		if o.kind == k {
			n++
		}
	}
	return n
}

// next gives the end of the piece that begins at a place.
func (s *sweep) next(at, end int) int {
	if len(s.marks) > 0 {
		end = min(end, s.marks[0].start)
	}
	for _, o := range s.over {
		end = min(end, o.end)
	}
	return end
}

// carried gives the marks over the present place, kind by kind.
func (s *sweep) carried() []Mark {
	var out []Mark
	for i := range s.over {
		o := &s.over[i]
		out = append(out, Mark{Kind: o.kind, Note: o.note, First: !o.shown})
		o.shown = true
	}
	slices.SortStableFunc(out, func(a, b Mark) int { return int(a.Kind - b.Kind) })
	return out
}

// Size gives how many bytes of text an article has.
func (a *Article) Size() int {
	n := 0
	for _, p := range a.Paragraphs {
		for _, piece := range p.Pieces {
			n += len(piece.Text)
		}
	}
	return n
}
