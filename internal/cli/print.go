package cli

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
	"unicode"

	"readout/internal/bus"
	"readout/pkg/events"
)

// printer writes records: for people, or as JSON lines.
type printer struct {
	mu       sync.Mutex
	out      io.Writer
	readable bool
	colour   bool
}

func (s *session) printer(out io.Writer) *printer {
	return &printer{out: out, readable: s.readable(out), colour: colours(out)}
}

// line writes an event as one JSON line.
func (p *printer) line(event any) error {
	data, err := events.Encode(event)
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	_, err = p.out.Write(append(data, '\n'))
	return err
}

// text writes lines for people.
func (p *printer) text(format string, args ...any) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, err := fmt.Fprintf(p.out, format, args...)
	return err
}

// The colours of a terminal.
const (
	bold  = "\x1b[1m"
	dim   = "\x1b[2m"
	plain = "\x1b[0m"
)

// in wraps words in a colour, where there are colours.
func (p *printer) in(colour, words string) string {
	if !p.colour {
		return words
	}
	return colour + words + plain
}

// alert writes one stored alert. In JSON it is what stands in the stream, byte for byte.
func (p *printer) alert(r bus.Record) error {
	if !p.readable {
		p.mu.Lock()
		defer p.mu.Unlock()
		_, err := p.out.Write(append(bytes.Clone(r.Data), '\n'))
		return err
	}
	a, err := events.Decode[events.Alert](r.Data)
	if err != nil {
		return p.text("alert %d cannot be read: %v\n", r.Sequence, err)
	}
	return p.text("%s\n", p.view(a))
}

// view gives an alert as a person reads it.
func (p *printer) view(a *events.Alert) string {
	var b strings.Builder
	fmt.Fprintln(&b, p.in(bold, harmless(a.Title)))
	fmt.Fprintf(&b, "  %s: %s\n", a.Kind, harmless(a.Quote.Text))
	if a.Change != nil {
		fmt.Fprintf(&b, "  before: %s\n", harmless(a.Change.PreviousQuote))
	}
	if who := speaker(a); who != "" {
		fmt.Fprintf(&b, "  by: %s\n", harmless(who))
	}
	origin := []string{a.Article.Publisher, a.Article.Title, a.Article.URL}
	fmt.Fprintf(&b, "  in: %s\n", harmless(strings.Join(nonEmpty(origin), ", ")))
	fmt.Fprint(&b, p.in(dim, fmt.Sprintf("  %s  thread %s  confidence %.2f\n", a.Alerted.Local().Format(time.DateTime), a.Thread, a.Confidence)))
	return b.String()
}

// speaker gives who is behind the finding of an alert.
func speaker(a *events.Alert) string {
	var who *events.Actor
	switch {
	case a.Condition != nil:
		who = &a.Condition.Setter
	case a.Denial != nil:
		who = &a.Denial.Denier
	case a.Sanction != nil:
		who = a.Sanction.Imposer
	case a.Casualty != nil:
		who = a.Casualty.Source
	}
	if who == nil {
		return ""
	}
	if who.Role != "" && !strings.Contains(who.Name, who.Role) {
		return who.Name + " (" + who.Role + ")"
	}
	return who.Name
}

func nonEmpty(list []string) []string {
	var out []string
	for _, s := range list {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

func (p *printer) receipt(r receipt) {
	if !p.readable {
		_ = p.line(r)
		return
	}
	again := ""
	if r.Duplicate {
		again = "  (sent before)"
	}
	_ = p.text("%s  %s  %d%s  %s\n", r.Article, r.Source, r.Sequence, again, harmless(r.Title))
}

// harmless gives a text that cannot move the cursor, colour the screen or turn the
// direction of writing: whoever wrote the article is a stranger.
func harmless(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs) || r == unicode.ReplacementChar:
			return '·'
		}
		return r
	}, s)
}
