package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

// editPage is what edit.html shows: the form for what the room is reached by.
type editPage struct {
	Rows    []roomField
	Instant field
	Faults  []fault
	Stale   bool // the room was changed elsewhere meanwhile
}

// roomField is one thing that the room is reached by.
type roomField struct {
	field
	Prefix  string   // what stands before it
	Suggest []string // what can be had instead
	Held    bool     // it is the video system's, and is changed there
}

func (s *site) editProfile(v *visit) error { return s.showEdit(v, http.StatusOK, nil, nil) }

// showEdit shows the room as it is or, where a form was posted, as that has it.
func (s *site) showEdit(v *visit, status int, posted url.Values, faults desk.Faults) error {
	room, err := s.desk.Room(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	settings, _, err := s.desk.Settings(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	page := newEditPage(room, settings, posted, faults)
	if video := s.video(v.account); video.Owned {
		for i := range page.Rows[:2] {
			page.Rows[i].Held = true
			page.Rows[i].Hint = "As you have it at " + video.Name + ". Change it there, and it follows here."
		}
	}
	suggest, err := s.suggestions(v, posted, faults)
	if err != nil {
		return err
	}
	for i := range page.Rows {
		page.Rows[i].Suggest = suggest[page.Rows[i].Name]
	}
	page.Stale = status == http.StatusPreconditionFailed
	title := "Edit your room"
	if len(page.Faults) > 0 {
		title = "Room not changed"
	}
	return s.show(v, status, "edit", title, page)
}

func newEditPage(room desk.RoomView, settings parlor.Settings, posted url.Values, faults desk.Faults) editPage {
	origin, _, _ := strings.Cut(room.JoinURL, "/j/")
	page := editPage{Instant: usePMIInstant, Rows: []roomField{
		{field: field{Name: "pmi", Label: "Personal Meeting ID", Value: grouped(room.PMI), Hint: pmiHint}},
		{field: field{Name: "personal_link", Label: "Personal link", Value: room.PersonalLink, Hint: linkHint}, Prefix: origin + "/my/"},
		{field: field{Name: "passcode", Label: "Passcode", Value: room.Passcode, Hint: passcodeHint}},
	}}
	page.Instant.fill(settings, posted, nil)
	page.Instant.Hint = "Start then always opens this room, wherever you press it."
	for i := range page.Rows {
		f := &page.Rows[i].field
		if value, ok := last(posted, f.Name); ok {
			f.Value = value
		}
		if at := slices.IndexFunc(faults, func(e parlor.FieldError) bool { return e.Field == f.Name }); at >= 0 {
			f.Fault = sentence(faults[at].Message)
			page.Faults = append(page.Faults, fault{f.Name, f.Label, f.Fault})
		}
	}
	return page
}

const (
	pmiHint      = "10 digits of your choice. Whether they can be had is checked while you type."
	linkHint     = "A name that is easier to remember than the number. Leave it empty to have none."
	passcodeHint = "For guests who come without the key in the link. Letters and digits that nobody guesses are best."
)

// roomChange is what a form asks for, which is what differs from the room as it is. Spaces and hyphens are how people write
// numbers.
func roomChange(posted url.Values, room desk.RoomView) desk.RoomChange {
	var change desk.RoomChange
	differs := func(name, now string, clean func(string) string) *string {
		value, ok := last(posted, name)
		if value = clean(value); !ok || value == now {
			return nil
		}
		return &value
	}
	change.PMI = differs("pmi", room.PMI, func(typed string) string { return strings.NewReplacer(" ", "", "-", "").Replace(typed) })
	change.PersonalLink = differs("personal_link", room.PersonalLink, strings.TrimSpace)
	change.Passcode = differs("passcode", room.Passcode, strings.TrimSpace)
	change.Of = posted.Get("of")
	change.Rotate = posted.Get("rotate") == "true"
	if days, err := strconv.Atoi(posted.Get("grace_days")); err == nil {
		change.GraceDays = &days
	}
	change.Quietly = posted.Get("quietly") == "true"
	return change
}

func changesNothing(c desk.RoomChange) bool {
	return c.PMI == nil && c.PersonalLink == nil && c.Passcode == nil && !c.Rotate
}

// checkProfile is for the page's script, which asks while the form is being filled.
func (s *site) checkProfile(v *visit) error {
	room, err := s.desk.Room(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	change := roomChange(v.r.PostForm, room)
	seen, err := s.desk.PreviewRoom(v.ctx(), v.account.ID, change)
	if late, ok := errors.AsType[*desk.TooOftenError](err); ok {
		wait := "That was tried very often. Wait " + about(late.After.String()) + ", then go on."
		return v.tell(verdict{Says: map[string]string{"summary": wait}, Bad: []string{"summary"}})
	}
	if err != nil {
		return err
	}
	answer := verdict{Says: map[string]string{}}
	for name, wished := range map[string]*string{"pmi": change.PMI, "personal_link": change.PersonalLink, "passcode": change.Passcode} {
		if wished != nil && *wished != "" {
			answer.Says[name] = "Can be had."
		}
	}
	for _, f := range seen.Faults {
		answer.Says[f.Field] = sentence(f.Message)
		answer.Bad = append(answer.Bad, f.Field)
	}
	if len(seen.Faults) == 0 && !changesNothing(change) {
		answer.Says["summary"] = consequences(seen)
	}
	answer.Suggest, err = s.suggestions(v, v.r.PostForm, seen.Faults)
	if err != nil {
		return err
	}
	return v.tell(answer)
}

// suggestions are what can be had instead of what is wrong.
func (s *site) suggestions(v *visit, posted url.Values, faults desk.Faults) (map[string][]string, error) {
	found := map[string][]string{}
	for _, f := range faults {
		typed, _ := last(posted, f.Field)
		var err error
		switch f.Field {
		case "pmi":
			found[f.Field], err = s.desk.SuggestPMIs(v.ctx(), v.account.ID, strings.ReplaceAll(typed, " ", ""))
		case "personal_link":
			found[f.Field], err = s.desk.SuggestLinks(v.ctx(), v.account.ID, typed)
		}
		if err != nil {
			return nil, err
		}
	}
	for i, pmi := range found["pmi"] {
		found["pmi"][i] = grouped(pmi)
	}
	return found, nil
}

// saveInstant saves the one setting that stands beside the room. It changes no event.
func (s *site) saveInstant(v *visit) error {
	wished, ok := last(v.r.PostForm, instantField)
	if !ok {
		return nil
	}
	current, etag, err := s.desk.Settings(v.ctx(), v.account.ID)
	if err != nil || current.UsePMIForInstant == (wished == "true") {
		return err
	}
	_, _, err = s.desk.SaveSettings(v.ctx(), v.account.ID, etag, func(now *parlor.Settings) error {
		now.UsePMIForInstant = wished == "true"
		return nil
	})
	if errors.Is(err, parlor.ErrStale) { // saved elsewhere in this very moment
		return parlor.ErrBusy
	}
	return err
}
