package calendar

// Delete cancels an event, a whole series or one occurrence. The organiser's delete takes the guests' copies along; a
// guest's delete declines the invitation, a Local one takes a cancelled copy out.
func (w *World) Delete(calendar, id string, o Write) error {
	return w.write(func() error {
		if o.Local && w.takeOut(calendar, id) {
			return nil
		}
		b, r, virtual, err := w.writable(calendar, id, o)
		if err != nil {
			return err
		}
		b.adopt(r, virtual)
		f := b.effective(r)
		w.mail(b, r, o)
		stamp := w.stamp()
		w.touchSeries(b, r, stamp)
		r.cancelled = true
		w.touch(b, r, stamp)
		if !b.organises(f) {
			w.decline(b, r, stamp)
			return nil
		}
		for _, guest := range Maps(f, "attendees") {
			if to, ok := w.books[Text(guest, "email")]; ok && to != b {
				w.dropOccurrence(to, r.id, stamp)
			}
		}
		return nil
	})
}

// dropOccurrence is dropCopy for an occurrence the guest's calendar may only have by its series.
func (w *World) dropOccurrence(from *book, id string, stamp int64) {
	if r, virtual := from.find(id); r != nil {
		from.adopt(r, virtual)
	}
	w.dropCopy(from, id, stamp)
}

// decline records a guest's refusal on the organiser's copy.
func (w *World) decline(b *book, r *record, stamp int64) {
	home, ok := w.books[Text(b.effective(r), "organizer", "email")]
	if !ok {
		return
	}
	source, virtual := home.find(r.id)
	if source == nil || source.cancelled {
		return
	}
	next := Clone(home.effective(source))
	for _, guest := range Maps(next, "attendees") {
		if Text(guest, "email") == b.ID {
			guest["responseStatus"] = "declined"
		}
	}
	home.adopt(source, virtual)
	w.touchSeries(home, source, stamp)
	source.fields = home.own(source, next)
	w.touch(home, source, stamp)
}

// takeOut removes a copy that its organiser cancelled; false when there is no such copy.
func (w *World) takeOut(calendar, id string) bool {
	b, ok := w.books[calendar]
	if !ok || b.events[id] == nil || !b.events[id].dropped {
		return false
	}
	r := b.events[id]
	r.dropped = false
	w.touch(b, r, w.stamp())
	return true
}
