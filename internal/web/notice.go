package web

import (
	"net/http"

	"parlor/internal/web/look"
)

// notices are what a page can say about the form that led to it. Only the code is in the address, never a text.
var notices = map[string]string{
	"saved":       "Your settings are saved.",
	"profile":     "Saved.",
	"changed":     "Changed. Your coming events follow by themselves.",
	"undone":      "Taken back. Your room is as it was before.",
	"too-late":    "There is nothing to take back any more.",
	"grace-ended": "Old links lead nowhere from now on.",
	"applied":     "Your coming meetings follow by themselves.",
	"locked":      "Your room is locked: nobody new comes in.",
	"unlocked":    "Your room is open again.",
	"removed":     "The link was taken out. The event itself is as it was.",
	"called-off":  "The meeting is off. Its link says so to whoever follows it.",
	"scheduled":   "Scheduled. Here is everything about it.",
	"switched":    "Done. The new link is below, and links that guests have lead there too.",
	"guarded":     "It stays out of your room: the reason is below.",
	"on":          "The calendar is on. Parlor is reading it now.",
	"off":         "The calendar is off. Links that are already there keep working.",
	"sync":        "Parlor is looking at the calendar now.",
	"feed":        "The address is made. Copy it into your calendar program.",
	"no-feed":     "That address leads nowhere any more.",
	"connected":   "Your calendar is connected. Parlor is reading it now.",
	"ended":       "That device is signed out.",
	"delegate":    "They may schedule in your room now.",
	"no-delegate": "They may not schedule in your room any more.",
	"stay":        "You stay connected. Links that were taken out stay out.",
	"deleted":     "Your account is deleted, with everything Parlor knew of you.",
	"person":      "They are known to you now. Meetings that are planned with them are looked at again.",
	"restored":    "They are known to you again.",
	"ended-rest":  "Every other device is signed out.",
	"policy":      "The policy is saved. It reaches everybody within a few seconds, and their events at the pace of their calendars.",
	"sign_out":    "They are signed out everywhere. Apps stop within ten minutes.",
	"delete":      "Their account is being deleted. It is listed here until the last of it is gone.",
	"disable":     "Their account is switched off.",
	"enable":      "Their account is switched on again.",
}

func notice(r *http.Request) *look.Notice {
	if told := done(r); told != nil {
		return told
	}
	q := r.URL.Query()
	// A calendar that may not be seen has a message and a button of its own.
	if p, ok := signInProblems[q.Get("problem")]; ok && q.Get("problem") != "scope" {
		return &look.Notice{Bad: true, Text: p.What + " " + p.Next}
	}
	return nil
}

// done is what the last click did, nil when nothing is known of it.
func done(r *http.Request) *look.Notice {
	if text, ok := notices[r.URL.Query().Get("done")]; ok {
		return &look.Notice{Text: text}
	}
	return nil
}
