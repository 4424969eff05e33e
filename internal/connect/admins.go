package connect

import (
	"slices"
	"strings"

	"parlor/internal/parlor"
)

// Admins are the people who may administer: verified addresses, and people at Microsoft by the ids of organisation and
// person, "tid/oid", because an address there can be set freely.
type Admins []string

// Are says whether an account is an administrator's, by what its connections prove. One that was disabled is nobody's.
func (a Admins) Are(acct parlor.Account) bool {
	if acct.Disabled {
		return false
	}
	proven := acct.Proven()
	if c, ok := acct.Connection(parlor.KindMicrosoft); ok {
		proven = append(proven, c.Subject)
	}
	return slices.ContainsFunc(a, func(admin string) bool {
		return slices.ContainsFunc(proven, func(who string) bool { return strings.EqualFold(who, admin) })
	})
}
