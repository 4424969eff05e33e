package desk

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/syncer"
)

// roomTries is how often a person may try a PMI or a name: each answer says whether somebody has it.
var roomTries = parlor.Rate{Requests: 120, Per: 10 * time.Minute}

// PreviewRoom says what a change would do, and what is wrong with it. Nothing is stored.
func (d *Desk) PreviewRoom(ctx context.Context, acct parlor.AccountID, change RoomChange) (RoomPreview, error) {
	room, _, err := d.st.RoomAndETag(ctx, acct)
	if err != nil {
		return RoomPreview{}, err
	}
	change = tidy(change)
	preview := RoomPreview{Faults: append(change.Faults(room), d.owned(room, change)...)}
	if len(preview.Faults) == 0 {
		if err := d.countTry(ctx, acct, change); err != nil {
			return RoomPreview{}, err
		}
		if preview.Faults, err = d.clashes(ctx, acct, room, change); err != nil {
			return RoomPreview{}, err
		}
	}
	if change.Rotate { // which one is drawn makes no difference
		other := room.Passcode + "+"
		change.Passcode = &other
	}
	next, _ := room.With(change, d.now())
	preview.GraceUntil, preview.ByCalendar = next.GraceUntil(d.now()), []CalendarCount{}
	if next.Leads(room) {
		return preview, nil
	}
	counts, err := d.count(ctx, acct, next, nil)
	if err != nil {
		return RoomPreview{}, err
	}
	preview.ByCalendar = byCalendar(counts)
	all := syncer.Sum(counts)
	preview.Events, preview.Mailed, preview.Stale, preview.Kept = all.Left, all.Mailed, all.Stale, all.Kept
	return preview, nil
}

// ChangeRoom changes PMI, personal link or passcode, and has every coming event rewritten. Faults: a rule is broken;
// *parlor.TakenError: the PMI or the name is somebody else's; parlor.ErrStale: the room is not the one that the change was
// about.
func (d *Desk) ChangeRoom(ctx context.Context, acct parlor.AccountID, change RoomChange) (RoomView, error) {
	before, _, err := d.st.RoomAndETag(ctx, acct)
	if err != nil {
		return RoomView{}, err
	}
	change = tidy(change)
	if err := Faults(append(change.Faults(before), d.owned(before, change)...)).orNil(); err != nil {
		return RoomView{}, err
	}
	if err := d.countTry(ctx, acct, change); err != nil {
		return RoomView{}, err
	}
	after, err := d.st.ChangeRoom(ctx, acct, change)
	if taken, ok := errors.AsType[*parlor.TakenError](err); ok {
		return RoomView{}, errors.Join(d.suggest(ctx, acct, taken, change), taken)
	}
	if err != nil {
		return RoomView{}, err
	}
	return d.followed(ctx, acct, before, after)
}

// owned refuses to change here what is the video system's.
func (d *Desk) owned(room parlor.Room, c RoomChange) []parlor.FieldError {
	video := d.cn.Video()
	if !video.Owns {
		return nil
	}
	message := "is " + video.Name + "’s: change it there, and it follows here"
	var faults []parlor.FieldError
	if c.PMI != nil && *c.PMI != room.PMI {
		faults = append(faults, parlor.FieldError{Field: "pmi", Message: message, Value: *c.PMI})
	}
	if c.PersonalLink != nil && *c.PersonalLink != room.PersonalLink {
		faults = append(faults, parlor.FieldError{Field: "personal_link", Message: message, Value: *c.PersonalLink})
	}
	return faults
}

// UndoRoom takes the latest change of the room back, or the latest Apply; what was undone leads to the room for the rest of
// the grace. parlor.ErrNotFound: there is nothing to take back any more.
func (d *Desk) UndoRoom(ctx context.Context, acct parlor.AccountID) error {
	before, _, err := d.st.RoomAndETag(ctx, acct)
	if err != nil {
		return err
	}
	after, err := d.st.UndoRoom(ctx, acct)
	if err != nil {
		return err
	}
	if after.Applying != nil {
		return d.carryOut(ctx, acct, after)
	}
	_, err = d.followed(ctx, acct, before, after)
	return err
}

// EndGrace makes everything that the room was reached by before lead nowhere, at once.
func (d *Desk) EndGrace(ctx context.Context, acct parlor.AccountID) error {
	before, _, err := d.st.RoomAndETag(ctx, acct)
	if err != nil {
		return err
	}
	after, err := d.st.EndGrace(ctx, acct)
	if err != nil {
		return err
	}
	_, err = d.followed(ctx, acct, before, after)
	return err
}

// followed has the passes begin that a change of the room asks for, and returns the room as it is.
func (d *Desk) followed(ctx context.Context, acct parlor.AccountID, before, after parlor.Room) (RoomView, error) {
	if !after.Leads(before) {
		if err := d.sync.Resync(ctx, acct); err != nil {
			return RoomView{}, fmt.Errorf("ask for a full pass: %w", err)
		}
	}
	return d.Room(ctx, acct)
}

// Rewriting says how far the latest change has come; false when there was none, or it is long over. It is counted anew each
// time, from what was written into which event: nothing is lost by a restart.
func (d *Desk) Rewriting(ctx context.Context, acct parlor.AccountID) (Rewrite, bool, error) {
	room, _, err := d.st.RoomAndETag(ctx, acct)
	if err != nil {
		return Rewrite{}, false, err
	}
	now := d.now()
	open := room.Changed.Done.IsZero() || room.Undoable(now) || !room.GraceUntil(now).IsZero()
	if room.Changed.At.IsZero() || !open {
		return Rewrite{}, false, nil
	}
	counts, err := d.count(ctx, acct, room, nil)
	if err != nil {
		return Rewrite{}, false, err
	}
	all := syncer.Sum(counts)
	if all.Left == 0 && !room.Undoable(now) && room.GraceUntil(now).IsZero() {
		return Rewrite{}, false, nil
	}
	return Rewrite{
		What: room.Changed.What, Started: room.Changed.At, Total: all.Total(), Left: all.Left, Kept: all.Kept,
		Undoable: room.Undoable(now), GraceUntil: room.GraceUntil(now),
	}, true, nil
}

// countTry keeps a person from asking for one PMI after the other.
func (d *Desk) countTry(ctx context.Context, acct parlor.AccountID, c RoomChange) error {
	if c.PMI == nil && c.PersonalLink == nil {
		return nil
	}
	ok, wait, err := d.st.Allow(ctx, "room:"+string(acct), roomTries)
	if err != nil || ok {
		return err
	}
	return &TooOftenError{After: wait}
}

// TooOftenError says that a person has to wait before they try again.
type TooOftenError struct{ After time.Duration }

// Error says how long.
func (e *TooOftenError) Error() string { return fmt.Sprintf("tried too often, wait %s", e.After) }

// tidy takes what people type around and between digits and letters out: 481 516 2342, @Ada.Lovelace.
func tidy(c RoomChange) RoomChange {
	if c.PMI != nil {
		digits := strings.NewReplacer(" ", "", "-", "", "\u00a0", "").Replace(*c.PMI)
		c.PMI = &digits
	}
	if c.PersonalLink != nil {
		name := strings.ToLower(strings.TrimSpace(*c.PersonalLink))
		c.PersonalLink = &name
	}
	return c
}
