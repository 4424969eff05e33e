package connect

import (
	"slices"
	"strings"
)

// Domains are the mail domains that may sign in, exactly as they are; "*" lets everyone in.
type Domains []string

// Allow says whether a verified address may sign in: by what follows its last @, whatever its case.
func (d Domains) Allow(email string) bool {
	at := strings.LastIndexByte(email, '@')
	if at < 1 || at == len(email)-1 {
		return false
	}
	domain := email[at+1:]
	return slices.ContainsFunc(d, func(allowed string) bool {
		return allowed == "*" || strings.EqualFold(strings.TrimSpace(allowed), domain)
	})
}
