package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"readout/internal/annotate"
	"readout/internal/annotate/batch"
	"readout/internal/annotate/marked"
	"readout/internal/app"
	"readout/internal/reading/english"
)

const annotateHelp = `annotate reads texts without a server and prints what it finds in each, one JSON line a
text, in the order of the input. It takes text files, and JSON {"id":...,"text":...}, one object
a line, or laid out over lines, or a list; "-" is the standard input. Spans count Unicode code points of exactly the text given. A line may also
have "published", a date or a time, by which it is known who was in office.

  readout annotate article.txt
  readout annotate archive.jsonl -j 2 > findings.jsonl

With --show it prints the article itself, for people: the words of statements, conditions,
denials, sanctions and casualty figures, speakers and cues each in a colour of their own, and
under each paragraph a line for every finding: its kind, its act or type, who is behind it and
how sure the finding is (1 is certain). In a pipe, or with NO_COLOR set, the words of each finding
stand under the paragraph instead.

  readout annotate --show article.txt
  readout annotate --show article.txt | less

With --html it writes one page with all articles, to be opened in a browser; it needs no server
and no other file. Point at marked words, or tap them, to see what was found; boxes at the top
hide and show each kind. The name has to end in .html; a page of that name is replaced.

  readout annotate --html findings.html article.txt archive.jsonl`

// annotateFlags say how the texts are read and what becomes of the findings.
type annotateFlags struct {
	workers int
	actors  *string
	show    bool
	html    string
}

func (s *session) annotate() *cobra.Command {
	cfg := app.Defaults()
	flags := annotateFlags{actors: &cfg.Actors}
	cmd := &cobra.Command{Use: "annotate [FILE...|-]", Short: "Read texts without a server", Long: annotateHelp,
		RunE: func(cmd *cobra.Command, files []string) error { return runAnnotate(cmd, files, flags) }}
	cmd.Flags().IntVarP(&flags.workers, "jobs", "j", 0, "texts to read at a time when JSON lines are printed; 0 uses all cores")
	cmd.Flags().BoolVar(&flags.show, "show", false, "print the articles with the findings marked, for people")
	cmd.Flags().StringVar(&flags.html, "html", "", "write the articles with the findings marked to the page `OUT.html`")
	cfg.ReadingFlags(cmd.Flags())
	return cmd
}

// check refuses flags that do not go together, before anything is read.
func (f *annotateFlags) check() error {
	ext := strings.ToLower(filepath.Ext(f.html))
	switch {
	case f.html == "":
	case f.show:
		return fmt.Errorf("--show prints and --html writes a page: give one of them")
	case ext != ".html" && ext != ".htm":
		return fmt.Errorf("--html %q: want the page to write, a name that ends in .html, before the articles to read", f.html)
	}
	return nil
}

func runAnnotate(cmd *cobra.Command, files []string, flags annotateFlags) error {
	if err := flags.check(); err != nil {
		return app.UsageError(err)
	}
	if len(files) == 0 {
		files = []string{"-"}
	}
	reader, err := english.Open(*flags.actors)
	if err != nil {
		return app.UsageError(err)
	}
	r := reading{service: annotate.New(reader.Pipeline(), reader.Version(), annotate.Options{}),
		items: items(cmd.InOrStdin(), files), notes: cmd.ErrOrStderr()}
	switch {
	case flags.show:
		return r.show(cmd.Context(), cmd.OutOrStdout())
	case flags.html != "":
		return r.page(cmd.Context(), flags.html, reader.Version())
	}
	return r.lines(cmd.Context(), cmd.OutOrStdout(), flags.workers)
}

// reading is texts to read, and where failures are told.
type reading struct {
	service *annotate.Service
	items   func(func(batch.Item) bool)
	notes   io.Writer
}

// failed tells of a text that could not be read.
func (r *reading) failed(where string, err error) {
	first, _, _ := strings.Cut(err.Error(), "\n")
	fmt.Fprintf(r.notes, "%s: %s\n", where, harmless(first))
}

// lines prints the findings as JSON lines.
func (r *reading) lines(ctx context.Context, out io.Writer, workers int) error {
	o := batch.Options{Workers: workers, Failed: r.failed}
	if terminal(r.notes) && !terminal(out) {
		o.Progress = func(done int) {
			if done%100 == 0 {
				fmt.Fprintf(r.notes, "\r%d read", done)
			}
		}
	}
	stats, err := batch.Run(ctx, r.service, r.items, out, o)
	if o.Progress != nil {
		fmt.Fprintf(r.notes, "\r%d read\n", stats.Read)
	}
	if err == nil {
		err = incomplete(stats)
	}
	return err
}

// incomplete is the error of texts that could not be read; each has been told before.
func incomplete(stats batch.Stats) error {
	if stats.Failed == 0 {
		return nil
	}
	return fmt.Errorf("%d of %d texts could not be read", stats.Failed, stats.Failed+stats.Read)
}

// articles reads one text after the other and gives each with its findings marked, until
// take fails.
func (r *reading) articles(ctx context.Context, take func(*marked.Article) error) (stats batch.Stats, err error) {
	r.items(func(item batch.Item) bool {
		var a *marked.Article
		failure := item.Err
		if failure == nil {
			a, failure = r.article(ctx, item)
		}
		if failure != nil {
			if err = ctx.Err(); err != nil {
				return false
			}
			stats.Failed++
			r.failed(item.Where, failure)
			return true
		}
		stats.Read++
		err = take(a)
		return err == nil
	})
	return stats, err
}

func (r *reading) article(ctx context.Context, item batch.Item) (*marked.Article, error) {
	findings, warnings, err := r.service.Read(ctx, item.Text, item.Published)
	if err != nil {
		return nil, err
	}
	name := item.ID
	if name == "" {
		name = item.Where
	}
	a := marked.New(name, item.Text, &findings)
	a.Warnings = warnings
	return a, nil
}

// items gives the texts of some files.
func items(stdin io.Reader, files []string) func(func(batch.Item) bool) {
	return func(yield func(batch.Item) bool) {
		for _, name := range files {
			if !fileItems(stdin, name, yield) {
				return
			}
		}
	}
}

// fileItems gives the texts of one file and says whether to go on.
func fileItems(stdin io.Reader, name string, yield func(batch.Item) bool) bool {
	in := stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return yield(batch.Item{ID: name, Where: name, Err: err})
		}
		defer f.Close()
		in = f
	}
	r := bufio.NewReaderSize(in, 1<<16)
	read := batch.Lines
	switch {
	case batch.LaidOut(r):
		read = batch.Values
	case guess(r) == "text":
		return yield(batch.File(name, r))
	}
	on := true
	read(name, r)(func(item batch.Item) bool {
		on = yield(item)
		return on
	})
	return on
}
