package connect

import (
	"errors"
	"testing"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
)

func TestWaitingForASlotEndsInTheQueue(t *testing.T) {
	c := &Connector{st: storetest.Open(t, storetest.Redis(t), time.Now)}
	s := parlor.Service{Kind: parlor.KindMicrosoft, Pace: parlor.Pace{AtOnce: 1}}
	one, err := (&transport{c: c, account: "ada", service: s}).takeSlot(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = (&transport{c: c, account: "ada", service: s}).takeSlot(t.Context(), 3*slotPause)
	if throttled, ok := errors.AsType[*parlor.ThrottledError](err); !ok || throttled.After <= 0 {
		t.Errorf("%v", err)
	}
	one.give(t.Context())
	two, err := (&transport{c: c, account: "ada", service: s}).takeSlot(t.Context(), 0)
	if err != nil {
		t.Errorf("after it was given back: %v", err)
	}
	one.give(t.Context()) // a second time
	if _, err = (&transport{c: c, account: "ada", service: s}).takeSlot(t.Context(), 0); err == nil {
		t.Errorf("the slot of %s was given away", two.holder)
	}
}
