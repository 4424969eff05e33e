package mail

import (
	_ "embed" // the letter
	"fmt"
	"html/template"
	"strings"
)

//go:embed letter.html
var letterHTML string

var page = template.Must(template.New("letter").Parse(letterHTML))

// html is the letter with a button.
func (l letter) html() (string, error) {
	var b strings.Builder
	if err := page.Execute(&b, l); err != nil {
		return "", fmt.Errorf("write mail: %w", err)
	}
	return b.String(), nil
}
