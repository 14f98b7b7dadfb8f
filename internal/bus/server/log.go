package server

import (
	"fmt"
	"sync"

	"github.com/nats-io/nats-server/v2/server"
)

// listener passes on what the server has to say and keeps the reason why it cannot
// start. The server only logs it, as a last word before the end of a process that is
// all its own; here it has to become an error.
type listener struct {
	server.Logger
	once  sync.Once
	fatal chan error // closed never, holds one error
}

func newListener(log server.Logger) *listener {
	if log == nil {
		log = silence{}
	}
	return &listener{Logger: log, fatal: make(chan error, 1)}
}

// Fatalf keeps the first reason.
func (l *listener) Fatalf(format string, v ...any) {
	l.once.Do(func() { l.fatal <- fmt.Errorf(format, v...) })
	l.Errorf(format, v...)
}

// silence is a logger for those who do not listen.
type silence struct{}

func (silence) Noticef(string, ...any) {}
func (silence) Warnf(string, ...any)   {}
func (silence) Fatalf(string, ...any)  {}
func (silence) Errorf(string, ...any)  {}
func (silence) Debugf(string, ...any)  {}
func (silence) Tracef(string, ...any)  {}
