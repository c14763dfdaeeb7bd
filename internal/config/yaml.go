package config

import (
	"errors"

	"go.yaml.in/yaml/v4"

	"wenfang/internal/diag"
	"wenfang/internal/source"
)

// yamlPos returns the place that a YAML error names.
func yamlPos(file *source.File, err error) diag.Pos {
	pos := diag.Pos{Path: file.Path, Line: 1, Col: 1}
	var load *yaml.LoadError
	if errors.As(err, &load) && load.Mark.Line > 0 {
		pos.Line, pos.Col = min(load.Mark.Line, file.Lines()), max(1, load.Mark.Column)
	}
	return pos
}

// yamlDetail returns the reason that a YAML error gives, without its place.
func yamlDetail(err error) string {
	var load *yaml.LoadError
	if errors.As(err, &load) {
		return load.Message
	}
	return err.Error()
}
