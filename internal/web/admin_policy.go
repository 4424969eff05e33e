package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"parlor/internal/desk"
	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/web/look"
)

// policyPage is what admin_policy.html shows.
type policyPage struct {
	Rules  []ruleRow
	Spread *spreadNote
}

type ruleRow struct {
	Title, Href, Remove, Up string // Up is empty where there is nothing to change places with
	Lines                   []string
}

// spreadNote tells how far the last policy has come.
type spreadNote struct {
	Under         bool
	Seen, Total   int64
	Touched       string
	Began, Ended  look.When
	RefreshesPage bool
}

func (s *site) policy(v *visit, office *desk.Administration) error {
	p, etag, err := office.Policy(v.ctx())
	if err != nil {
		return err
	}
	sp, any, err := office.Spreading(v.ctx())
	if err != nil {
		return err
	}
	page := policyPage{Rules: ruleRows(p, etag)}
	if any {
		page.Spread = newSpreadNote(sp, v.zone)
	}
	return s.show(v, http.StatusOK, "admin_policy", "Policy", page)
}

func newSpreadNote(sp store.Spread, zone *time.Location) *spreadNote {
	return &spreadNote{
		Under: sp.Ended.IsZero(), Seen: sp.Seen, Total: max(sp.Total, sp.Seen), Touched: count(int(sp.Touched), "one person", "people"),
		Began: look.At(sp.Began, "moment", zone), Ended: look.At(sp.Ended, "moment", zone),
	}
}

// ruleRows lists the rules in the order in which they count.
func ruleRows(p parlor.Policy, etag string) []ruleRow {
	var rows []ruleRow
	for _, kind := range []parlor.ScopeKind{parlor.ForGroup, parlor.ForDomain, parlor.ForEveryone} {
		above := false
		for at, rule := range p.Rules {
			if rule.For.Kind != kind {
				continue
			}
			row := ruleRow{Title: scopeWords(rule.For), Href: ruleHref(rule.For), Lines: ruleLines(rule), Remove: editHref("remove", at, etag)}
			if above {
				row.Up = editHref("up", at, etag)
			}
			above = true
			rows = append(rows, row)
		}
	}
	return rows
}

func ruleHref(s parlor.Scope) string {
	return "/admin/policy/rule?" + url.Values{"kind": {string(s.Kind)}, "name": {s.Name}}.Encode()
}

func editHref(do string, at int, etag string) string {
	return "/admin/policy/edit?" + url.Values{"do": {do}, "at": {strconv.Itoa(at)}, "etag": {etag}}.Encode()
}

func scopeWords(s parlor.Scope) string {
	switch s.Kind {
	case parlor.ForDomain:
		return "Everybody at " + s.Name
	case parlor.ForGroup:
		return "The group " + s.Name
	}
	return "Everyone"
}

// policyEdit is one change of a policy. Pages carry it, not the whole policy, from the form over the preview to saving.
type policyEdit struct {
	Do         string          `json:"do"`
	At         int             `json:"at,omitempty"`
	Rule       *parlor.Rule    `json:"rule,omitempty"`
	Invitation *parlor.Wording `json:"invitation,omitempty"`
}

// apply returns the policy with the change; false when it is none that can be made.
func (e policyEdit) apply(p parlor.Policy) (parlor.Policy, bool) {
	p.Rules = slices.Clone(p.Rules)
	there := e.At >= 0 && e.At < len(p.Rules)
	switch {
	case e.Do == "rule" && e.Rule != nil:
		at := slices.IndexFunc(p.Rules, func(r parlor.Rule) bool { return r.For == e.Rule.For })
		if at < 0 {
			p.Rules = append(p.Rules, *e.Rule)
		} else {
			p.Rules[at] = *e.Rule
		}
	case e.Do == "invitation" && e.Invitation != nil:
		p.Invitation = *e.Invitation
	case e.Do == "remove" && there:
		p.Rules = slices.Delete(p.Rules, e.At, e.At+1)
	case e.Do == "up" && there:
		for before := e.At - 1; before >= 0; before-- {
			if p.Rules[before].For.Kind == p.Rules[e.At].For.Kind {
				p.Rules[before], p.Rules[e.At] = p.Rules[e.At], p.Rules[before]
				break
			}
		}
	default:
		return p, false
	}
	return p, true
}

func (s *site) previewEdit(v *visit, office *desk.Administration) error {
	q := v.r.URL.Query()
	at, err := strconv.Atoi(q.Get("at"))
	if do := q.Get("do"); err != nil || do != "remove" && do != "up" {
		return parlor.ErrNotFound
	}
	return s.preview(v, office, q.Get("etag"), policyEdit{Do: q.Get("do"), At: at})
}

func (s *site) savePolicy(v *visit, office *desk.Administration) error {
	var edit policyEdit
	if err := json.Unmarshal([]byte(v.r.PostForm.Get("edit")), &edit); err != nil {
		return errors.Join(errForm, err)
	}
	p, _, err := office.Policy(v.ctx())
	if err != nil {
		return err
	}
	after, ok := edit.apply(p)
	if !ok {
		return errForm
	}
	_, _, err = office.SavePolicy(v.ctx(), v.r.PostForm.Get("etag"), after)
	if errors.Is(err, parlor.ErrStale) {
		s.tell(v.w, v.r, policyMoved)
		return nil
	}
	if faults, ok := errors.AsType[desk.Faults](err); ok {
		return s.refusePolicy(v, faults)
	}
	if err != nil {
		return err
	}
	return v.leave("/admin/policy?done=policy")
}

// refusePolicy says that one part of the policy does not fit another: a language that is locked and no longer offered, say.
func (s *site) refusePolicy(v *visit, faults desk.Faults) error {
	s.tell(v.w, v.r, problem{
		http.StatusUnprocessableEntity, "This does not fit the rest of the policy", "Nothing was saved.",
		"What is in the way: " + faults.Error() + ".", "/admin/policy", "Go to the policy",
	})
	return nil
}

var policyMoved = problem{
	http.StatusPreconditionFailed, "The policy was changed meanwhile", "Another administrator saved it, or you did in another window. Your change was not saved.",
	"Please look at it as it is now, and make your change again.", "/admin/policy", "Go to the policy",
}
