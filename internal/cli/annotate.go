package cli

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"readout/internal/annotate"
	"readout/internal/annotate/batch"
	"readout/internal/app"
	"readout/internal/reading/english"
)

const annotateHelp = `annotate reads texts without a server and prints what it finds in each, one JSON line a
text, in the order of the input. It takes text files, and JSON lines {"id":...,"text":...};
"-" is the standard input. Spans count Unicode code points of exactly the text given. A line may also
have "published", a date or a time, by which it is known who was in office.

  readout annotate article.txt
  readout annotate archive.jsonl -j 2 > findings.jsonl`

func (s *session) annotate() *cobra.Command {
	workers := 0
	cfg := app.Defaults()
	cmd := &cobra.Command{Use: "annotate [FILE...|-]", Short: "Read texts without a server", Long: annotateHelp,
		RunE: func(cmd *cobra.Command, files []string) error { return runAnnotate(cmd, files, workers, cfg.Actors) }}
	cmd.Flags().IntVarP(&workers, "jobs", "j", 0, "texts to read at a time; 0 uses all cores")
	cfg.ReadingFlags(cmd.Flags())
	return cmd
}

func runAnnotate(cmd *cobra.Command, files []string, workers int, actors string) error {
	if len(files) == 0 {
		files = []string{"-"}
	}
	notes := cmd.ErrOrStderr()
	o := batch.Options{Workers: workers, Failed: func(where string, err error) {
		first, _, _ := strings.Cut(err.Error(), "\n")
		fmt.Fprintf(notes, "%s: %s\n", where, harmless(first))
	}}
	if terminal(notes) && !terminal(cmd.OutOrStdout()) {
		o.Progress = func(done int) {
			if done%100 == 0 {
				fmt.Fprintf(notes, "\r%d read", done)
			}
		}
	}
	reader, err := english.Open(actors)
	if err != nil {
		return app.UsageError(err)
	}
	service := annotate.New(reader.Pipeline(), reader.Version(), annotate.Options{})
	stats, err := batch.Run(cmd.Context(), service, items(cmd.InOrStdin(), files), cmd.OutOrStdout(), o)
	if o.Progress != nil {
		fmt.Fprintf(notes, "\r%d read\n", stats.Read)
	}
	if err == nil && stats.Failed > 0 {
		err = fmt.Errorf("%d of %d texts could not be read", stats.Failed, stats.Failed+stats.Read)
	}
	return err
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
	if guess(r) == "text" {
		return yield(batch.File(name, r))
	}
	on := true
	batch.Lines(name, r)(func(item batch.Item) bool {
		on = yield(item)
		return on
	})
	return on
}
