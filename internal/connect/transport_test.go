package connect_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"parlor/internal/connect"
	"parlor/internal/parlor"
	"parlor/internal/store"
)

func TestOneRefreshForManyWorkers(t *testing.T) {
	w, id := openCalendar(t)
	w.clock.Pass(2 * time.Hour)
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			if got, err := w.call(t, "GET", ""); err != nil || !strings.Contains(got, "at-1") {
				t.Errorf("%s, %v", got, err)
			}
		})
	}
	wait.Wait()
	if w.provider.refreshes != 1 || w.provider.calls != 20 {
		t.Errorf("%d refreshes for %d calls", w.provider.refreshes, w.provider.calls)
	}
	token, err := w.store.Token(t.Context(), id, parlor.KindGoogle)
	if err != nil || token.AccessToken != "at-1" || token.RefreshToken != "rt-1" || !token.Expiry.Equal(monday.Add(3*time.Hour)) {
		t.Errorf("stored %+v, %v", token, err)
	}
}

func TestDeadGrantIsTriedOnce(t *testing.T) {
	w, id := openCalendar(t)
	w.provider.refuse = func() (int, any) { return http.StatusBadRequest, map[string]string{"error": "invalid_grant"} }
	w.clock.Pass(2 * time.Hour)
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			if _, err := w.call(t, "GET", ""); !errors.Is(err, parlor.ErrRevoked) {
				t.Errorf("%v", err)
			}
		})
	}
	wait.Wait()
	if w.provider.refreshes != 1 || w.provider.calls != 0 {
		t.Errorf("%d refreshes, %d calls", w.provider.refreshes, w.provider.calls)
	}
	if c := w.connection(t, id); c.State != parlor.ReconnectNeeded {
		t.Errorf("connection %+v", c)
	}
	if _, err := w.Calendar(t.Context(), id, parlor.KindGoogle); !errors.Is(err, parlor.ErrRevoked) {
		t.Errorf("opening it again: %v", err)
	}
	w.provider.refuse = nil
	w.signIn(t)
	if _, err := w.Calendar(t.Context(), id, parlor.KindGoogle); err != nil {
		t.Errorf("after signing in again: %v", err)
	}
}

func TestRefusalsThatOnlyThePersonCanMend(t *testing.T) {
	for _, code := range []string{"invalid_grant", "interaction_required", "consent_required", "login_required"} {
		w, id := openCalendar(t)
		w.provider.refuse = func() (int, any) {
			return http.StatusBadRequest, map[string]string{"error": code, "error_description": "AADSTS50076: s3cret"}
		}
		w.clock.Pass(2 * time.Hour)
		if _, err := w.call(t, "GET", ""); !errors.Is(err, parlor.ErrRevoked) || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: %v", code, err)
		}
		if c := w.connection(t, id); c.State != parlor.ReconnectNeeded {
			t.Errorf("%s: connection %+v", code, c)
		}
	}
}

func TestRotatedRefreshTokenIsKept(t *testing.T) {
	w, id := openCalendar(t)
	w.provider.rotate = true
	for range 3 {
		w.clock.Pass(2 * time.Hour)
		if _, err := w.call(t, "GET", ""); err != nil {
			t.Fatal(err)
		}
	}
	if token, err := w.store.Token(t.Context(), id, parlor.KindGoogle); err != nil || token.RefreshToken != "rt-4" {
		t.Errorf("stored %+v, %v", token, err)
	}
}

func TestOtherRefreshFailuresPass(t *testing.T) {
	w, id := openCalendar(t)
	w.clock.Pass(2 * time.Hour)
	for _, status := range []int{http.StatusServiceUnavailable, http.StatusTooManyRequests, http.StatusUnauthorized} {
		w.provider.refuse = func() (int, any) { return status, map[string]string{"error": "invalid_client", "hint": "s3cret"} }
		_, err := w.call(t, "GET", "")
		if !errors.Is(err, connect.ErrProvider) || errors.Is(err, parlor.ErrRevoked) || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%d: %v", status, err)
		}
	}
	w.provider.refuse = nil
	if _, err := w.call(t, "GET", ""); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	if c := w.connection(t, id); c.State != parlor.Connected {
		t.Errorf("connection %+v", c)
	}
}

func TestRefusedTokenIsRenewedAndTheBodySentAgain(t *testing.T) {
	w, _ := openCalendar(t)
	w.provider.dead["Bearer at-0"] = true
	got, err := w.call(t, "PATCH", "the body")
	if err != nil || !strings.Contains(got, "at-1") {
		t.Errorf("%s, %v", got, err)
	}
	if w.provider.refreshes != 1 || strings.Join(w.provider.bodies, "|") != "the body|the body" {
		t.Errorf("%d refreshes, bodies %q", w.provider.refreshes, w.provider.bodies)
	}
}

