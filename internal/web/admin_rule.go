package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

// rulePage is what admin_rule.html shows: everything that one rule can decide.
type rulePage struct {
	ETag, Kind, Name, Title string
	New, ForGroup           bool
	Rooms, RoomsWords       string
	RoomsOptions            []option
	Sections                []heldSection
	Faults                  []fault
}

type heldSection struct {
	ID, Title string
	Fields    []heldField
}

// heldField is one setting as a rule may hold it. Its controls are named h:, v: and w: and the setting.
type heldField struct {
	field
	Held, Words string // "", "default" or "locked"
	States      []option
}

var heldStates = []option{
	{"", "People choose", ""}, {"default", "Default, people may choose otherwise", ""}, {"locked", "Locked", ""},
}

var roomStates = []option{
	{string(parlor.RoomsUndecided), "Nothing decided here", ""}, {string(parlor.RoomsOn), "On", ""}, {string(parlor.RoomsOff), "Switched off", ""},
}

func (s *site) rule(v *visit, office *desk.Administration) error {
	p, etag, err := office.Policy(v.ctx())
	if err != nil {
		return err
	}
	q := v.r.URL.Query()
	scope := readScope(q)
	at := slices.IndexFunc(p.Rules, func(r parlor.Rule) bool { return r.For == scope })
	rule := parlor.Rule{For: scope, Rooms: parlor.RoomsUndecided}
	if at >= 0 {
		rule = p.Rules[at]
	}
	if wrong := scopeFault(scope); wrong != "" {
		return s.show(v, http.StatusUnprocessableEntity, "admin_scope", "For whom?", scopePage{string(scope.Kind), scope.Name, wrong})
	}
	return s.show(v, http.StatusOK, "admin_rule", scopeWords(scope), newRulePage(p, rule, etag, at < 0, nil))
}

// scopePage is what admin_scope.html shows: for whom a rule is to be.
type scopePage struct{ Kind, Name, Fault string }

func readScope(from url.Values) parlor.Scope {
	scope := parlor.Scope{Kind: parlor.ScopeKind(from.Get("kind")), Name: from.Get("name")}
	if scope.Kind == parlor.ForEveryone {
		scope.Name = ""
	}
	one := parlor.Policy{Rules: []parlor.Rule{{For: scope, Rooms: parlor.RoomsOn}}}.Tidy()
	return one.Rules[0].For
}

func scopeFault(scope parlor.Scope) string {
	for _, f := range (parlor.Policy{Rules: []parlor.Rule{{For: scope, Rooms: parlor.RoomsOn}}}).Validate("") {
		return sentence(f.Message)
	}
	return ""
}

func newRulePage(p parlor.Policy, rule parlor.Rule, etag string, isNew bool, faults []parlor.FieldError) rulePage {
	page := rulePage{
		ETag: etag, Kind: string(rule.For.Kind), Name: rule.For.Name, Title: scopeWords(rule.For), New: isNew,
		ForGroup: rule.For.Kind == parlor.ForGroup, Rooms: string(rule.Rooms), RoomsWords: rule.Words, RoomsOptions: roomStates,
	}
	for _, sec := range form() {
		held := heldSection{ID: sec.ID, Title: sec.Title}
		for _, f := range sec.Fields {
			one := newHeldField(f, p.Invitation.Offered(), rule.Settings, faults)
			if one.Fault != "" {
				page.Faults = append(page.Faults, fault{"h-" + f.Name, f.Label, one.Fault})
			}
			held.Fields = append(held.Fields, one)
		}
		page.Sections = append(page.Sections, held)
	}
	for _, f := range faults {
		if strings.Contains(f.Field, "personal_rooms") {
			page.Faults = append(page.Faults, fault{"rooms", "Personal rooms", sentence(f.Message)})
		}
	}
	return page
}

func newHeldField(f field, languages []string, settings map[string]parlor.Held, faults []parlor.FieldError) heldField {
	one := heldField{field: f, States: heldStates}
	one.Value = f.get(parlor.DefaultSettings())
	if held, ok := settings[f.Name]; ok {
		one.Held, one.Words, one.Value = "default", held.Words, wordOf(held.Value)
		if held.Locked {
			one.Held = "locked"
		}
	}
	at := slices.IndexFunc(faults, func(e parlor.FieldError) bool { return strings.HasSuffix(e.Field, ".settings."+f.Name) })
	if at >= 0 {
		one.Fault = sentence(faults[at].Message)
	}
	if f.Name == language.Name {
		one.speak(languages)
	}
	return one
}

// speak leaves the languages to choose from that are offered, and the one that is held, be it offered or not.
func (f *heldField) speak(offered []string) {
	if f.Held == "" {
		f.Value = offered[0]
	}
	f.Options = slices.DeleteFunc(slices.Clone(f.Options), func(o option) bool {
		return o.Value != f.Value && !slices.Contains(offered, o.Value)
	})
	if f.Fault != "" {
		f.Fault = "Must be one of those that invitations are offered in: " + languageNames(offered) + "."
	}
}

// readRule reads the form of a rule. What people choose themselves is not in the rule, whatever its value says.
func readRule(posted url.Values) parlor.Rule {
	rule := parlor.Rule{
		For: readScope(posted), Settings: map[string]parlor.Held{},
		Rooms: parlor.RoomRule(posted.Get("rooms")), Words: posted.Get("rooms-words"),
	}
	for _, sec := range form() {
		for _, f := range sec.Fields {
			state := posted.Get("h:" + f.Name)
			if state != "default" && state != "locked" {
				continue
			}
			s := parlor.DefaultSettings()
			f.set(&s, strings.TrimSpace(posted.Get("v:"+f.Name)))
			value, _ := s.Value(f.Name)
			rule.Settings[f.Name] = parlor.Held{Value: value, Locked: state == "locked", Words: posted.Get("w:" + f.Name)}
		}
	}
	return rule
}

func (s *site) previewRule(v *visit, office *desk.Administration) error {
	posted := v.r.PostForm
	rule, etag := readRule(posted), posted.Get("etag")
	p, _, err := office.Policy(v.ctx())
	if err != nil {
		return err
	}
	at := slices.IndexFunc(p.Rules, func(r parlor.Rule) bool { return r.For == rule.For })
	if at >= 0 { // what this form does not show stays as it is
		for name, held := range p.Rules[at].Settings {
			if !shown(name) {
				rule.Settings[name] = held
			}
		}
	}
	err = s.preview(v, office, etag, policyEdit{Do: "rule", Rule: &rule})
	if faults, ok := errors.AsType[desk.Faults](err); ok {
		return s.show(v, http.StatusUnprocessableEntity, "admin_rule", scopeWords(rule.For), newRulePage(p, rule, etag, at < 0, faults))
	}
	return err
}

func shown(name string) bool {
	return slices.ContainsFunc(form(), func(sec section) bool {
		return slices.ContainsFunc(sec.Fields, func(f field) bool { return f.Name == name })
	})
}
