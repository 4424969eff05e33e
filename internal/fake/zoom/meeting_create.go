package zoom

import (
	"net/http"
	"regexp"
	"time"
)

// wish is what a client asks of a meeting.
type wish struct {
	Topic     string
	Agenda    string
	Type      int
	StartTime string `json:"start_time"`
	Duration  int
	Timezone  string
	Password  string
	Settings  struct {
		UsePMI           *bool `json:"use_pmi"`
		WaitingRoom      *bool `json:"waiting_room"`
		JoinBeforeHost   *bool `json:"join_before_host"`
		MeetingInvitees  []any `json:"meeting_invitees"`
		PushToCalendar   *bool `json:"push_change_to_calendar"`
		EmailNotifcation *bool `json:"email_notification"`
	}
}

// The types of meetings: without a time of their own, at one, again and again without times, and with them.
const (
	instant, scheduled, untimed, series = 1, 2, 3, 8

	longestTopic, longestAgenda = 200, 2000
)

var passcodes = regexp.MustCompile(`^[a-zA-Z0-9@_*-]{1,10}$`)

// create makes a meeting. Whether it takes place in the personal room is decided by use_pmi, and by the person's hidden
// default where that was left out.
func (s *Server) create(r *http.Request, p Person) (int, any) {
	var w wish
	if problem := read(r, &w); problem != nil {
		return http.StatusBadRequest, *problem
	}
	if w.Type == 0 {
		w.Type = scheduled
	}
	if problem := s.allows(w, p, w.Type); problem != nil {
		return http.StatusBadRequest, *problem
	}
	if !s.spend(p.Email) {
		return http.StatusTooManyRequests, limited
	}
	s.mu.Lock()
	s.serial += 7_919
	m := &meeting{id: s.serial, host: p.Email, kind: w.Type, password: "oneTime1", made: s.now()}
	w.onto(m)
	if w.inRoom(p) {
		m.pmi = p.PMI
	}
	s.meetings[m.id] = m
	made := *m
	s.mu.Unlock()
	if made.pmi != 0 && w.Password != "" { // a passcode for one meeting in the room becomes the room's
		s.Change(p.Email, func(p *Person) { p.Passcode = w.Password })
		p.Passcode = w.Password
	}
	return http.StatusCreated, s.shown(made, p)
}

func (w wish) inRoom(p Person) bool {
	if w.Settings.UsePMI == nil {
		return p.UsePMI && !p.Off && w.Type != series
	}
	return *w.Settings.UsePMI
}

// allows finds what is wrong with a wish.
func (s *Server) allows(w wish, p Person, kind int) *fault {
	asksRoom := w.Settings.UsePMI != nil && *w.Settings.UsePMI
	switch {
	case kind != instant && kind != scheduled && kind != untimed && kind != series:
		return invalid("type", "Invalid field.")
	case asksRoom && kind == series:
		return invalid("settings.use_pmi", "A recurring meeting with fixed times cannot use the personal meeting ID.")
	case asksRoom && p.Off:
		return &fault{Code: 3000, Message: "Personal Meeting ID is disabled by the administrator."}
	case len([]rune(w.Topic)) > longestTopic:
		return invalid("topic", "Topic must be at most 200 characters.")
	case len([]rune(w.Agenda)) > longestAgenda:
		return invalid("agenda", "Agenda must be at most 2000 characters.")
	case w.Password != "" && !passcodes.MatchString(w.Password):
		return invalid("password", "Passcode does not meet the requirements.")
	}
	if w.StartTime == "" {
		return nil
	}
	if _, err := time.Parse("2006-01-02T15:04:05Z", w.StartTime); err == nil {
		return nil
	}
	if _, err := time.Parse("2006-01-02T15:04:05", w.StartTime); err != nil || w.Timezone == "" {
		return invalid("start_time", "Invalid time.")
	}
	return nil
}

// onto writes a wish into a meeting; what it leaves out stays.
func (w wish) onto(m *meeting) {
	if w.Topic != "" {
		m.topic = w.Topic
	}
	if w.StartTime != "" {
		m.start, m.zone = w.StartTime, w.Timezone
	}
	if w.Duration != 0 {
		m.duration = w.Duration
	}
	if w.Password != "" {
		m.password = w.Password
	}
}
