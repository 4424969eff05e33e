package syncer

import (
	"context"
	"fmt"
	"slices"

	"parlor/internal/parlor"
)

// Strangers are those of the people invited whom the person does not know; none are looked for where all may come.
func (c *Claims) Strangers(ctx context.Context, invited []parlor.Person) ([]string, error) {
	if c.settings.Guard.Unfamiliar == parlor.GuardAllow {
		return nil, nil
	}
	return c.unmet(ctx, invited)
}

// unmet are the guests whom the person does not know, whatever the settings make of that.
func (c *Claims) unmet(ctx context.Context, invited []parlor.Person) ([]string, error) {
	guests := parlor.Invited(invited)
	if len(guests) == 0 {
		return nil, nil
	}
	circle, err := c.circle(ctx, guests)
	if err != nil {
		return nil, err
	}
	return circle.Strangers(guests), nil
}

// Waiting says why the guests of a meeting that has its number wait, as they are now; nil when they do not.
func (c *Claims) Waiting(ctx context.Context, m parlor.Meeting, invited []parlor.Person) (*parlor.Reason, error) {
	if m.Kind != parlor.InRoom {
		return nil, nil
	}
	strangers, err := c.Strangers(ctx, invited)
	if err != nil {
		return nil, err
	}
	return parlor.Waiting(c.settings, m, strangers), nil
}

// received is the meeting with what its guests mean for it: how many the person does not know, and whether they wait.
func (p *pass) received(ctx context.Context, m parlor.Meeting, e parlor.Event) (parlor.Meeting, error) {
	unmet, err := p.desk.unmet(ctx, company(e))
	if err != nil {
		return m, err
	}
	m.Guests.Unmet = len(unmet)
	m.Waits, err = p.desk.Waiting(ctx, m, company(e))
	return m, err
}

// circle is whom the person knows of these addresses. Those of their own domain are not looked up.
func (c *Claims) circle(ctx context.Context, addresses []string) (parlor.Circle, error) {
	if c.account == nil {
		account, err := c.st.Account(ctx, c.acct)
		if err != nil {
			return parlor.Circle{}, fmt.Errorf("read account: %w", err)
		}
		c.account = &account
	}
	known, err := c.st.Known(ctx, c.acct, parlor.NewCircle(*c.account, nil).Strangers(addresses))
	if err != nil {
		return parlor.Circle{}, fmt.Errorf("look up guests: %w", err)
	}
	return parlor.NewCircle(*c.account, known), nil
}

// company is everybody an event brings together.
func company(e parlor.Event) []parlor.Person {
	return append(slices.Clone(e.Attendees), e.Organizer)
}

// waitingAlone says why the guests of one occurrence wait though those of its series do not.
func (p *pass) waitingAlone(ctx context.Context, c parlor.Case) (*parlor.Reason, error) {
	if c.Event.Cancelled || c.Series.Waits != nil {
		return nil, nil
	}
	return p.desk.Waiting(ctx, *c.Series, company(c.Event))
}

// newlyWaiting is why the guests of an event wait from now on, nil when nothing changed in that.
func newlyWaiting(before, after parlor.Meeting, e parlor.Event) *parlor.Reason {
	slot := parlor.Slot{Start: e.Start.Time}
	if was := before.WaitsAt(slot); was != nil {
		return nil
	}
	return after.WaitsAt(slot)
}

// learn notes whom the person meets at the listed events, before any of them is judged.
func (p *pass) learn(ctx context.Context, events []parlor.Event) error {
	var hosts []parlor.Person
	for _, e := range events {
		hosts = append(hosts, e.Organizer)
	}
	circle, err := p.desk.circle(ctx, parlor.Invited(hosts))
	if err != nil {
		return err
	}
	met := make([]parlor.Encounter, len(events))
	for i, e := range events {
		met[i] = circle.Meets(e)
	}
	if err := p.st.Learn(ctx, p.acct, met); err != nil {
		return fmt.Errorf("note who is met: %w", err)
	}
	return nil
}
