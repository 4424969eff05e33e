package calendar

// touchSeries re-sends the master of an occurrence that is about to be written, as Google does.
func (w *World) touchSeries(b *book, r *record, stamp int64) {
	if master, ok := b.events[r.series]; r.series != "" && ok {
		w.touch(b, master, stamp)
	}
}

// followMaster writes the exceptions of a changed master: those that lost their place in the series go, the others are
// re-sent when they inherit something that changed.
func (w *World) followMaster(b *book, master *record, keys []string, moved bool, stamp int64) {
	for _, r := range b.series[master.id] {
		if r.cancelled {
			continue
		}
		start, _, _ := moment(Map(r.fields, "originalStartTime"))
		if moved && !occurs(master.fields, start) {
			r.cancelled = true
			w.touch(b, r, stamp)
			continue
		}
		if inherits(r, keys) {
			w.touch(b, r, stamp)
		}
	}
}

func inherits(r *record, keys []string) bool {
	for _, k := range keys {
		if _, own := r.fields[k]; !own && k != "recurrence" && k != "sequence" {
			return true
		}
	}
	return false
}
