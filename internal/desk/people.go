package desk

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// PeoplePage is how many people People returns at most.
const PeoplePage = 100

// KnownPerson is one whom the person knows, or everybody at one domain.
type KnownPerson struct {
	Address string     `json:"address" doc:"eve@example.org, or @example.org for everybody there"`
	Learned bool       `json:"learned" doc:"You met them; they were not put on the list"`
	Met     *time.Time `json:"met,omitempty" doc:"When the last meeting with them ended"`
}

// PeopleView is a page of the people someone knows, by address.
type PeopleView struct {
	People []KnownPerson `json:"people" nullable:"false"`
	Total  int           `json:"total" doc:"How many are found altogether"`
	Next   string        `json:"next" doc:"Empty with the last page"`
}

// People lists whom the person knows: those on their list, and those they met within a year. The search is for a part of
// an address; the cursor is the one returned with the page before.
func (d *Desk) People(ctx context.Context, acct parlor.AccountID, search, cursor string) (PeopleView, error) {
	after, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return PeopleView{}, badCursor(cursor)
	}
	all, err := d.st.People(ctx, acct)
	if err != nil {
		return PeopleView{}, err
	}
	view, search := PeopleView{People: []KnownPerson{}}, parlor.NormalAddress(search)
	for _, a := range all {
		if !strings.Contains(a.Address, search) {
			continue
		}
		view.Total++
		switch {
		case a.Address <= string(after):
		case len(view.People) < PeoplePage:
			view.People = append(view.People, knownPerson(a))
		case view.Next == "":
			view.Next = base64.RawURLEncoding.EncodeToString([]byte(view.People[PeoplePage-1].Address))
		}
	}
	return view, nil
}

func knownPerson(a parlor.Acquaintance) KnownPerson {
	p := KnownPerson{Address: a.Address, Learned: a.Added.IsZero()}
	if !a.Met.IsZero() {
		p.Met = &a.Met
	}
	return p
}

// AddPerson puts an address or a whole domain on the person's list and returns how it stands there. Doing it again
// changes nothing.
func (d *Desk) AddPerson(ctx context.Context, acct parlor.AccountID, address string) (string, error) {
	address, fault := readPerson(address)
	if fault != "" {
		return "", Faults{{Field: "address", Message: fault, Value: address}}
	}
	err := d.guardAgain(ctx, acct, func() error { return d.st.AddPerson(ctx, acct, address) })
	switch {
	case errors.Is(err, parlor.ErrTaken):
		return address, nil
	case errors.Is(err, parlor.ErrInvalid):
		return "", Faults{{Field: "address", Message: fullList}}
	}
	return address, err
}

var fullList = fmt.Sprintf("does not fit: %d are on your list. Remove some, or add their domain instead", store.MaxPeople)

// readPerson is an address or a domain in the form in which it is listed, or what is wrong with it.
func readPerson(text string) (address, fault string) {
	address = parlor.NormalAddress(text)
	if local, domain, found := strings.Cut(address, "@"); found && local != "" {
		if !isAddress(address) || !isDomain(domain) {
			return text, "must be an e-mail address, or a domain: eve@example.org or example.org"
		}
		return address, ""
	}
	domain := strings.TrimPrefix(address, "@")
	switch {
	case !isDomain(domain):
		return text, "must be an e-mail address, or a domain: eve@example.org or example.org"
	case parlor.OwnDomain("anybody@"+domain) == "":
		return text, "must not be " + domain + " as a whole: anybody can have an address there. Add the people you know one by one"
	}
	return "@" + domain, ""
}

// isDomain says whether somebody can have registered this: a name below a public suffix.
func isDomain(name string) bool {
	if len(name) > 253 || strings.ContainsAny(name, " @,;:/\\\"<>()[]") {
		return false
	}
	_, err := publicsuffix.EffectiveTLDPlusOne(name)
	return err == nil
}

// RemovePerson takes somebody off the list, or forgets that they were met: they are a stranger until put on it again.
// Doing it again changes nothing.
func (d *Desk) RemovePerson(ctx context.Context, acct parlor.AccountID, address string) error {
	return done(d.guardAgain(ctx, acct, func() error { return d.st.RemovePerson(ctx, acct, parlor.NormalAddress(address)) }))
}

// RestorePerson takes a removal back: they are known as they were. Doing it again changes nothing.
func (d *Desk) RestorePerson(ctx context.Context, acct parlor.AccountID, address string) error {
	return done(d.guardAgain(ctx, acct, func() error { return d.st.RestorePerson(ctx, acct, parlor.NormalAddress(address)) }))
}

// done leaves out that there was nothing to do any more.
func done(err error) error {
	if errors.Is(err, parlor.ErrNotFound) {
		return nil
	}
	return err
}

// guardAgain changes whom the person knows and has every event looked at again, because who waits follows from it. The full
// pass is owed before the change, in case we die in between.
func (d *Desk) guardAgain(ctx context.Context, acct parlor.AccountID, change func() error) error {
	if _, err := d.st.RequestResync(ctx, acct); err != nil {
		return fmt.Errorf("note that a full pass is owed: %w", err)
	}
	if err := change(); err != nil {
		return err
	}
	if err := d.sync.Resync(ctx, acct); err != nil {
		return fmt.Errorf("ask for a full pass: %w", err)
	}
	return nil
}
