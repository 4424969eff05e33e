package desk

import (
	"context"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/syncer"
)

// Started is an instant meeting: the link that its host and guests go in by.
type Started struct {
	JoinURL    string             `json:"join_url"`
	Kind       parlor.MeetingKind `json:"kind" enum:"pmi,one_time"`
	Number     string             `json:"meeting_number" doc:"Empty in the personal room, whose own link it is"`
	Why        parlor.Reason      `json:"why"`
	Invitation string             `json:"invitation" doc:"Text for guests"`
}

var (
	startedBySetting    = parlor.Reason{Code: "pmi_setting", Text: "Your personal room, because your settings take it for instant meetings."}
	startedAsked        = parlor.Reason{Code: "pmi_asked", Text: "Your personal room, because you chose it for this meeting."}
	startedWithout      = parlor.Reason{Code: "one_time_setting", Text: "A one-time number, because your settings keep your personal room for planned meetings."}
	startedWithoutAsked = parlor.Reason{Code: "one_time_asked", Text: "A one-time number, because you chose it for this meeting."}
)

// Start begins a meeting now: in the personal room, by its own link, or under a one-time number that lasts as long as an
// invitation that is never saved. “Use Personal Meeting ID for instant meetings” holds whatever usePMI says.
func (d *Desk) Start(ctx context.Context, acct parlor.AccountID, usePMI *bool) (Started, error) {
	settings, _, err := d.st.Settings(ctx, acct)
	if err != nil {
		return Started{}, err
	}
	room, err := d.st.EnsureRoom(ctx, acct)
	if err != nil {
		return Started{}, err
	}
	m := parlor.Meeting{Kind: parlor.InRoom}
	if m.Why = instant(settings, usePMI, &m.Kind); m.Kind == parlor.InRoom && room.Status != parlor.RoomReady {
		m.Kind, m.Why = parlor.OneTime, parlor.ReasonRoomUnavailable
	}
	if m.Kind == parlor.OneTime {
		if m, err = d.startOnce(ctx, acct, settings, room, m.Why); err != nil {
			return Started{}, err
		}
	}
	return d.started(settings, room, m), nil
}

// instant decides between the room and a one-time number. The agenda is not asked: whoever starts a meeting in their room
// is there, and each planned meeting has a session of its own.
func instant(s parlor.Settings, usePMI *bool, kind *parlor.MeetingKind) parlor.Reason {
	switch {
	case s.UsePMIForInstant:
		return startedBySetting
	case usePMI != nil && *usePMI:
		return startedAsked
	case usePMI != nil:
		*kind = parlor.OneTime
		return startedWithoutAsked
	}
	*kind = parlor.OneTime
	return startedWithout
}

func (d *Desk) startOnce(ctx context.Context, acct parlor.AccountID, s parlor.Settings, room parlor.Room, why parlor.Reason) (parlor.Meeting, error) {
	account, err := d.st.Account(ctx, acct)
	if err != nil {
		return parlor.Meeting{}, err
	}
	now, no := d.now(), false
	m := parlor.Meeting{
		State: parlor.Scheduled, Trigger: parlor.ByPerson, Created: now,
		Start: parlor.Moment{Time: now, Zone: account.Zone},
		End:   parlor.Moment{Time: now.Add(time.Duration(s.DefaultDuration) * time.Minute), Zone: account.Zone},
	}
	m, err = syncer.NewClaims(d.st, acct, s, room, d.now).Claim(ctx, m, &no, nil)
	if err != nil || m.Why == why {
		return m, err
	}
	m.Why = why // is shown on the page about the meeting, too
	return m, d.change(ctx, acct, m.Number, func(stored *parlor.Meeting) bool {
		stored.Why = why
		return true
	})
}

func (d *Desk) started(s parlor.Settings, room parlor.Room, m parlor.Meeting) Started {
	block := parlor.Render(m, room, d.origin, s.Invitation(), s.EmbedPasscode)
	return Started{JoinURL: block.Link, Kind: m.Kind, Number: m.Number, Why: m.Why, Invitation: asText(block)}
}

// asText is an invitation for people to paste.
func asText(b parlor.Block) string { return parlor.Insert("", parlor.Text, b, true) }
