package cli

import (
	"runtime/debug"

	"readout/internal/reading/english"
)

// version gives the state of the source that the program was built from.
func version() string {
	revision, dirty := "unknown", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			switch {
			case s.Key == "vcs.revision":
				revision = s.Value[:min(12, len(s.Value))]
			case s.Key == "vcs.modified" && s.Value == "true":
				dirty = ", changed"
			}
		}
	}
	return "revision " + revision + dirty + ", finders " + english.Version
}
