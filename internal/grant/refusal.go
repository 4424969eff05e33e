package grant

import "net/url"

// Refusal is an error as OAuth writes it (RFC 6749, sections 4.1.2.1 and 5.2).
type Refusal struct {
	Code  string // "invalid_grant"
	Words string // for whoever writes the app; ASCII without quotes
	Grant string // the grant that a genuine code or token names; "" when there is none
	Back  string // where the browser goes with it; "" when it must stay
}

// Error is for logs.
func (r *Refusal) Error() string { return r.Code + ": " + r.Words }

func refuse(code, words string) *Refusal { return &Refusal{Code: code, Words: words} }

// of says which grant the refusal is about.
func (r *Refusal) of(grant string) *Refusal {
	r.Grant = grant
	return r
}

// one reads a parameter, "" when it is absent. None may come twice (RFC 6749, section 3.1).
func one(form url.Values, name string) (string, *Refusal) {
	if len(form[name]) > 1 {
		return "", refuse("invalid_request", name+" comes twice")
	}
	return form.Get(name), nil
}

// all reads parameters into where they belong. One that comes twice is the refusal; the others are read all the same, so that
// the state is known with which the refusal goes back.
func all(form url.Values, into map[string]*string) (refusal *Refusal) {
	for name, to := range into {
		value, twice := one(form, name)
		if twice != nil {
			refusal = twice
		}
		*to = value
	}
	return refusal
}
