package web

import (
	"strings"
	"testing"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

func TestWhatPagesSayOfTheVideoSystem(t *testing.T) {
	zoom := parlor.Service{Kind: parlor.KindZoom, Name: "Zoom", Owns: true, OAuth: &parlor.OAuth{}, Beyond: []parlor.Reason{{Code: "x", Text: "It ends never."}}}
	with := func(state parlor.ConnectionState) parlor.Account {
		return parlor.Account{Connections: []parlor.Connection{{Kind: parlor.KindZoom, State: state}}}
	}
	for name, tt := range map[string]struct {
		video   parlor.Service
		account parlor.Account
		asks    string
	}{
		"nothing to connect": {parlor.Service{Kind: parlor.KindJitsi, Name: "Jitsi"}, parlor.Account{}, ""},
		"not connected":      {zoom, parlor.Account{}, "Connect Zoom to have your room."},
		"connected":          {zoom, with(parlor.Connected), ""},
		"withdrawn":          {zoom, with(parlor.ReconnectNeeded), "Zoom no longer lets Parlor in."},
	} {
		got := newVideoNote(tt.video, tt.account)
		asks := ""
		if got.Connect != nil {
			asks = got.Connect.What
			if got.Connect.Href != "/connect/zoom?return=%2Fprofile" {
				t.Errorf("%s leads to %s", name, got.Connect.Href)
			}
		}
		if asks != tt.asks || got.Owned != tt.video.Owns || len(got.Beyond) != len(tt.video.Beyond) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := newVideoNote(zoom, with(parlor.Connected)); got.Awaited || !got.of(desk.RoomView{Awaited: true}).Awaited {
		t.Errorf("a number that has not come yet is shown: %+v", got)
	}
	if got := newVideoNote(zoom, parlor.Account{}); !strings.Contains(got.Connect.Next, "one-time") || got.Beyond[0] != "It ends never." {
		t.Errorf("%+v", got)
	}
}
