package store

import (
	"fmt"
	"testing"

	"parlor/internal/parlor"
)

func TestDecodedSettingsAreRememberedWithinBounds(t *testing.T) {
	var d decoded
	for i := range 3 * memoSize {
		text := fmt.Sprintf(`{"default_duration_minutes":%d}`, i)
		for range 2 {
			st, etag, err := d.read(text, parlor.Ruling{})
			if err != nil || st.DefaultDuration != i || st.Keyword != parlor.DefaultSettings().Keyword || etag != revision(text) {
				t.Fatalf("%s: %+v, %s, %v", text, st, etag, err)
			}
		}
		if len(d.byText) > memoSize {
			t.Fatalf("%d are remembered", len(d.byText))
		}
	}
	if _, _, err := d.read("{", parlor.Ruling{}); err == nil {
		t.Error("broken settings were taken")
	}
}
