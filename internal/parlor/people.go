package parlor

import (
	"slices"
	"strings"
	"time"
)

// Acquaintance is one whom a person knows, or everybody at one domain.
type Acquaintance struct {
	Address string    `json:"address"`        // ada@example.org, or @example.org for the whole domain; in the form of NormalAddress
	Added   time.Time `json:"added,omitzero"` // when the person put them on the list, zero: they were met
	Met     time.Time `json:"met,omitzero"`   // end of the last meeting with them, zero: none is remembered
}

// NormalAddress is an address in the form in which addresses are compared.
func NormalAddress(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// WholeDomain is how everybody at the domain of an address is listed: @example.org.
func WholeDomain(email string) string { return "@" + mailDomain(NormalAddress(email)) }

// Invited are the people invited besides the person: no rooms, no projectors, nobody twice.
func Invited(invited []Person) []string {
	var list []string
	for _, p := range invited {
		if address := NormalAddress(p.Email); !p.Self && !p.Resource && address != "" && !slices.Contains(list, address) {
			list = append(list, address)
		}
	}
	return list
}

// Circle is whom a person knows, as far as it was asked for. Its zero value knows nobody.
type Circle struct {
	self   []string // the person's own addresses
	domain string   // that the person belongs to, "" for none
	known  map[string]bool
}

// NewCircle returns the circle of an account; known are those on its list and those it met, as Acquaintance.Address.
func NewCircle(a Account, known map[string]bool) Circle {
	c := Circle{self: []string{NormalAddress(a.Email)}, domain: OwnDomain(a.Email), known: known}
	for _, conn := range a.Connections {
		c.self = append(c.self, NormalAddress(conn.Email))
	}
	return c
}

// Strangers are those of the addresses whom the person does not know: outside their own domain, neither on their list
// nor met before. The addresses are in the form of NormalAddress.
func (c Circle) Strangers(addresses []string) []string {
	var list []string
	for _, a := range addresses {
		if c.Outside(a) && !c.known[a] && !c.known[WholeDomain(a)] {
			list = append(list, a)
		}
	}
	return list
}

// Outside says whether an address is neither the person's own nor of their own domain.
func (c Circle) Outside(address string) bool {
	return !slices.Contains(c.self, address) && (c.domain == "" || mailDomain(address) != c.domain)
}