func TestFreshTokenRefusedIsForTheAdapterToJudge(t *testing.T) {
	w, id := openCalendar(t)
	w.provider.dead["*"] = true
	if got, err := w.call(t, "GET", ""); err != nil || !strings.Contains(got, "authError") {
		t.Errorf("%s, %v", got, err)
	}
	if w.provider.refreshes != 1 || w.provider.calls != 2 || w.connection(t, id).State != parlor.Connected {
		t.Errorf("%d refreshes, %d calls, %+v", w.provider.refreshes, w.provider.calls, w.connection(t, id))
	}
	if err := w.Revoked(t.Context(), id, parlor.KindGoogle); err != nil || w.connection(t, id).State != parlor.ReconnectNeeded {
		t.Errorf("judged to be revoked: %v, %+v", err, w.connection(t, id))
	}
}

func TestAChallengeAfterAFreshTokenIsHandedOn(t *testing.T) {
	w, _ := openCalendar(t)
	w.provider.dead["*"], w.provider.challenge = true, `Bearer error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnt9fQ=="`
	resp, err := w.client.Get(w.provider.URL + "/calendar/events")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if got := resp.Header.Get("WWW-Authenticate"); resp.StatusCode != http.StatusUnauthorized || got != w.provider.challenge {
		t.Errorf("%d, %s", resp.StatusCode, got)
	}
	if w.provider.refreshes != 1 || w.provider.calls != 2 {
		t.Errorf("%d refreshes, %d calls", w.provider.refreshes, w.provider.calls)
	}
}

func TestTokenGoesToTheServiceOnly(t *testing.T) {
	w, _ := openCalendar(t)
	for _, address := range []string{"http://127.0.0.1:1/calendar/", strings.Replace(w.provider.URL, "http:", "https:", 1), w.provider.URL + "/away"} {
		resp, err := w.client.Get(address)
		if err == nil {
			_ = resp.Body.Close()
			t.Errorf("%s was asked", address)
		} else if !strings.Contains(err.Error(), "refuse to send") {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestPaceIsKept(t *testing.T) {
	w, id := openCalendar(t, func(s *parlor.Service) { s.Pace.PerAccount = parlor.Rate{Requests: 2, Per: 20 * time.Second} })
	if _, err := w.call(t, "GET", ""); err != nil {
		t.Fatal(err)
	}
	_, err := w.call(t, "GET", "")
	throttled, ok := errors.AsType[*parlor.ThrottledError](err)
	if !ok || throttled.After < 10*time.Second || throttled.After > 20*time.Second {
		t.Errorf("%v", err)
	}
	if w.provider.calls != 1 {
		t.Errorf("%d calls", w.provider.calls)
	}
	if wait, err := w.store.Pace(t.Context(), store.PaceKey(id, parlor.KindGoogle), parlor.Rate{Requests: 2, Per: 20 * time.Second}, 1); wait == 0 {
		t.Errorf("counted elsewhere, %v", err)
	}
}

func TestPaceOfTheProjectIsShared(t *testing.T) {
	w, _ := openCalendar(t, func(s *parlor.Service) { s.Pace.PerProject = parlor.Rate{Requests: 2, Per: time.Minute} })
	if wait, err := w.store.Pace(t.Context(), store.ProjectPaceKey(parlor.KindGoogle), parlor.Rate{Requests: 2, Per: time.Minute}, 1); wait != 0 || err != nil {
		t.Fatalf("%s, %v", wait, err)
	}
	if _, err := w.call(t, "GET", ""); !isThrottled(err) {
		t.Errorf("%v", err)
	}
}

func TestShortWaitsAreTakenInline(t *testing.T) {
	w, _ := openCalendar(t, func(s *parlor.Service) { s.Pace.PerAccount = parlor.Rate{Requests: 20, Per: time.Second} })
	for range 8 {
		if _, err := w.call(t, "GET", ""); err != nil {
			t.Fatal(err)
		}
	}
	if w.provider.calls != 8 {
		t.Errorf("%d calls", w.provider.calls)
	}
}

func isThrottled(err error) bool {
	_, ok := errors.AsType[*parlor.ThrottledError](err)
	return ok
}

// openCalendar signs a person in and opens their calendar, so that world.client speaks in their name.
func openCalendar(t *testing.T, change ...func(*parlor.Service)) (*world, parlor.AccountID) {
	t.Helper()
	w := newWorld(t, change...)
	result := w.signIn(t)
	if _, err := w.Calendar(t.Context(), result.Account, parlor.KindGoogle); err != nil {
		t.Fatal(err)
	}
	return w, result.Account
}

func (w *world) call(t *testing.T, method, body string) (string, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, w.provider.URL+"/calendar/events", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := w.client.Do(req)
	if err != nil {
		return "", err
	}
	defer func() { _ = resp.Body.Close() }()
	got, err := io.ReadAll(resp.Body)
	return string(got), err
}
