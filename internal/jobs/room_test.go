package jobs

import (
	"context"
	"testing"
	"time"

	"github.com/hibiken/asynq"

	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
)

// waiting lists the ids of the tasks that are queued.
func waiting(t *testing.T, l *Line) map[string]bool {
	t.Helper()
	ids := map[string]bool{}
	for _, list := range []func(string, ...asynq.ListOption) ([]*asynq.TaskInfo, error){l.inspect.ListPendingTasks, l.inspect.ListScheduledTasks} {
		tasks, err := list(queue)
		if err != nil {
			t.Fatal(err)
		}
		for _, task := range tasks {
			ids[task.ID] = true
		}
	}
	return ids
}

func TestABurstOfRoomNudgesIsTwoReadings(t *testing.T) {
	st := storetest.Open(t, storetest.Redis(t), time.Now)
	line := New(st, nil, Config{}, time.Now)
	for range 5 {
		if err := line.NudgeRoom(t.Context(), "adaadaadaadaadaa"); err != nil {
			t.Fatal(err)
		}
	}
	got := waiting(t, line)
	if len(got) != 2 || !got["room:adaadaadaadaadaa"] || !got["room-again:adaadaadaadaadaa"] {
		t.Errorf("queued: %v", got)
	}
}

func TestRoomsAreReadOnceADay(t *testing.T) {
	for name, tt := range map[string]struct {
		state  parlor.ConnectionState // "" is not connected
		read   bool
		owned  bool // the video system knows people's rooms
		closed bool // by an administrator
		asks   bool
	}{
		"never read":    {parlor.Connected, false, true, false, true},
		"read today":    {parlor.Connected, true, true, false, false},
		"not connected": {"", false, true, false, true}, // noted as having no room
		"grant is dead": {parlor.ReconnectNeeded, false, true, false, false},
		"no room there": {"", false, false, false, false},
		"switched off":  {parlor.Connected, false, true, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			st := storetest.Open(t, storetest.Redis(t), time.Now)
			line := New(st, nil, Config{Video: parlor.Service{Kind: parlor.KindZoom, OAuth: &parlor.OAuth{}, Owns: tt.owned}}, time.Now)
			a := parlor.Account{ID: "adaadaadaadaadaa", Disabled: tt.closed}
			if tt.state != "" {
				a.Connections = []parlor.Connection{{Kind: parlor.KindZoom, State: tt.state}}
			}
			if tt.read {
				if err := st.NoteRoomRead(context.WithoutCancel(t.Context()), a.ID, roomEvery); err != nil {
					t.Fatal(err)
				}
			}
			if err := line.NudgeRoom(t.Context(), "somebodyelse2345"); err != nil { // so that the queue is there
				t.Fatal(err)
			}
			if err := line.sweepRoom(t.Context(), a); err != nil {
				t.Fatal(err)
			}
			if got := waiting(t, line)["room:adaadaadaadaadaa"]; got != tt.asks {
				t.Errorf("asked for a reading: %t", got)
			}
		})
	}
}
