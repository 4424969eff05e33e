package parlor

import "testing"

func TestTheLinkLeavesALineOfPlaces(t *testing.T) {
	link := testBlock.Link
	for location, want := range map[string]string{
		link: "", "Room 5; " + link: "Room 5", link + "; Room 5": "Room 5", "Room 5; " + link + "; Cellar": "Room 5; Cellar",
		"Room 5 or " + link: "Room 5 or ", "Room 5; ": "Room 5; ", link + "; " + link: "", "Bring; cake": "Bring; cake",
	} {
		e := Event{Location: location}
		got := location
		if p := Decompose(e, testOrigin); p.Location != nil {
			got = *p.Location
		}
		if got != want {
			t.Errorf("%q became %q, want %q", location, got, want)
		}
	}
}
