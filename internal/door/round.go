package door

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// round looks at everything anew: what is behind each link, the host's sign of life, the guests', and what was decided.
func (h *hall) round(ctx context.Context) error {
	h.views = nil
	all := h.pages(false)
	if err := h.keepHosting(ctx, all); err != nil {
		return err
	}
	if err := h.look(ctx, all); err != nil {
		return err
	}
	h.tellHosts()
	return h.keepPlaces(ctx, all)
}

// look tells each of these pages how it stands with it.
func (h *hall) look(ctx context.Context, pages []*stream) error {
	h.looksAt(pages)
	views := map[*stream]view{}
	bySitting := map[string][]string{} // tickets
	for _, s := range pages {
		v, err := h.view(ctx, s.link)
		if err != nil {
			return err
		}
		views[s] = v
		if !s.host {
			h.mu.Lock()
			s.ticket = s.visitor.ticket(v.sitting)
			h.mu.Unlock()
			if s.ticket != "" {
				bySitting[v.name] = append(bySitting[v.name], s.ticket)
			}
		}
	}
	decided := map[string]store.Decision{}
	for _, tickets := range bySitting {
		some, err := h.d.st.Decisions(ctx, h.acct, tickets...)
		if err != nil {
			return err
		}
		for ticket, decision := range some {
			decided[ticket] = decision
		}
	}
	now := h.d.cfg.Now()
	for s, v := range views {
		switch {
		case s.host:
			s.tell(changedEvent(h.count))
		case v.why != "":
			s.tell(standingEvent(noMore, words{}))
		default:
			s.standing, _ = v.judge(v.sitting, decided[s.ticket], now)
			if s.standing == locked && s.asks { // they came before
				s.standing = waits
			}
			s.tell(standingEvent(s.standing, v.waitWords(v.sitting, now)))
		}
	}
	return nil
}

// view is what is behind a link, asked once for all pages of it.
func (h *hall) view(ctx context.Context, link parlor.Link) (view, error) {
	key := fmt.Sprint(link.ID, " ", link.Number)
	if v, known := h.views[key]; known {
		return v, nil
	}
	p, err := h.d.find(ctx, link, "")
	if err != nil {
		return view{}, err
	}
	v := view{place: p}
	v.sitting, v.why = p.sittingFor(link, h.d.cfg.Now())
	if h.views == nil {
		h.views = map[string]view{}
	}
	h.views[key] = v
	return v, nil
}

// keepPlaces gives the sign of life of all who wait here, and puts those on the list again whom Redis has forgotten.
func (h *hall) keepPlaces(ctx context.Context, pages []*stream) error {
	waiting := map[string]*stream{}
	bySitting := map[string][]string{}
	for _, s := range pages {
		if s.waiting() {
			waiting[s.ticket] = s
			sitting := store.Guest{Ticket: s.ticket}.Sitting()
			bySitting[sitting] = append(bySitting[sitting], s.ticket)
		}
	}
	for _, tickets := range bySitting {
		lost, err := h.d.st.StillWaiting(ctx, h.acct, tickets...)
		if err != nil {
			return err
		}
		var again []store.Guest
		for _, ticket := range lost {
			s := waiting[ticket]
			again = append(again, s.guest(h.views[fmt.Sprint(s.link.ID, " ", s.link.Number)].meeting.Number))
		}
		slices.SortFunc(again, func(a, b store.Guest) int { return a.Since.Compare(b.Since) })
		if len(again) == 0 {
			continue
		}
		if _, err := h.d.st.Wait(ctx, h.acct, again...); err != nil && !errors.Is(err, store.ErrFull) {
			return err
		}
	}
	return nil
}

// keepHosting gives the sign of life of the host's panels. A sitting that Redis has forgotten is begun again; one that the
// host has ended is not.
func (h *hall) keepHosting(ctx context.Context, pages []*stream) error {
	kept := map[string]bool{}
	for _, s := range pages {
		if !s.host {
			continue
		}
		v, err := h.view(ctx, s.link)
		if err != nil {
			return err
		}
		if s.held = s.held || v.there(h.d.cfg.Now()); v.why != "" || v.ended() {
			s.held = false
		}
		if !s.held || kept[v.name] {
			continue
		}
		kept[v.name] = true
		switch err := h.d.st.KeepHosting(ctx, h.acct, v.name); {
		case errors.Is(err, parlor.ErrNotFound):
			k := knock{place: v.place, sitting: v.sitting}
			err = h.d.st.Host(ctx, h.acct, k.hosting(h.d.cfg.Now()))
			if err != nil {
				return err
			}
		case err != nil && !errors.Is(err, parlor.ErrStale):
			return err
		}
	}
	h.views = nil
	return nil
}

func changedEvent(n int) event { return event{"changed", fmt.Sprint(n)} }
