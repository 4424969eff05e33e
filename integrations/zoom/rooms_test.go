package zoom

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	fake "parlor/internal/fake/zoom"
	"parlor/internal/parlor"
	"parlor/internal/parlor/parlortest"
)

func TestRoomsPort(t *testing.T) {
	parlortest.RunRooms(t, parlortest.RoomsHarness{
		Shared:      true,
		Open:        func(t *testing.T) parlor.Rooms { return newSite(t).rooms() },
		Unavailable: func(t *testing.T) parlor.Rooms { return newSite(t, func(p *fake.Person) { p.Off = true }).rooms() },
	})
}

// TestRoomsPortWithTheHiddenDefault: whoever has "use PMI when scheduling" on gets rooms of their own all the same.
func TestRoomsPortWithTheHiddenDefault(t *testing.T) {
	parlortest.RunRooms(t, parlortest.RoomsHarness{
		Shared: true,
		Open:   func(t *testing.T) parlor.Rooms { return newSite(t, func(p *fake.Person) { p.UsePMI = true }).rooms() },
	})
}

func TestTheRoomIsZooms(t *testing.T) {
	s := newSite(t)
	got, err := s.rooms().Room(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got.PMI != "2345678901" || got.PersonalLink != "ada.lovelace" || !strings.HasPrefix(got.Address, s.at+"/j/2345678901?pwd=") {
		t.Errorf("%+v", got)
	}
	if got.Passcode != "" || got.Secret != nil {
		t.Error("a passcode of Zoom's is none of ours")
	}
	if calls := s.fake.Count("", "/v2/*"); calls != 2 {
		t.Errorf("%d calls", calls)
	}
}

func TestARoomThatCannotBeUsed(t *testing.T) {
	for name, change := range map[string]func(*fake.Person){
		"switched off, number 0":  func(p *fake.Person) { p.Off = true },
		"switched off, number -1": func(p *fake.Person) { p.Off, p.NoPMI = true, -1 },
		"switched off, number kept": func(p *fake.Person) {
			p.Off, p.NoPMI = true, 2345678901
		},
		"no number": func(p *fake.Person) { p.PMI = 0 },
	} {
		if got, err := newSite(t, change).rooms().Room(t.Context()); !errors.Is(err, parlor.ErrRoomUnavailable) {
			t.Errorf("%s: %+v %v", name, got, err)
		}
	}
}

func TestAOneTimeMeetingIsNeverInTheRoom(t *testing.T) {
	at := time.Date(2026, 11, 23, 10, 0, 0, 0, time.FixedZone("CET", 3600))
	for name, tt := range map[string]struct {
		draft parlor.Draft
		want  string
	}{
		"single":     {parlor.Draft{Title: "Review", Start: parlor.Moment{Time: at, Zone: "Europe/Berlin"}, End: parlor.Moment{Time: at.Add(45 * time.Minute)}}, `{"topic":"Review","type":2,"start_time":"2026-11-23T09:00:00Z","duration":45,"settings":{"use_pmi":false}}`},
		"series":     {parlor.Draft{Title: "Weekly", Start: parlor.Moment{Time: at}, Recurrence: []string{"RRULE:FREQ=WEEKLY"}}, `{"topic":"Weekly","type":3,"settings":{"use_pmi":false}}`},
		"open-ended": {parlor.Draft{}, `{"topic":"Meeting","type":2,"settings":{"use_pmi":false}}`},
		"long title": {parlor.Draft{Title: strings.Repeat("é", 300)}, `{"topic":"` + strings.Repeat("é", 199) + `…","type":2,"settings":{"use_pmi":false}}`},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, func(p *fake.Person) { p.UsePMI = true })
			got, err := s.rooms().OneTime(t.Context(), tt.draft)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff([]string{tt.want}, s.seen); d != "" {
				t.Error(d)
			}
			if len(got.Ref) != 11 || got.PMI != "" || !strings.HasPrefix(got.Address, s.at+"/j/"+got.Ref+"?pwd=") {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestAMeetingThatLandsInTheRoomIsRefused(t *testing.T) {
	s := newSite(t)
	s.fake.Fail(fake.Failure{Method: http.MethodPost, Status: 201, Type: "application/json", Body: `{"id":81234567890,"pmi":"2345678901","join_url":"https://zoom.example/j/2345678901?pwd=x"}`})
	if got, err := s.rooms().OneTime(t.Context(), parlor.Draft{}); !errors.Is(err, parlor.ErrInvalid) {
		t.Errorf("%+v %v", got, err)
	}
}

func TestTheDaysLimitLastsUntilMidnight(t *testing.T) {
	s := newSite(t) // nine o'clock
	s.fake.SpendDay(ada, 0)
	_, err := s.rooms().OneTime(t.Context(), parlor.Draft{Title: "One more"})
	throttled, ok := errors.AsType[*parlor.ThrottledError](err)
	if !ok || throttled.After != 15*time.Hour || !strings.Contains(throttled.Reason, "00:00 UTC") {
		t.Errorf("%v", err)
	}
	if _, err := s.rooms().Room(t.Context()); err != nil {
		t.Errorf("reading is not limited: %v", err)
	}
}

func TestEnterGoesWhereZoomSays(t *testing.T) {
	s := newSite(t)
	room, err := s.rooms().Room(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	to, err := s.rooms().Enter(t.Context(), parlor.Session{Address: room.Address, Host: true}, parlor.Person{})
	if err != nil || to.String() != room.Address {
		t.Errorf("%v %v", to, err)
	}
	for _, address := range []string{"", "javascript:alert(1)", "//zoom.example/j/1", "https://u:p@zoom.example/j/1", "https://zoom.example/s/1?zak=secret"} {
		if to, err := s.rooms().Enter(t.Context(), parlor.Session{Address: address}, parlor.Person{}); !errors.Is(err, parlor.ErrRoomUnavailable) {
			t.Errorf("%q: %v %v", address, to, err)
		}
	}
}

func TestAHostFindsThatTheMeetingWasDeleted(t *testing.T) {
	s := newSite(t)
	made, err := s.rooms().OneTime(t.Context(), parlor.Draft{Title: "Once"})
	if err != nil {
		t.Fatal(err)
	}
	session := parlor.Session{Address: made.Address, Ref: made.Ref, Host: true}
	if _, err := s.rooms().Enter(t.Context(), session, parlor.Person{}); err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodDelete, s.at+"/v2/meetings/"+made.Ref, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := s.client.Do(req)
	if err != nil || resp.StatusCode != http.StatusNoContent {
		t.Fatalf("%v %v", resp, err)
	}
	resp.Body.Close()
	if to, err := s.rooms().Enter(t.Context(), session, parlor.Person{}); !errors.Is(err, parlor.ErrNotFound) {
		t.Errorf("%v %v", to, err)
	}
	session.Host = false
	before := s.fake.Count("", "/v2/*")
	if _, err := s.rooms().Enter(t.Context(), session, parlor.Person{}); err != nil || s.fake.Count("", "/v2/*") != before {
		t.Errorf("a guest's entering asks Zoom: %v", err)
	}
}

func TestWhoTheTokenSpeaksOf(t *testing.T) {
	s := newSite(t)
	got, err := s.service().OAuth.Plain.Who(t.Context(), s.client)
	if err != nil || got.Kind != parlor.KindZoom || got.Email != ada || got.Name != "Ada Lovelace" || len(got.Subject) != 22 || !got.EmailVerified {
		t.Errorf("%+v %v", got, err)
	}
	s.fake.ExpireTokens()
	if got, err := s.service().OAuth.Plain.Who(t.Context(), s.client); !errors.Is(err, parlor.ErrRevoked) {
		t.Errorf("%+v %v", got, err)
	}
}
