package door

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/connect"
	"parlor/internal/parlor"
	"parlor/internal/store"
)

// withVideo puts another video system behind the door.
func (h *house) withVideo(change func(*parlor.Service)) {
	video := h.door.cn.Video()
	change(&video)
	h.door.cn = connect.New(h.st, origin, connect.Domains{"example.com"}, nil, video, h.clock.Now)
}

func TestVideoSystemThatIsDown(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		asked, down := 0, errors.New("down")
		h.withVideo(func(s *parlor.Service) {
			s.Answers = func(context.Context) error { asked++; return down }
		})
		path, host := h.link(h.meeting(parlor.InRoom, "Weekly", noon)), h.asHost()
		for range 3 {
			page := h.post(path, enter(""))
			says(t, page, http.StatusServiceUnavailable, "The video system does not answer", "Try again", "Go there anyway", `action="`)
			if page.Header().Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
		}
		says(t, host.post(path, enter("")), http.StatusServiceUnavailable, "The video system does not answer")
		if all, err := h.st.Hostings(t.Context(), h.host.ID); err != nil || len(all) != 0 {
			t.Errorf("guests are told of a host who never got there: %v, %v", all, err)
		}
		if asked != 1 {
			t.Errorf("asked %d times", asked)
		}
		anyway := enter("")
		anyway.Set("anyway", "yes")
		says(t, h.post(path, anyway), http.StatusSeeOther)
		down = nil
		h.clock.Pass(probeHolds)
		says(t, h.post(path, enter("")), http.StatusSeeOther)
	})
}

func TestVideoSystemThatGivesNoWayIn(t *testing.T) {
	for name, tt := range map[string]struct {
		err    error
		status int
		want   string
	}{
		"unknown":      {errors.New("odd"), http.StatusServiceUnavailable, "gives no way in"},
		"used up":      {&parlor.ThrottledError{After: 9 * time.Hour, Reason: "The rest waits until 00:00 UTC"}, http.StatusServiceUnavailable, "The rest waits until 00:00 UTC."},
		"slowed down":  {&parlor.ThrottledError{After: time.Minute, Reason: "our own pace"}, http.StatusServiceUnavailable, "Wait a minute"},
		"switched off": {parlor.ErrRoomUnavailable, http.StatusConflict, "cannot be used just now"},
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, h *house) {
				h.withVideo(func(s *parlor.Service) {
					s.Rooms = func(*http.Client) (parlor.Rooms, error) { return nil, tt.err }
				})
				path, host := h.link(h.meeting(parlor.InRoom, "Weekly", noon)), h.asHost()
				says(t, h.post(path, enter("")), tt.status, tt.want)
				says(t, host.post(path, enter("")), tt.status, tt.want)
				all, err := h.st.Hostings(t.Context(), h.host.ID)
				if diff := cmp.Diff([]store.Hosting(nil), all); err != nil || diff != "" {
					t.Errorf("the meeting is open: %v %s", err, diff)
				}
			})
		})
	}
}
