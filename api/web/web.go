// Package web holds what the API serves to browsers: the website chat and the demo shop's page.
package web

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
)

// The folder always holds a placeholder, so that the package compiles before the first build.
//
//go:embed all:widget/dist
var widgetFS embed.FS

// ErrNotBuilt says that the binary was compiled before the front end was.
var ErrNotBuilt = errors.New("the website chat is not built: run make web, then build again")

// Widget returns the chat's script, the one file that a shop's page loads. The error is ErrNotBuilt if it isn't there.
func Widget() ([]byte, error) {
	script, err := widgetFS.ReadFile("widget/dist/widget.js")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotBuilt
	}
	if err != nil {
		return nil, fmt.Errorf("read the website chat: %w", err)
	}
	return script, nil
}
