package stage

import (
	"crypto/rand"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Grant is what a token stands for.
type Grant struct {
	Email  string
	Scopes []string
	Until  time.Time // zero: for ever
	Family string    // the refresh token an access token came from
}

// Grants are the codes and tokens that were given out. Make them with NewGrants.
type Grants struct {
	access, refresh string // how tokens begin
	most            int    // refresh tokens of one person that live at once; the oldest die silently

	mu       sync.Mutex
	codes    map[string]Code
	bearers  map[string]Grant
	renewers map[string]Grant
	consents map[string][]string // by e-mail address: what a person ever agreed to
	order    []string            // refresh tokens, oldest first
}

// NewGrants returns an empty store; access and refresh are how its tokens begin, most how many refresh tokens a person has.
func NewGrants(access, refresh string, most int) *Grants {
	return &Grants{
		access: access, refresh: refresh, most: most, codes: map[string]Code{},
		bearers: map[string]Grant{}, renewers: map[string]Grant{}, consents: map[string][]string{},
	}
}

// Bearer finds who sent a request by its access token.
func (g *Grants) Bearer(r *http.Request, now time.Time) (Grant, bool) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return Grant{}, false
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	t, ok := g.bearers[token]
	if !ok || !now.Before(t.Until) {
		return Grant{}, false
	}
	return t, true
}

// NewAccess gives out an access token.
func (g *Grants) NewAccess(t Grant) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	token := g.access + rand.Text() + rand.Text()
	g.bearers[token] = t
	return token
}

// NewRefresh gives out a refresh token.
func (g *Grants) NewRefresh(t Grant) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	token := g.refresh + rand.Text() + rand.Text()
	g.renewers[token] = t
	g.order = append(g.order, token)
	g.dropOldest(t.Email)
	return token
}

func (g *Grants) dropOldest(email string) {
	g.order = slices.DeleteFunc(g.order, func(t string) bool { _, live := g.renewers[t]; return !live })
	var mine []string
	for _, t := range g.order {
		if g.renewers[t].Email == email {
			mine = append(mine, t)
		}
	}
	for len(mine) > g.most {
		delete(g.renewers, mine[0])
		mine = mine[1:]
	}
}

// Redeem finds a live refresh token.
func (g *Grants) Redeem(token string, now time.Time) (Grant, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	t, ok := g.renewers[token]
	return t, ok && (t.Until.IsZero() || now.Before(t.Until))
}

// Spend is Redeem for a service whose refresh tokens work once.
func (g *Grants) Spend(token string, now time.Time) (Grant, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	t, ok := g.renewers[token]
	delete(g.renewers, token)
	return t, ok && (t.Until.IsZero() || now.Before(t.Until))
}

// Find is whatever a refresh or an access token stands for.
func (g *Grants) Find(token string) (Grant, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if t, ok := g.renewers[token]; ok {
		return t, true
	}
	t, ok := g.bearers[token]
	return t, ok
}

// Agree remembers a person's consent and tells whether it is the first one.
func (g *Grants) Agree(email string, scopes []string) (first bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	first = len(g.consents[email]) == 0
	for _, s := range scopes {
		if !slices.Contains(g.consents[email], s) {
			g.consents[email] = append(g.consents[email], s)
		}
	}
	return first
}

// Agreed is everything a person ever agreed to.
func (g *Grants) Agreed(email string) []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.consents[email])
}

// Revoke kills every token and the consent of a person.
func (g *Grants) Revoke(email string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.consents, email)
	for _, tokens := range []map[string]Grant{g.bearers, g.renewers} {
		for token, t := range tokens {
			if t.Email == email {
				delete(tokens, token)
			}
		}
	}
}

// ExpireAccess ends the life of every access token given out so far.
func (g *Grants) ExpireAccess() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.bearers = map[string]Grant{}
}
