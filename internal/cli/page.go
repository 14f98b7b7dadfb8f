package cli

import (
	"context"
	"errors"
	"fmt"
	"os"

	"readout/internal/annotate/marked"
	"readout/internal/annotate/page"
)

// maxPage is how much text one page may hold, in bytes: a browser has to open it.
const maxPage = 32 << 20

// page writes all articles to one HTML file. It stands under another name until it is
// whole, so that a page that was there before is not lost to a failure.
func (r *reading) page(ctx context.Context, name, version string) error {
	part := name + ".part"
	f, err := os.Create(part)
	if err != nil {
		return pageError(name, err)
	}
	defer os.Remove(part)
	defer f.Close()
	var all []*marked.Article
	size := 0
	stats, err := r.articles(ctx, func(a *marked.Article) error {
		if size += a.Size(); size > maxPage {
			return fmt.Errorf("the articles have more than %d MB of text, too much for one page: write several with fewer files each", maxPage>>20)
		}
		all = append(all, a)
		return nil
	})
	if err != nil {
		return err
	}
	if len(all) > 0 {
		err = errors.Join(page.Write(f, all, version), f.Close())
		if err == nil {
			err = os.Rename(part, name)
		}
		if err != nil {
			return pageError(name, err)
		}
		fmt.Fprintf(r.notes, "%s: articles written: %d; open it in a browser\n", harmless(name), len(all))
	}
	return incomplete(stats)
}

func pageError(name string, err error) error {
	return fmt.Errorf("cannot write the page %s: %w\nGive --html a name in a folder that exists, that you may write to, and that has room", harmless(name), err)
}
