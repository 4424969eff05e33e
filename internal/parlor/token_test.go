package parlor

import (
	"regexp"
	"testing"
	"time"
)

func TestTokenIsBoundToAllItStandsFor(t *testing.T) {
	token := testRoom.Token("2345678901", "98765432109")
	if !regexp.MustCompile(`^[A-Za-z0-9_-]{22}$`).MatchString(token) {
		t.Errorf("token %q", token)
	}
	if !testRoom.TokenValid(token, "2345678901", "98765432109") {
		t.Error("the room refuses its own token")
	}
	rotated, other := testRoom, testRoom
	rotated.PasscodeVersion++
	other.Secret = []byte("another secret of another room..")
	refused := map[string]bool{
		"other passcode version": rotated.TokenValid(token, "2345678901", "98765432109"),
		"other room":             other.TokenValid(token, "2345678901", "98765432109"),
		"other id":               testRoom.TokenValid(token, "2345678902", "98765432109"),
		"other number":           testRoom.TokenValid(token, "2345678901", "98765432108"),
		"moved boundary":         testRoom.TokenValid(testRoom.Token("12", "3"), "1", "23"),
		"empty token":            testRoom.TokenValid("", "2345678901", "98765432109"),
		"no secret":              Room{}.TokenValid(Room{}.Token("2345678901", ""), "2345678901", ""),
	}
	for name, accepted := range refused {
		if accepted {
			t.Errorf("accepted: %s", name)
		}
	}
}

func TestSessionName(t *testing.T) {
	start := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	name := testRoom.SessionName("98765432109", start)
	if !regexp.MustCompile(`^[a-z2-7]{26}$`).MatchString(name) {
		t.Errorf("name %q", name)
	}
	if again := testRoom.SessionName("98765432109", start.In(time.FixedZone("", 3600))); again != name {
		t.Error("the zone changes the name")
	}
	if testRoom.SessionName("98765432109", start.Add(time.Hour)) == name || testRoom.SessionName("98765432108", start) == name {
		t.Error("two sessions share a name")
	}
}
