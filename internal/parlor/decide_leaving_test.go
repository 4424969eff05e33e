package parlor

import (
	"testing"
	"time"
)

func TestLeavingTakesOnlyOurLinkOut(t *testing.T) {
	leaving := func(c Case, change func(*Case)) Case {
		c.Leaving = true
		change(&c)
		return c
	}
	plain := func(*Case) {}
	for name, c := range map[string]struct {
		of      Case
		want    Verb
		code    string
		unclaim bool
	}{
		"our link":          {leaving(injected(plain), plain), Remove, "left", false},
		"while paused":      {leaving(injected(plain), func(c *Case) { c.Settings.Paused = true }), Remove, "left", false},
		"keyword is there":  {leaving(injected(plain), func(c *Case) { c.Settings.AutoAdd = AddAlways }), Remove, "left", false},
		"a copy":            {leaving(injected(plain), func(c *Case) { c.Meeting = nil }), Remove, "left", false},
		"no link":           {leaving(testCase(plain), func(c *Case) { c.Settings.AutoAdd = AddAlways }), Keep, "not_wanted", false},
		"over":              {leaving(injected(plain), func(c *Case) { c.Now = testNow.Add(48 * time.Hour) }), Keep, "over", false},
		"locked":            {leaving(injected(plain), func(c *Case) { c.Event.Locked = true }), Keep, "not_editable", false},
		"another's room":    {leaving(injected(plain), func(c *Case) { c.Meeting, c.Foreign, c.Event.Stamp = nil, true, "" }), Keep, "other_room", false},
		"a number, no link": {leaving(injected(plain), func(c *Case) { c.Event.Body, c.Event.Location = "", "" }), Keep, "not_wanted", true},
		"by hand": {leaving(testCase(plain), func(c *Case) {
			c.Event.Body = RoomLink(testOrigin, testRoom, false)
		}), Keep, "by_hand", false},
	} {
		got := Decide(c.of)
		if got.Do != c.want || got.Why.Code != c.code || got.Unclaim != c.unclaim {
			t.Errorf("%s: %+v, want %s because of %s", name, got, c.want, c.code)
		}
	}
}
