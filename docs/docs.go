// Package docs holds the forms of the events as files, so that tests can hold the line to
// them: a JSON Schema for each event, and an AsyncAPI document of the channels.
package docs

import "embed"

// Files are schema/*.json, asyncapi.yaml and formats.md.
//
//go:embed schema/*.json asyncapi.yaml formats.md
var Files embed.FS
