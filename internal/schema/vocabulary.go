package schema

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
)

// vocabulary lists the constants of each type of strings.
type vocabulary map[string][]any

// vocabularies reads the constants of the package in a folder, file by file and each in
// the order of the source.
func vocabularies(dir string) (vocabulary, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, fmt.Errorf("list the files of %s: %w", dir, err)
	}
	words := vocabulary{}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return nil, fmt.Errorf("read constants of %s: %w", path, err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok {
				words.add(spec)
			}
			return true
		})
	}
	if len(words) == 0 {
		return nil, fmt.Errorf("read constants of %s: there are none", dir)
	}
	return words, nil
}

// add takes a constant in whose type is written beside it, as in
// Killed CasualtyStatus = "killed".
func (v vocabulary) add(spec *ast.ValueSpec) {
	kind, ok := spec.Type.(*ast.Ident)
	if !ok || len(spec.Values) != 1 {
		return
	}
	value, ok := spec.Values[0].(*ast.BasicLit)
	if !ok || value.Kind != token.STRING {
		return
	}
	if word, err := strconv.Unquote(value.Value); err == nil {
		v[kind.Name] = append(v[kind.Name], word)
	}
}
