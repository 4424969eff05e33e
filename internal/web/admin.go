package web

import (
	"net/http"

	"parlor/internal/desk"
)

// administration is every page for administrators. For everybody else there is no such page.
func (s *site) administration() map[string]func(*visit, *desk.Administration) error {
	return map[string]func(*visit, *desk.Administration) error{
		"GET /admin":                    s.frontOffice,
		"GET /admin/people":             s.everybody,
		"GET /admin/people/{id}":        s.person,
		"GET /admin/people/{id}/{act}":  s.askAct,
		"POST /admin/people/{id}/{act}": s.act,
		"GET /admin/policy":             s.policy,
		"POST /admin/policy":            s.savePolicy,
		"GET /admin/policy/rule":        s.rule,
		"POST /admin/policy/rule":       s.previewRule,
		"GET /admin/policy/edit":        s.previewEdit,
		"GET /admin/invitation":         s.invitation,
		"POST /admin/invitation":        s.previewInvitation,
		"GET /admin/audit":              s.audit,
		"GET /admin/audit.json":         s.exportAudit,
	}
}

// administers finds out with every request whether the person is an administrator.
func (s *site) administers(page func(*visit, *desk.Administration) error) func(*visit) error {
	return func(v *visit) error {
		office, err := s.desk.Administer(v.ctx(), v.account.ID)
		if err != nil {
			return err
		}
		v.w.Header().Set("Cache-Control", "no-store")
		return page(v, office)
	}
}

func (s *site) frontOffice(v *visit, _ *desk.Administration) error {
	http.Redirect(v.w, v.r, "/admin/people", http.StatusSeeOther)
	return nil
}
