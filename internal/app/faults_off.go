//go:build !faults

package app

import "readout/internal/language"

// faults gives the pipeline as it is. Programs built with the tag "faults" wrap it in
// failures for the crash tests; no other program can be made to fail from outside.
func faults(pipeline language.Annotator) language.Annotator { return pipeline }
