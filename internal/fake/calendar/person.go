package calendar

// Person is somebody with an account at the faked service.
type Person struct {
	Email      string
	Name       string
	Zone       string // IANA name
	Unverified bool   // the e-mail address was never confirmed
	Tenant     string // directory, for services that have them; "" means the service's usual one
	OnPremises bool   // the mailbox is not in the cloud: signing in works, calendars do not
}

// AddPerson adds p, or replaces the person of the same address, and makes their primary calendar, whose id is the address.
func (w *World) AddPerson(p Person) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, known := w.people[p.Email]; !known {
		w.order = append(w.order, p.Email)
	}
	w.people[p.Email] = p
	w.addBook(Calendar{ID: p.Email, Name: p.Email, Zone: p.Zone, Owner: p.Email, Primary: true})
}

// People lists everybody in the order they were added.
func (w *World) People() []Person {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := make([]Person, 0, len(w.order))
	for _, email := range w.order {
		all = append(all, w.people[email])
	}
	return all
}

// Person finds somebody by e-mail address.
func (w *World) Person(email string) (Person, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, ok := w.people[email]
	return p, ok
}
