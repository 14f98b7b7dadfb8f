package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/segmentio/encoding/json"
	"github.com/spf13/cobra"

	"readout/internal/bus"
	"readout/internal/ingest"
	"readout/pkg/events"
)

const publishHelp = `publish sends articles to readout.submit.<source> and waits until each is stored. It takes
text files (the first line is the title when an empty line follows), JSON files with one
article, and JSON lines with one article each; "-" is the standard input.

An article is a JSON object. Only "text" is needed:

  {"id":"a-17","url":"https://...","publisher":"Harbour Wire","title":"...","text":"...",
   "language":"en","published":"2026-03-02T09:00:00Z","modified":"..."}

The same id with other words is a revision. Fields that Readout does not know come back
with the alert.

  readout publish article.txt --source desk
  zcat archive.jsonl.gz | readout publish - --source archive`

// publishOptions are the flags of publish.
type publishOptions struct {
	source, format string
	noCheck        bool
}

func (s *session) publish() *cobra.Command {
	o := publishOptions{}
	cmd := &cobra.Command{Use: "publish [FILE...|-]", Short: "Send articles in", Long: publishHelp,
		RunE: func(cmd *cobra.Command, files []string) error {
			conn, err := s.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer conn.Close()
			return s.runPublish(cmd, conn, files, o)
		}}
	cmd.Flags().StringVar(&o.source, "source", "desk", "`NAME` of who publishes; becomes a part of the subject")
	cmd.Flags().StringVar(&o.format, "format", "auto", "text, json, jsonl or auto")
	cmd.Flags().BoolVar(&o.noCheck, "no-check", false, "send what will be refused, too")
	return s.remote(cmd)
}

// window is how many articles are on their way at a time.
const window = 256

func (s *session) runPublish(cmd *cobra.Command, conn *bus.Conn, files []string, o publishOptions) error {
	p := &publisher{conn: conn, o: o, printer: s.printer(cmd.OutOrStdout()), notes: cmd.ErrOrStderr()}
	queue := make(chan input)
	var senders sync.WaitGroup
	for range window {
		senders.Go(func() {
			for in := range queue {
				p.send(cmd.Context(), in)
			}
		})
	}
	err := inputs(cmd.InOrStdin(), files, o.format, func(in input) bool {
		select {
		case queue <- in:
			return true
		case <-cmd.Context().Done():
			return false
		}
	})
	close(queue)
	senders.Wait()
	p.done()
	switch {
	case err != nil:
		return err
	case cmd.Context().Err() != nil:
		return fmt.Errorf("stopped: %d sent", p.sent)
	case p.failed > 0:
		return fmt.Errorf("%d of %d articles were not sent", p.failed, p.failed+p.sent)
	}
	return nil
}

// publisher sends articles and counts what became of them.
type publisher struct {
	conn    *bus.Conn
	o       publishOptions
	printer *printer
	notes   io.Writer

	mu           sync.Mutex
	sent, failed int
}

// receipt is what is printed for an article that was sent.
type receipt struct {
	Article   string `json:"article,omitempty"`
	Source    string `json:"source"`
	Sequence  uint64 `json:"sequence"`
	Duplicate bool   `json:"duplicate,omitempty"`
	Title     string `json:"title,omitempty"`
	Where     string `json:"where,omitempty"`
}

func (p *publisher) send(ctx context.Context, in input) {
	r, err := p.try(ctx, in)
	p.mu.Lock()
	defer p.mu.Unlock()
	if err != nil {
		p.failed++
		fmt.Fprintf(p.notes, "%s: %s\n", in.where, harmless(err.Error()))
		return
	}
	p.sent++
	p.printer.receipt(r)
	if p.sent%1000 == 0 && terminal(p.notes) {
		fmt.Fprintf(p.notes, "\r%d sent", p.sent)
	}
}

func (p *publisher) try(ctx context.Context, in input) (receipt, error) {
	r := receipt{Source: events.Token(p.o.source), Where: in.where}
	if in.err != nil {
		return r, in.err
	}
	article, err := ingest.Check(in.data, p.o.source, time.Now())
	if err == nil {
		r.Article, r.Title = article.ID, article.Title
	} else if !p.o.noCheck {
		return r, refused(err)
	}
	stored, err := p.conn.Publish(ctx, submission(p.o.source, in.data))
	r.Sequence, r.Duplicate = stored.Sequence, stored.Duplicate
	return r, err
}

// refused words a rejection for the person who sends.
func refused(err error) error {
	var r *events.Rejection
	if errors.As(err, &r) {
		return fmt.Errorf("refused (%s): %w", r.Why, err)
	}
	return err
}

// done ends the line of progress.
func (p *publisher) done() {
	if p.sent >= 1000 && terminal(p.notes) {
		fmt.Fprintf(p.notes, "\r%d sent\n", p.sent)
	}
}

// submission makes the message that sends an article in. Its id follows from its bytes,
// so that the server drops what is sent twice in a moment.
func submission(source string, data []byte) bus.Message {
	id := events.ID("su", source, string(data))
	envelope := events.Envelope{ID: id, Type: events.TypeSubmission, Source: "/readout/publish", Time: time.Now(), Trace: events.NewTrace()}
	return bus.Message{Subject: events.SubmitSubject(source), ID: id, Headers: envelope.Headers(), Data: data}
}

// encodeText makes a submission of a text file.
func encodeText(id, text string) ([]byte, error) {
	return json.Marshal(events.Submission{ID: id, Title: titleOf(text), Text: events.Text(text)})
}
