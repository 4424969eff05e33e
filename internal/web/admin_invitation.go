package web

import (
	"errors"
	"net/http"
	"slices"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

// invitationPage is what admin_invitation.html shows.
type invitationPage struct {
	ETag           string
	Footer, DialIn string
	Languages      []languageBox
	Samples        []sample
	Faults         []fault
}

type languageBox struct {
	option
	On bool
}

type sample struct{ Language, Name, Text string }

func (s *site) invitation(v *visit, office *desk.Administration) error {
	p, etag, err := office.Policy(v.ctx())
	if err != nil {
		return err
	}
	return s.showInvitation(v, http.StatusOK, office, etag, p.Invitation, nil)
}

func (s *site) showInvitation(v *visit, status int, office *desk.Administration, etag string, w parlor.Wording, faults []parlor.FieldError) error {
	page := invitationPage{ETag: etag, Footer: w.Footer, DialIn: w.DialIn}
	for _, o := range language.Options {
		page.Languages = append(page.Languages, languageBox{o, slices.Contains(w.Offered(), o.Value)})
	}
	for _, f := range faults {
		page.Faults = append(page.Faults, invitationFault(f))
	}
	if len(faults) == 0 {
		for _, one := range office.Samples(w) {
			page.Samples = append(page.Samples, sample{one.Language, language.words(one.Language), one.Text})
		}
	}
	return s.show(v, status, "admin_invitation", "Invitation", page)
}

func invitationFault(f parlor.FieldError) fault {
	labels := map[string]string{"invitation.footer": "Footer", "invitation.dial_in": "Dial-in text", "invitation.languages": "Languages"}
	ids := map[string]string{"invitation.footer": "footer", "invitation.dial_in": "dial_in", "invitation.languages": "languages"}
	return fault{ids[f.Field], labels[f.Field], sentence(f.Message)}
}

// previewInvitation shows the invitation with the texts of the form, or goes on to what saving them would change.
func (s *site) previewInvitation(v *visit, office *desk.Administration) error {
	posted := v.r.PostForm
	w := parlor.Wording{Footer: posted.Get("footer"), DialIn: posted.Get("dial_in"), Languages: posted["languages"]}
	etag := posted.Get("etag")
	if len(w.Languages) == 0 {
		fault := parlor.FieldError{Field: "invitation.languages", Message: "must be one at least"}
		return s.showInvitation(v, http.StatusUnprocessableEntity, office, etag, w, []parlor.FieldError{fault})
	}
	if posted.Get("do") == "look" {
		faults := office.CheckWording(w)
		status := http.StatusOK
		if len(faults) > 0 {
			status = http.StatusUnprocessableEntity
		}
		return s.showInvitation(v, status, office, etag, w, faults)
	}
	err := s.preview(v, office, etag, policyEdit{Do: "invitation", Invitation: &w})
	if faults, ok := errors.AsType[desk.Faults](err); ok && aboutInvitation(faults) {
		return s.showInvitation(v, http.StatusUnprocessableEntity, office, etag, w, faults)
	} else if ok {
		return s.refusePolicy(v, faults)
	}
	return err
}

func aboutInvitation(faults desk.Faults) bool {
	return !slices.ContainsFunc(faults, func(f parlor.FieldError) bool { return invitationFault(f).Label == "" })
}
