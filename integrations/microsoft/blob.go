package microsoft

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/microsoftgraph/msgraph-sdk-go/models"

	"parlor/internal/parlor"
)

// A Teams meeting is switched off when its block leaves the body: Graph says to keep the "meeting blob" as it is. The block
// stands between two long lines of underscores; Outlook has been seen to leave one of them out, or to word it in any
// language. What cannot change are its links.
// Source: https://learn.microsoft.com/en-us/graph/api/event-update
var (
	blobRule = regexp.MustCompile(`_{20,}`)
	blobLink = regexp.MustCompile(`https://(?:teams\.microsoft\.(?:com|us)|teams\.live\.com|dialin\.teams\.microsoft\.com|aka\.ms/JoinTeamsMeeting|meet\.lync\.com)[^\s"'<>]*`)
)

// keepsBlob refuses a body in which the block of the event's own online meeting is not what it is now: the text that we
// were given was made from an older reading.
func keepsBlob(now models.Eventable, body string) error {
	if !val(now.GetIsOnlineMeeting()) && now.GetOnlineMeeting() == nil {
		return nil
	}
	is, _ := text(now.GetBody())
	for _, piece := range blob(is) {
		if !strings.Contains(body, piece) {
			return fmt.Errorf("online meeting's own text would be lost: %w", parlor.ErrConflict)
		}
	}
	return nil
}

// blob is what must be found again: all from the first to the last line of underscores if there are links of the meeting
// between them, and every such link elsewhere.
func blob(body string) []string {
	var pieces []string
	if rules := blobRule.FindAllStringIndex(body, -1); len(rules) > 1 {
		if block := body[rules[0][0]:rules[len(rules)-1][1]]; blobLink.MatchString(block) {
			pieces = append(pieces, block)
		}
	}
	return append(pieces, blobLink.FindAllString(body, -1)...)
}
