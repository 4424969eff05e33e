package mail

import (
	"fmt"
	"strings"

	gomail "github.com/wneessen/go-mail"

	"parlor/internal/parlor"
)

// compose writes the mail. It says of itself that a program wrote it, so that no other program answers (RFC 3834, section 5;
// https://learn.microsoft.com/en-us/openspecs/exchange_server_protocols/ms-oxcmail/ced68690-498a-4567-9d14-5c01f974d8b1).
func (m *Mailer) compose(to parlor.Person, id string, n Notice) (*gomail.Msg, error) {
	letter := n.letter()
	html, err := letter.html()
	if err != nil {
		return nil, err
	}
	msg := gomail.NewMsg()
	msg.FromMailAddress(&m.from)
	if err := msg.AddToFormat(oneLine(to.Name), to.Email); err != nil {
		return nil, fmt.Errorf("write to %q: %w: %w", to.Email, ErrRefused, err)
	}
	_, domain, _ := strings.Cut(m.from.Address, "@")
	msg.SetMessageIDWithValue(id + "@" + domain)
	msg.SetDateWithValue(m.now())
	msg.Subject(oneLine(letter.Subject))
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("X-Auto-Response-Suppress", "All")
	msg.SetGenHeader("Content-Language", n.Language)
	msg.SetBodyString(gomail.TypeTextPlain, letter.text())
	msg.AddAlternativeString(gomail.TypeTextHTML, html)
	return msg, nil
}

// longestName is how much of a name that somebody typed is told.
const longestName = 60

// oneLine is a text without anything that would begin another line, or write in another direction from there on.
func oneLine(text string) string {
	runes := []rune(strings.Join(strings.FieldsFunc(text, unprintable), " "))
	return string(runes[:min(len(runes), 200)])
}
