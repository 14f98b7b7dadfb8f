//go:build !unix

package server

import (
	"fmt"
	"os"
	"path/filepath"
)

// lockDir takes a data folder for this process, making it where it is missing. Such
// systems refuse to remove a file that is open, so one that cannot be removed shows
// another server at work.
func lockDir(dir string) (*os.File, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	path := filepath.Join(dir, "lock")
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
		return nil, fmt.Errorf("the data folder %s is in use by another server: %w", dir, err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("write to data folder: %w", err)
	}
	return f, nil
}
