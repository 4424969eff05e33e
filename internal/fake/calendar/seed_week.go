package calendar

import "strings"

// ada lists what Ada organises.
func (d week) ada() []seeding {
	london, berlin := Ada.Zone, "Europe/Berlin"
	weekly := Merge(guests(Bob.Email), Fields{"recurrence": List("RRULE:FREQ=WEEKLY")})
	allDay := Fields{"summary": "Founders’ day", "start": Dated(d.at("UTC", 4, "00:00")), "end": Dated(d.at("UTC", 5, "00:00"))}
	return []seeding{
		{Ada.Email, "seedpast", d.event(london, -1, "10:00", "11:00", "Retrospective #meet", nil)},
		{Ada.Email, "seedweekly", d.event(london, -6, "15:00", "15:30", "Catch-up with Bob #meet", weekly)},
		{Ada.Email, "seedplan", d.event(london, 1, "09:00", "10:00", "Plan the translation #meet", guests("luigi@menabrea.example"))},
		{Ada.Email, "seedoverlap", d.event(london, 1, "09:30", "10:30", "Interview: mathematician #meet", guests("mary@somerville.example"))},
		{Ada.Email, "seednext", d.event(london, 1, "10:30", "11:00", "Interview, afterwards #meet", nil)},
		{Ada.Email, "seedplain", d.event(london, 1, "12:30", "13:15", "Lunch", Fields{"location": "The Athenaeum, Pall Mall"})},
		{Ada.Email, "seedmeet", d.event(london, 2, "14:00", "15:00", "Engine demonstration", meet("abc-defg-hij"))},
		{Ada.Email, "seedberlin", d.event(berlin, 2, "17:00", "18:00", "Reading group #meet", guests("alexander@humboldt.example", Bob.Email))},
		{Ada.Email, "seedlong", d.event(london, 3, "11:00", "12:30", "Quarterly review", Fields{"description": review()})},
		{Ada.Email, "seedday", allDay},
		{Ada.Email, "seedline", d.event("America/New_York", 5, "09:00", "09:45", "Call with the New York office #meet", guests("office@newyork.example"))},
		{Family, "seedfamily", d.event(london, 6, "18:00", "20:00", "Dinner at Mother’s", nil)},
	}
}

// others lists what Bob organises.
func (d week) others() []seeding {
	york := Bob.Zone
	weekdays := Fields{"recurrence": List("RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")}
	return []seeding{
		{Bob.Email, "seedinvited", d.event(york, 3, "10:00", "10:45", "Budget for the engine", Merge(guests(Ada.Email), Fields{"description": "Please bring last year’s figures."}))},
		{Bob.Email, "seedstandup", d.event(york, -7, "09:15", "09:30", "Stand-up", weekdays)},
		{Bob.Email, "seedsupplier", d.event(york, 2, "15:00", "16:00", "Brass supplier #meet", guests("sales@brass.example"))},
		{Team, "seedteam", d.event(york, 4, "11:00", "12:00", "Engine team", nil)},
	}
}

// meet is a Google Meet conference with a fixed code.
func meet(code string) Fields {
	link := "https://meet.google.com/" + code
	return Fields{"hangoutLink": link, "conferenceData": Fields{
		"conferenceId":       code,
		"conferenceSolution": Fields{"name": "Google Meet", "key": Fields{"type": "hangoutsMeet"}},
		"entryPoints":        List[any](Fields{"entryPointType": "video", "uri": link, "label": "meet.google.com/" + code}),
	}}
}

// review is a long description as Google's web editor writes it.
func review() string {
	var b strings.Builder
	b.WriteString("<b>Quarterly review of the Analytical Engine</b><br><br>Agenda:<ol>")
	for _, item := range []string{"The mill", "The store", "Operation cards &amp; variable cards", "Notes A to G", "Money"} {
		b.WriteString("<li><u>" + item + "</u><ul><li>What was finished, what slipped, and why</li><li>What the next three months need</li></ul></li>")
	}
	b.WriteString(`</ol><p>Read before: <a href="https://www.google.com/url?q=https://www.fourmilab.ch/babbage/sketch.html&amp;sa=D&amp;source=calendar" target="_blank">Sketch of the Analytical Engine</a></p>`)
	for range 8 {
		b.WriteString("<p>The engine might act upon other things besides number, were objects found whose mutual fundamental relations could be expressed by those of the abstract science of operations, and which should be also susceptible of adaptations to the action of the operating notation and mechanism of the engine.</p>")
	}
	return b.String() + "<p>Ada &#128279; <i>A.A.L.</i></p>"
}
