package mention

import (
	"fmt"
	"regexp"
)

// period is a stretch of days, as ISO dates, which compare as text. The table may give a
// month or a year: then somebody may have held the office from the first day of it on, and
// has certainly held it only from the last.
type period struct {
	// first and last bound the days on which the office may have been held, sure and till
	// those on which it certainly was. last and till are empty where it is open.
	first, last, sure, till string
}

var isoDate = regexp.MustCompile(`^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$`)

// readPeriod reads the two dates of a line. "-" and nothing stand for an open end.
func readPeriod(from, to string) (period, error) {
	if to == "-" {
		to = ""
	}
	if !isoDate.MatchString(from) {
		return period{}, fmt.Errorf("from %q: want a date such as 2019-05-20, 2019-05 or 2019", from)
	}
	if to != "" && !isoDate.MatchString(to) {
		return period{}, fmt.Errorf("to %q: want a date such as 2019-05-20, 2019-05 or 2019, or - while it lasts", to)
	}
	p := period{first: begin(from), sure: end(from)}
	if to != "" {
		p.last, p.till = end(to), begin(to)
	}
	if to != "" && p.last < p.first {
		return period{}, fmt.Errorf("from %s to %s: it ends before it begins", from, to)
	}
	return p, nil
}

// begin and end give the first and the last day that a date may mean. No month needs its
// true length: text is only compared.
func begin(date string) string { return date + "0000-01-01"[len(date):] }

func end(date string) string { return date + "0000-12-31"[len(date):] }

// certain leaves out the last day, on which the next holder takes over.
func (p *period) certain(day string) bool {
	return p.sure <= day && (p.till == "" || day < p.till)
}

func (p *period) possible(day string) bool {
	return p.first <= day && (p.last == "" || day <= p.last)
}

// overlaps says whether two periods certainly share a day.
func (p *period) overlaps(o *period) bool {
	return (o.till == "" || p.sure < o.till) && (p.till == "" || o.sure < p.till) && !p.empty() && !o.empty()
}

// empty says whether no day is certain: both dates are the same year.
func (p *period) empty() bool { return p.till != "" && p.till <= p.sure }
