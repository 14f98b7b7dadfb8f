// Package app puts the rooms together to running programs: it connects, provisions the
// streams, lends the services their state over the bus, serves health and metrics, and
// stops in order. The programs under cmd add their flags and nothing else.
//
// A stage is one service on the line. An ingester runs one stage, and so do an annotator
// and a notifier; "readout up" runs all three in one process.
package app
