package web

import (
	"errors"
	"fmt"
	"net/http"

	"parlor/internal/parlor"
	"parlor/internal/web/look"
)

// rewriting is how far a change of the room has come, as _rewriting.html shows it.
type rewriting struct {
	What         string
	Total, Ready int
	Words        string // how many are done
	Kept         string // about events that stay as they are, "" when there are none
	Busy         bool   // some are still to be rewritten
	Undoable     bool
	Grace        *look.When // until then former links lead to the room
}

// rewritten says what a change was about.
var rewritten = map[parlor.RoomPart]string{
	parlor.PartPMI:          "Your new Personal Meeting ID",
	parlor.PartPersonalLink: "Your new personal link",
	parlor.PartPasscode:     "Your new passcode",
	parlor.PartSeveral:      "What you changed about your room",
	parlor.PartMeetings:     "Your choice of the room for coming meetings",
	parlor.PartUndone:       "What your room was before",
	parlor.PartTold:         "Your Personal Meeting ID has come",
}

// rewriting is nil when nothing was changed lately.
func (s *site) rewriting(v *visit) (*rewriting, error) {
	r, running, err := s.desk.Rewriting(v.ctx(), v.account.ID)
	if err != nil || !running {
		return nil, err
	}
	shown := &rewriting{
		What: rewritten[r.What], Total: r.Total, Ready: r.Total - r.Left, Busy: r.Left > 0, Undoable: r.Undoable,
		Words: progressWords(r.Total, r.Left, r.Kept),
	}
	if r.Kept > 0 {
		shown.Kept = people(r.Kept, "event") + " left as it was: the old link in it goes on working while the old number does."
	}
	if r.What == parlor.PartTold { // what was before was a stand-in: nobody has old links
		if r.Total == 0 {
			return nil, nil
		}
		shown.What, shown.Kept = rewritten[r.What]+" from "+s.connect.Video().Name, ""
		return shown, nil
	}
	if !r.GraceUntil.IsZero() {
		when := look.At(r.GraceUntil, "full", v.zone)
		shown.Grace = &when
	}
	return shown, nil
}

func progressWords(total, left, kept int) string {
	switch {
	case total == 0:
		return "No coming event had to be rewritten."
	case left == 0:
		return "Done: every coming event is up to date."
	}
	return fmt.Sprintf("%d of %d coming events are up to date. You can leave this page: it goes on by itself.", total-left-kept, total)
}

// progress is for the page's script.
func (s *site) progress(v *visit) error {
	r, err := s.rewriting(v)
	if err != nil {
		return err
	}
	if r == nil {
		return v.tell(verdict{Says: map[string]string{}})
	}
	return v.tell(verdict{Says: map[string]string{"progress": r.Words}, Ready: r.Ready, Total: r.Total, Busy: r.Busy})
}

func (s *site) undoRoom(v *visit) error {
	err := s.desk.UndoRoom(v.ctx(), v.account.ID)
	if errors.Is(err, parlor.ErrNotFound) {
		return v.leave("/profile?done=too-late")
	}
	if err != nil {
		return err
	}
	return v.leave("/profile?done=undone")
}

// askEndGrace asks first: guests with an old link will stand before a shut door.
func (s *site) askEndGrace(v *visit) error {
	r, err := s.rewriting(v)
	if err != nil {
		return err
	}
	return s.show(v, http.StatusOK, "grace", "End the old links now?", r)
}

func (s *site) endGrace(v *visit) error {
	if err := s.desk.EndGrace(v.ctx(), v.account.ID); err != nil {
		return err
	}
	return v.leave("/profile?done=grace-ended")
}
