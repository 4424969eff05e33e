package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"parlor/internal/connect"
	"parlor/internal/parlor"
	"parlor/internal/web/look"
)

// signInPage is what signin.html shows.
type signInPage struct {
	Services []signInButton
	Who      string
	Problem  *signInProblem
}

type signInButton struct{ Name, Href string }

// signInProblem is why the last attempt failed, and what to do.
type signInProblem struct{ What, Next string }

// signInProblems are looked up by the name that the sign-in's callback puts into the address (/?problem=).
var signInProblems = map[string]signInProblem{
	"domain": {
		"That account may not sign in here.",
		"Choose the account of your work or school, or ask whoever runs this Parlor to let your domain in.",
	},
	"tenant": {
		"Your organisation is not allowed here.",
		"Choose an account of another organisation, or ask whoever runs this Parlor to let yours in.",
	},
	"unverified": {
		"Your e-mail address is not confirmed yet.",
		"Confirm it with the service you signed in with, then try again. If it is confirmed there, tell whoever runs this Parlor: " +
			"the service does not say so.",
	},
	"no_address": {
		"The sign-in service did not tell your e-mail address.",
		"If your account there has none, add one, then try again. Otherwise tell whoever runs this Parlor: it may not be allowed to see it.",
	},
	"state":       {"That attempt took too long, or it began in another browser.", "Nothing was changed. Just start again."},
	"denied":      {"You chose not to go on.", "Nothing was shared with Parlor. You can begin again whenever you like."},
	"taken":       {"That account already belongs to somebody here.", "Sign in with it directly, or choose another one."},
	"disabled":    {"Your account is switched off.", "An administrator did that. Ask whoever runs this Parlor to switch it on again."},
	"provider":    {"The sign-in service did not answer as it should.", "This is rarely about you. Wait a minute and try again."},
	"unavailable": {"Parlor cannot reach its data just now.", "Nothing is lost. Wait a minute and try again."},
	"slow":        {"That was tried very often in a short time.", "Wait a minute, then try again."},
	"signed_out":  {"You were signed out meanwhile.", "Sign in, then connect the calendar again."},
	"scope":       {"The calendar permission was left out.", "Sign in, and the Calendars page says what it is for."},
}

func (s *site) signIn(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	page := newSignInPage(s.connect.Services(), s.cfg.Domains, q.Get("problem"), q.Get("return"))
	look.Protect(w.Header(), look.Policy(""))
	if forApp(q.Get("return")) {
		look.Opened(w.Header())
	}
	zone := zoneOf(r, parlor.Account{}).String()
	if err := s.pages.Write(w, http.StatusOK, "signin", look.Frame{Title: "Sign in", Zone: zone, Notice: done(r), Body: page}); err != nil {
		s.fail(w, r, err)
	}
}

func newSignInPage(services []parlor.Service, domains connect.Domains, failed, goal string) signInPage {
	page := signInPage{Who: whoMaySignIn(services, domains)}
	for _, svc := range services {
		if svc.OAuth == nil {
			continue
		}
		href := "/signin/" + string(svc.Kind)
		if safe := connect.SafeReturn(goal); safe != "/" {
			href += "?" + url.Values{"return": {safe}}.Encode()
		}
		page.Services = append(page.Services, signInButton{svc.Name, href})
	}
	if p, ok := signInProblems[failed]; ok {
		page.Problem = &p
	}
	return page
}

// whoMaySignIn says it for each service, since each has its own proof: an address at a domain, or an organisation.
func whoMaySignIn(services []parlor.Service, domains connect.Domains) string {
	byDomain, organisations := addressesAt(domains), ""
	others := false
	for _, svc := range services {
		switch {
		case svc.OAuth == nil:
		case svc.OAuth.Tenants == nil:
			others = true
		default:
			organisations = "everybody whose " + svc.Name + " account belongs to this organisation"
		}
	}
	switch {
	case byDomain == "" || !others && organisations == "":
		return ""
	case organisations == "":
		return "For " + byDomain + "."
	case !others:
		return "For " + organisations + "."
	}
	return "For " + byDomain + ", and for " + organisations + "."
}

func addressesAt(domains connect.Domains) string {
	switch {
	case len(domains) == 0:
		return ""
	case slices.Contains(domains, "*"):
		return "everybody with such an account"
	case len(domains) == 1:
		return "everybody with an address at " + domains[0]
	}
	most := len(domains) - 1
	return "everybody with an address at " + strings.Join(domains[:most], ", ") + " or " + domains[most]
}
