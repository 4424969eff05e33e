package google

import (
	"strings"

	"parlor/internal/parlor"
)

func guessFormat(body string) parlor.Format {
	if strings.Contains(body, "</") || strings.Contains(body, "<br") {
		return parlor.HTML
	}
	return parlor.Text
}
