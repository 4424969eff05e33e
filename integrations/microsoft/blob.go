package microsoft

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/microsoftgraph/msgraph-sdk-go/models"

	"parlor/internal/parlor"
)

// A Teams meeting is switched off when its block leaves the body: Graph says to keep the "meeting blob" as it is. The block
// stands between two long lines of underscores, in any language; mail gateways have been seen to drop the lines, to wrap the
// links and to take them out.
// Source: https://learn.microsoft.com/en-us/graph/api/event-update
var (
	blobRule = regexp.MustCompile(`_{20,}`)
	blobMark = regexp.MustCompile(
		`https://(?:(?:[a-z.]+\.)?teams\.microsoft\.(?:com|us)|teams\.live\.com|aka\.ms/JoinTeamsMeeting|meet\.lync\.com|` +
			`[a-z0-9.]+\.safelinks\.protection\.outlook\.com/[^\s"'<>]*teams\.)[^\s"'<>]*` +
			`|(?i:conference id:)\s*[0-9][0-9 ]{5,}#`)
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

// blob is what must be found again: each stretch between two lines of underscores that has a mark of the meeting in it, the
// lines included, and every mark elsewhere.
func blob(body string) []string {
	rules := blobRule.FindAllStringIndex(body, -1)
	var pieces []string
	for i := range max(1, len(rules)) - 1 {
		if block := body[rules[i][0]:rules[i+1][1]]; blobMark.MatchString(block) {
			pieces = append(pieces, block)
		}
	}
	return append(pieces, blobMark.FindAllString(body, -1)...)
}
