package events

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The streams, one for each event. Their subjects are built and parsed in this file and
// nowhere else.
const (
	StreamSubmissions = "SUBMISSIONS" // readout.submit.<source>
	StreamArticles    = "ARTICLES"    // readout.articles.<article>.<source>
	StreamAnnotations = "ANNOTATIONS" // readout.annotations.<article>.<source>.<revision>.<pipeline>
	StreamAlerts      = "ALERTS"      // readout.alerts.<kind>.<state>.<party>.<thread>
	StreamDead        = "DEAD"        // readout.dead.<stage>.<reason>.<id>
	StreamSuspects    = "SUSPECTS"    // readout.suspects.<stage>.<sequence>
	StreamAdvisories  = "ADVISORIES"  // the server's own word on messages nobody could finish
)

const (
	root        = "readout."
	submit      = root + "submit."
	articles    = root + "articles."
	annotations = root + "annotations."
	alerts      = root + "alerts."
	dead        = root + "dead."
	suspects    = root + "suspects."
)

// The subjects that each stream holds.
const (
	AllSubmissions = submit + "*"
	AllArticles    = articles + "*.*"
	AllAnnotations = annotations + "*.*.*.*"
	AllAlerts      = alerts + "*.*.*.*"
	AllDead        = dead + "*.*.*"
	AllSuspects    = suspects + "*.*"
	AllAdvisories  = "$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.*.*"
)

const (
	// maxToken is the length of a subject token in bytes.
	maxToken = 64
	// tokenHash is the length in bytes of the hash that stands for lost letters. Names
	// come out of articles, and with half of it somebody could write an article that is
	// told under another party's name.
	tokenHash = 8
)

// Token turns any text into one safe subject token of [a-z0-9_-], at most 64 bytes.
// Upper case is folded and other characters become "-". A text that loses letters on
// the way keeps a short hash, so that two different texts do not meet in one token.
// A text without any content becomes "_".
func Token(s string) string {
	var b strings.Builder
	if isToken(s) {
		return s
	}
	lossy, gap := false, false
	for _, r := range s {
		switch {
		case r >= 'A' && r <= 'Z':
			r += 'a' - 'A'
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_':
		default:
			gap = true
			lossy = lossy || r > 127
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteRune(r)
	}
	token := b.String()
	if !lossy && len(token) <= maxToken {
		if token == "" {
			return UnknownParty
		}
		return token
	}
	sum := sha256.Sum256([]byte(s))
	tail := hex.EncodeToString(sum[:tokenHash])
	if token == "" {
		return tail
	}
	// Two dashes in a row would not be left as they are when the token is made a token
	// again.
	return strings.TrimRight(token[:min(len(token), maxToken-1-len(tail))], "-") + "-" + tail
}

// isToken says whether a text is its own token, as ids are, which are most of what comes.
func isToken(s string) bool {
	if s == "" || len(s) > maxToken || s[len(s)-1] == '-' {
		return false
	}
	dash := true // a dash may neither begin a token nor follow another
	for i := range len(s) {
		c := s[i]
		if c == '-' && dash || c != '-' && c != '_' && (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
		dash = c == '-'
	}
	return true
}

// SubmitSubject is where publishers send their submissions.
func SubmitSubject(source string) string { return submit + Token(source) }

// ArticleSubject is where the revisions of an article from one source are stored. The
// article stands before the source, so that looking up one among millions costs the
// server a walk along one branch.
func ArticleSubject(article, source string) string {
	return articles + Token(article) + "." + Token(source)
}

// ArticleRevisions matches all revisions of one article, whatever source they came from.
func ArticleRevisions(article string) string { return articles + Token(article) + ".*" }

// AnnotationSubject is where the findings of one pipeline in one revision are stored.
func AnnotationSubject(article, source string, revision int, pipeline string) string {
	return annotations + Token(article) + "." + Token(source) + "." + strconv.Itoa(revision) + "." + Token(pipeline)
}

// AlertSubject is where one change of one thread is published.
func AlertSubject(kind Kind, state State, party, thread string) string {
	return alerts + Token(string(kind)) + "." + Token(string(state)) + "." + Token(party) + "." + Token(thread)
}

// AlertFilter matches the alerts of a kind, a state and a party; an empty one matches
// every kind, state or party.
func AlertFilter(kind Kind, state State, party string) string {
	return alerts + orAny(string(kind)) + "." + orAny(string(state)) + "." + orAny(party) + ".*"
}

func orAny(s string) string {
	if s == "" {
		return "*"
	}
	return Token(s)
}

// DeadSubject is where one dead letter is stored.
func DeadSubject(stage, reason, id string) string {
	return dead + Token(stage) + "." + Token(reason) + "." + Token(id)
}

// DeadFilter matches the dead letters of a stage, a reason and an id; an empty one
// matches any.
func DeadFilter(stage, reason, id string) string {
	return dead + orAny(stage) + "." + orAny(reason) + "." + orAny(id)
}

// ParseDead gives the stage and the reason of the subject of a dead letter.
func ParseDead(subject string) (stage, reason string, err error) {
	rest, ok := strings.CutPrefix(subject, dead)
	tokens := strings.Split(rest, ".")
	if !ok || len(tokens) != 3 || slices.ContainsFunc(tokens, func(t string) bool { return t != Token(t) }) {
		return "", "", fmt.Errorf("%q is not the subject of a dead letter", subject)
	}
	return tokens[0], tokens[1], nil
}

// SuspectSubject is what marks of messages that may kill the workers of a stage begin with.
func SuspectSubject(stage string) string { return suspects + Token(stage) }

// SourceOf gives the source token of a submit subject.
func SourceOf(subject string) (string, error) {
	source, ok := strings.CutPrefix(subject, submit)
	if !ok || source != Token(source) {
		return "", fmt.Errorf("%q is not a submit subject: want %s<source>, the source of letters a-z, digits, - and _", subject, submit)
	}
	return source, nil
}

// ID derives an id from content: the prefix, "_" and 24 hexadecimal digits. The parts
// are kept apart, so ID("x", "ab", "c") and ID("x", "a", "bc") differ.
func ID(prefix string, parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		var n [8]byte
		for i := range n {
			n[i] = byte(len(p) >> (8 * i))
		}
		h.Write(n[:])
		h.Write([]byte(p))
	}
	return prefix + "_" + hex.EncodeToString(h.Sum(nil)[:12])
}
