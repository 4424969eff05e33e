package parlor

import "regexp"

var (
	passcodePattern     = regexp.MustCompile(`^[a-zA-Z0-9@_*-]{4,10}$`)
	personalLinkPattern = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9.]{4,39}$`)
)

// ValidatePasscode says whether a passcode can be set: 4 to 10 of the characters that Zoom allows too. The error is a
// FieldError without the value, so that a passcode never gets into a log.
func ValidatePasscode(p string) error {
	if !passcodePattern.MatchString(p) {
		return FieldError{Field: "passcode", Message: "must be 4 to 10 letters, digits or @ _ * -"}
	}
	return nil
}

// ValidatePersonalLink says whether a name can stand in /my/{name}. The error is a FieldError. Whether somebody has it
// already is the store's to know.
func ValidatePersonalLink(name string) error {
	if !personalLinkPattern.MatchString(name) {
		return FieldError{
			Field: "personal_link", Value: name,
			Message: "must be 5 to 40 letters, digits or dots, and start with a letter",
		}
	}
	return nil
}
