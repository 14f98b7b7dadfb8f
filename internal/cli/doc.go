// Package cli is the command line of readout: what a person can do from a terminal, one
// file for each command.
//
// Commands print readable text on a terminal, and JSON lines in a pipe or with --json;
// annotate prints JSON lines unless it is told to --show articles or to write them as --html.
// Text of articles is made harmless before it reaches a terminal. Errors go to the
// standard error and say what to do; the exit codes are those of package app.
package cli
