package calendar

// spread carries what was written to one copy of an event to the other calendars that show it: a guest's change goes to
// the organiser first, the organiser's to every guest with a calendar here. before are the guests before the write.
func (w *World) spread(b *book, r *record, stamp int64, before []Fields) {
	f := b.effective(r)
	if !b.organises(f) {
		w.tellOrganizer(b, r, stamp)
		return
	}
	now := map[string]bool{}
	for _, guest := range Maps(f, "attendees") {
		email := Text(guest, "email")
		now[email] = true
		if to, ok := w.books[email]; ok && to != b {
			w.copyTo(to, b, r, stamp)
		}
	}
	for _, guest := range before {
		email := Text(guest, "email")
		if to, ok := w.books[email]; ok && to != b && !now[email] {
			w.dropCopy(to, r.id, stamp)
		}
	}
}

// tellOrganizer writes a guest's copy back to the organiser's, and from there to the other guests.
func (w *World) tellOrganizer(b *book, r *record, stamp int64) {
	home, ok := w.books[Text(b.effective(r), "organizer", "email")]
	if !ok {
		return
	}
	source, virtual := home.find(r.id)
	if source == nil || source.cancelled {
		return
	}
	old := home.effective(source)
	next := mirror(b.effective(r), old)
	if len(changedKeys(old, next)) == 0 {
		return
	}
	home.adopt(source, virtual)
	w.touchSeries(home, source, stamp)
	source.fields = home.own(source, next)
	w.touch(home, source, stamp)
	w.spread(home, source, stamp, nil)
}

// copyTo makes or renews the copy of r in a guest's calendar.
func (w *World) copyTo(to, from *book, r *record, stamp int64) {
	c, known := to.events[r.id]
	if !known {
		c = &record{id: r.id, series: r.series, created: stamp, fields: Fields{}}
		to.adopt(c, true)
	}
	source := from.effective(r)
	next := mirror(source, to.effective(c))
	if Map(next, "reminders") == nil {
		next["reminders"] = Fields{"useDefault": true}
	}
	if known && !c.cancelled && len(changedKeys(to.effective(c), next)) == 0 {
		return
	}
	old := to.effective(c)
	c.cancelled, c.dropped = false, false
	c.fields = to.own(c, next)
	w.touchSeries(to, c, stamp)
	w.touch(to, c, stamp)
	w.followMaster(to, c, changedKeys(old, next), known, stamp)
}

// dropCopy takes an event out of a calendar whose owner is no longer a guest.
func (w *World) dropCopy(from *book, id string, stamp int64) {
	c, known := from.events[id]
	if !known || c.cancelled {
		return
	}
	c.cancelled, c.dropped = true, true
	w.touchSeries(from, c, stamp)
	w.touch(from, c, stamp)
}
