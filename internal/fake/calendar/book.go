package calendar

// Calendar is one calendar's description.
type Calendar struct {
	ID      string // the owner's e-mail address for a primary calendar
	Name    string
	Zone    string // IANA name
	Owner   string // e-mail address
	Primary bool
}

// Role is what a person may do in a calendar, in Google's words.
type Role string

// The roles, from least to most.
const (
	FreeBusy Role = "freeBusyReader"
	Reader   Role = "reader"
	Writer   Role = "writer"
	Owner    Role = "owner"
)

// Entry is a calendar on a person's list.
type Entry struct {
	Calendar
	Role Role
}

// book is a calendar with its events and its change log.
type book struct {
	Calendar
	roles  map[string]Role
	events map[string]*record
	series map[string][]*record // exceptions by the id of their master
	log    []entry
}

// AddCalendar makes a secondary calendar that its owner owns. A calendar with the same id keeps its events.
func (w *World) AddCalendar(c Calendar) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.addBook(c)
}

func (w *World) addBook(c Calendar) {
	if b, known := w.books[c.ID]; known {
		b.Calendar = c
		return
	}
	w.shelf = append(w.shelf, c.ID)
	w.books[c.ID] = &book{
		Calendar: c, roles: map[string]Role{c.Owner: Owner},
		events: map[string]*record{}, series: map[string][]*record{},
	}
}

// Share puts a calendar on somebody's list with the given role. An empty role takes it off.
func (w *World) Share(id, email string, role Role) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	b, ok := w.books[id]
	if !ok {
		return ErrNotFound
	}
	if role == "" {
		delete(b.roles, email)
		return nil
	}
	b.roles[email] = role
	return nil
}

// Calendars lists the calendars a person can see, primary first, then in the order they were made.
func (w *World) Calendars(email string) []Entry {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []Entry
	for _, id := range w.shelf {
		b := w.books[id]
		role, ok := b.roles[email]
		switch {
		case !ok:
		case b.Primary && b.Owner == email:
			all = append([]Entry{{b.Calendar, role}}, all...)
		default:
			all = append(all, Entry{b.Calendar, role})
		}
	}
	return all
}

// Entry finds one calendar as a person sees it; false when it does not exist or is not shared with them.
func (w *World) Entry(id, email string) (Entry, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	b, ok := w.books[id]
	if !ok {
		return Entry{}, false
	}
	role, ok := b.roles[email]
	return Entry{b.Calendar, role}, ok
}
