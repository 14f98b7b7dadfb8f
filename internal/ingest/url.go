package ingest

import (
	"fmt"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// maxURL is the length of an address in bytes.
const maxURL = 2048

// canonicalURL gives the address by which an article is known: that which the page gives
// as its own, if it is of the same domain, without what only tracks readers.
func canonicalURL(address, own string) (string, error) {
	if address == "" {
		address, own = own, ""
	}
	if address == "" {
		return "", nil
	}
	u, err := parse(address)
	if err != nil {
		return "", err
	}
	if own != "" {
		v, err := parse(own)
		if err != nil {
			return "", err
		}
		// Syndicators point the address at themselves or at the origin: believe only
		// what a page says of its own domain.
		if domain(u) == domain(v) {
			u = v
		}
	}
	return u.String(), nil
}

func parse(address string) (*url.URL, error) {
	if len(address) > maxURL {
		return nil, fmt.Errorf("the URL has %d bytes, at most %d", len(address), maxURL)
	}
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return nil, fmt.Errorf("the URL cannot be read: %w", err)
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return nil, fmt.Errorf("the URL %q is not http or https with a host", address)
	}
	fold(u)
	return u, nil
}

// fold brings the addresses of one page to one form.
func fold(u *url.URL) {
	u.Fragment, u.RawFragment, u.User = "", "", nil
	if port := u.Port(); u.Scheme == "http" && port == "80" || u.Scheme == "https" && port == "443" {
		u.Host = strings.TrimSuffix(u.Host, ":"+port)
	}
	for _, prefix := range []string{"m.", "amp.", "mobile."} {
		if rest, ok := strings.CutPrefix(u.Host, prefix); ok && strings.Contains(rest, ".") {
			u.Host = rest
		}
	}
	if dir, file := path.Split(u.Path); strings.HasPrefix(file, "index.") {
		u.Path, u.RawPath = dir, ""
	}
	if u.Path == "" {
		u.Path = "/"
	}
	query := u.Query()
	for key := range query {
		if strings.HasPrefix(key, "utm_") || key == "fbclid" || key == "gclid" {
			query.Del(key)
		}
	}
	u.RawQuery, u.ForceQuery = query.Encode(), false
}

func domain(u *url.URL) string {
	if d, err := publicsuffix.EffectiveTLDPlusOne(u.Hostname()); err == nil {
		return d
	}
	return u.Hostname()
}
