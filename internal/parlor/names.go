package parlor

import (
	"regexp"
	"strings"
)

var (
	passcodePattern     = regexp.MustCompile(`^[a-zA-Z0-9@_*-]{4,10}$`)
	personalLinkPattern = regexp.MustCompile(`^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$`)
)

// passcodeRules keep out what is tried first. A later rule may count on the earlier ones.
var passcodeRules = []struct {
	name   string
	breaks func(p string) bool
}{
	{"must be 4 to 10 letters, digits or @ _ * -", func(p string) bool { return !passcodePattern.MatchString(p) }},
	{"must be 6 digits or more, or have letters too", func(p string) bool { return len(p) < 6 && onlyDigits(p) }},
	{"must have at least 3 different characters", func(p string) bool { return different(p) < 3 }},
	{"must not be a sequence", func(p string) bool { return longestRun(p, 1) == len(p) || longestRun(p, -1) == len(p) }},
	{"must not be one of those that everybody tries first", func(p string) bool { return guessedFirst[strings.ToLower(p)] }},
}

// guessedFirst are the passcodes that every list of leaked passwords begins with, as far as the rules above let them in.
var guessedFirst = func() map[string]bool {
	all := map[string]bool{}
	for _, word := range strings.Fields(`
		password password1 passw0rd p@ssw0rd pass pass123 passcode qwerty qwerty1 qwerty123 qwertz qwertz123 azerty
		1q2w3e 1q2w3e4r 1qaz2wsx abc123 abcd1234 a1b2c3 asdf asdfgh test test123 test1234 guest welcome welcome1 letmein
		admin admin123 root secret changeme iloveyou monkey dragon football baseball sunshine princess
		123123 123321 112233 121212 159753 147258 654123 zoom zoom123 meeting meeting1 parlor`) {
		all[word] = true
	}
	return all
}()

// ValidatePasscode says whether a passcode can be set: of the characters that Zoom allows too, and not one of those that are
// guessed first. The error is a FieldError without the value, so that a passcode never gets into a log.
func ValidatePasscode(p string) error {
	for _, rule := range passcodeRules {
		if rule.breaks(p) {
			return FieldError{Field: "passcode", Message: rule.name}
		}
	}
	return nil
}

// ValidatePersonalLink says whether a name can stand in /my/{name}. The error is a FieldError. Whether somebody has it, or
// one like it, is the store's to know.
func ValidatePersonalLink(name string) error {
	fault := func(message string) error { return FieldError{Field: "personal_link", Value: name, Message: message} }
	switch {
	case len(name) < 5 || len(name) > 40 || !personalLinkPattern.MatchString(name):
		return fault("must be 5 to 40 small letters and digits, start with a letter, and may have single dots or hyphens between them")
	case reservedLikenesses[Likeness(name)]:
		return fault("is kept free, so that nobody is taken for somebody official")
	}
	return nil
}

// reservedNames could be mistaken for a page of the installation, or for those who run it.
var reservedNames = strings.Fields(`
	abuse account accounts addin admin administration administrator anonymous billing calendar calendars callback
	company contact devices downloads everyone extension google guest guests healthz helpdesk host hostmaster hooks index
	instant internal invitation invite join lobby login logout manager manifest meeting meetings microsoft moderator nobody
	noreply no-reply null oauth office official operator organizer outlook owner parlor password personal-room personal
	policy portal postmaster privacy profile readyz register room rooms root schedule security service settings signin
	signout signup staff start static support sysadmin system teams terms undefined webmaster welcome zoom`)

var reservedLikenesses = func() map[string]bool {
	all := map[string]bool{}
	for _, name := range reservedNames {
		all[Likeness(name)] = true
	}
	return all
}()

// alike are what cannot be told apart at a glance among [a-z0-9.-], in an address that may be printed in capitals. The
// tables of UTS 39 do not serve: names hold no other script, and there 0 is like O and not like o.
var alike = strings.NewReplacer("rn", "m", "vv", "w", "0", "o", "1", "l", "i", "l", ".", "", "-", "")

// Likeness is the same for names that people would mistake for one another. It is for comparing, never for showing.
func Likeness(name string) string { return alike.Replace(strings.ToLower(name)) }

func different(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}
