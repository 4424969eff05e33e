package door

import (
	"context"
	"fmt"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/web/look"
)

const (
	shown    = 50  // so many of those who wait are on the host's screen
	examined = 200 // among so many, those of this meeting come first
)

// panelPage is what host.html shows.
type panelPage struct {
	invitation
	live
	Closed              *noticePage // there is no meeting to start
	There, Gone, Ended  bool        // the host is in the meeting; was in it; has ended it
	Locked, RoomLocked  bool
	Early               *look.When // its guests may come from then on; nil: they may
	Elsewhere           string     // topic of another meeting that the host is in
	Mine, Others        []waitingRow
	Total, More         int
	AllMine             bool // everybody who is shown waits for this meeting
	Video, Summary      string
	Beyond              []string
	WaitingRoom, Forced bool
}

// waitingRow is one person who waits.
type waitingRow struct {
	Action       string
	There        bool // the host is in this meeting, and can admit
	Ticket, Name string
	Since        look.When
	For          string     // topic of another meeting
	At           *look.When // when that begins
}

func (d *Door) panel(k *knock) (panelPage, error) {
	now := k.now
	video := d.cn.Video()
	page := panelPage{
		invitation: k.invitation(), live: k.live("", atHost), Video: video.Name, RoomLocked: k.room.Locked,
		WaitingRoom: k.settings.WaitingRoom, Forced: k.meeting.WaitsAt(k.slot) != nil,
	}
	for _, why := range video.Beyond {
		page.Beyond = append(page.Beyond, why.Text)
	}
	if k.why != "" {
		closed := notices[k.why]
		page.Closed = &closed
	}
	page.There, page.Ended = k.there(now), k.ended()
	if page.There {
		page.live = k.live("", atHost, holds)
	}
	page.Gone = k.begun != nil && !page.There && !page.Ended
	page.Locked = page.There && k.begun.Locked
	if opens := k.doorOpens(k.sitting); k.why == "" && !page.There && now.Before(opens) {
		page.Early = when(opens, now, k.zone())
	}
	if other := k.elsewhere(k.sitting, now); other != nil {
		page.Elsewhere = topicOf(other.Topic, other.Number, k.host)
	}
	err := d.listWaiting(k.r.Context(), k, &page)
	return page, err
}

// listWaiting fills in who waits: those for this meeting first.
func (d *Door) listWaiting(ctx context.Context, k *knock, page *panelPage) error {
	q, err := d.st.Queue(ctx, k.host.ID, examined)
	if err != nil {
		return err
	}
	others := map[string]waitingRow{} // by number: what they are for
	for _, mine := range []bool{true, false} {
		for _, g := range q.Guests {
			if (g.Sitting() == k.name) != mine || len(page.Mine)+len(page.Others) >= shown {
				continue
			}
			row := waitingRow{Action: page.Action, There: page.There, Ticket: g.Ticket, Name: g.Name, Since: look.At(g.Since, "time", k.zone())}
			if mine {
				page.Mine = append(page.Mine, row)
				continue
			}
			about, known := others[g.Number]
			if !known {
				if about, err = d.about(ctx, k, g); err != nil {
					return err
				}
				others[g.Number] = about
			}
			row.For, row.At = about.For, about.At
			page.Others = append(page.Others, row)
		}
	}
	page.Total, page.More = q.Total, q.Total-len(page.Mine)-len(page.Others)
	page.Summary = summary(*page)
	return nil
}

// about says which other meeting a guest is for.
func (d *Door) about(ctx context.Context, k *knock, g store.Guest) (row waitingRow, err error) {
	other := place{host: k.host, room: k.room, settings: k.settings}
	if other.meeting, err = orNone(d.st.Meeting(ctx, k.host.ID, g.Number)); err != nil {
		return row, err
	}
	now := k.now
	row.For = topicOf(other.meeting.Title, g.Number, k.host)
	s, why := other.sittingFor(parlor.Link{ID: k.room.PMI, Number: g.Number}, now)
	if why == "" && !s.slot.End.IsZero() {
		row.At = when(s.slot.Start, now, k.zone())
	}
	return row, nil
}

// summary is what a screen reader is told when the list has changed.
func summary(page panelPage) string {
	switch page.Total {
	case 0:
		return "Nobody is waiting."
	case 1:
		for _, row := range append(page.Mine, page.Others...) {
			return row.Name + " is waiting."
		}
	}
	return fmt.Sprintf("%d people are waiting.", page.Total)
}

// when writes a time of today as a time, another with its day.
func when(t, now time.Time, zone *time.Location) *look.When {
	shape := "moment"
	if t.In(zone).Format(time.DateOnly) == now.In(zone).Format(time.DateOnly) {
		shape = "time"
	}
	at := look.At(t, shape, zone)
	return &at
}
