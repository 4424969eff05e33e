package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

// previewPage is what admin_preview.html shows: a policy before it is saved.
type previewPage struct {
	ETag, Edit string
	Lines      []string // what is said differently
	Means      []string // what it changes for people
	Danger     bool
	Back       string
}

// preview shows what a change would do, and stores nothing.
func (s *site) preview(v *visit, office *desk.Administration, etag string, edit policyEdit) error {
	before, _, err := office.Policy(v.ctx())
	if err != nil {
		return err
	}
	after, ok := edit.apply(before)
	if !ok {
		return parlor.ErrNotFound
	}
	estimate, err := office.PreviewPolicy(v.ctx(), etag, after)
	if errors.Is(err, parlor.ErrStale) {
		s.tell(v.w, v.r, policyMoved)
		return nil
	}
	if err != nil {
		return err
	}
	text, err := json.Marshal(edit)
	if err != nil {
		return fmt.Errorf("encode change of policy: %w", err)
	}
	page := previewPage{
		ETag: etag, Edit: string(text), Lines: policyChanges(before, after), Means: estimateWords(estimate),
		Danger: estimate.Rooms > 0 || estimate.Mailed > 0, Back: edit.from(),
	}
	return s.show(v, http.StatusOK, "admin_preview", "Save this?", page)
}

func (e policyEdit) from() string {
	switch {
	case e.Invitation != nil:
		return "/admin/invitation"
	case e.Rule != nil:
		return ruleHref(e.Rule.For)
	}
	return "/admin/policy"
}

// policyChanges says in words what one policy says and the other does not.
func policyChanges(before, after parlor.Policy) []string {
	was, is := policyLines(before), policyLines(after)
	var changes []string
	for _, line := range is {
		if !slices.Contains(was, line) {
			changes = append(changes, line)
		}
	}
	for _, line := range was {
		if !slices.Contains(is, line) {
			changes = append(changes, "No longer: "+line)
		}
	}
	if len(changes) == 0 && len(before.Rules) == len(after.Rules) {
		for i, rule := range after.Rules {
			if rule.For != before.Rules[i].For {
				return []string{scopeWords(rule.For) + " counts before " + scopeWords(before.Rules[i].For)}
			}
		}
	}
	return changes
}

func policyLines(p parlor.Policy) []string {
	var lines []string
	for _, rule := range p.Rules {
		for _, line := range ruleLines(rule) {
			lines = append(lines, scopeWords(rule.For)+": "+line)
		}
	}
	w := p.Invitation.Tidy()
	for _, part := range []struct{ name, text string }{{"Dial-in text of invitations", w.DialIn}, {"Footer of invitations", w.Footer}} {
		if part.text != "" {
			lines = append(lines, part.name+": “"+part.text+"”")
		}
	}
	if len(w.Languages) > 0 {
		lines = append(lines, "Languages of invitations: "+languageNames(w.Languages))
	}
	return lines
}

// estimateWords says what a change means, beforehand.
func estimateWords(e desk.Estimate) []string {
	if e.People == 0 {
		return []string{"No event that has a link is written anew because of it."}
	}
	about := ""
	if e.About {
		about = "About "
	}
	var words []string
	add := func(n int, one, more string) {
		switch {
		case n == 1:
			words = append(words, one)
		case n > 1:
			words = append(words, about+grouping(n)+" "+more)
		}
	}
	add(e.People, "One person's calendars are read anew.", "people's calendars are read anew.")
	add(e.Rooms, "One personal room is switched off. Coming meetings there get one-time numbers; its old link leads to a page that says so.",
		"personal rooms are switched off. Coming meetings there get one-time numbers; their old links lead to a page that says so.")
	add(e.Events, "One coming event is written anew.", "coming events are written anew.")
	if e.Events == 0 {
		words = append(words, "No coming event that has a link is written anew.")
	}
	add(e.Mailed, "One guest is mailed by their calendar because of it.", "guests are mailed by their calendars because of it.")
	add(e.Stale, "One guest elsewhere may keep the text they were sent.", "guests elsewhere may keep the text they were sent.")
	add(e.Kept, "One event keeps its text: the link still works, and the calendar would mail its guests.",
		"events keep their text: the links still work, and the calendars would mail the guests.")
	return words
}
