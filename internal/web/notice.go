package web

import (
	"net/http"

	"parlor/internal/web/look"
)

// notices are what a page can say about the form that led to it. Only the code is in the address, never a text.
var notices = map[string]string{
	"saved":        "Your settings are saved.",
	"removed":      "The link was taken out. The event itself is as it was.",
	"on":           "The calendar is on. Parlor is reading it now.",
	"off":          "The calendar is off. Links that are already there keep working.",
	"sync":         "Parlor is looking at the calendar now.",
	"connected":    "Your calendar is connected. Parlor is reading it now.",
	"disconnected": "Your calendar is disconnected, and its password forgotten. Links in your events keep working.",
	"ended":        "That device is signed out.",
	"delegate":     "They may schedule in your room now.",
	"no-delegate":  "They may not schedule in your room any more.",
	"ended-rest":   "Every other device is signed out.",
}

func notice(r *http.Request) *look.Notice {
	q := r.URL.Query()
	if text, ok := notices[q.Get("done")]; ok {
		return &look.Notice{Text: text}
	}
	// A calendar that may not be seen has a message and a button of its own.
	if p, ok := signInProblems[q.Get("problem")]; ok && q.Get("problem") != "scope" {
		return &look.Notice{Bad: true, Text: p.What + " " + p.Next}
	}
	return nil
}
