package microsoft

import (
	"errors"
	"fmt"
	"strings"

	"github.com/microsoftgraph/msgraph-sdk-go/models"

	"parlor/internal/parlor"
)

var errClaims = errors.New("id token without tid or oid")

// identify reads who an id_token of Entra speaks of. A person is one object in one organisation: the mail address can be
// set freely by its administrators, so it names nobody and is never taken for verified.
// Source: https://learn.microsoft.com/en-us/entra/identity-platform/id-token-claims-reference
func identify(claims map[string]any) (parlor.Identity, error) {
	tenant, object := claim(claims, "tid"), claim(claims, "oid")
	if tenant == "" || object == "" || strings.Contains(tenant+object, "/") {
		return parlor.Identity{}, fmt.Errorf("read identity: %w", errClaims)
	}
	return parlor.Identity{
		Kind:    parlor.KindMicrosoft,
		Subject: tenant + "/" + object,
		Tenant:  tenant,
		Email:   orElse(claim(claims, "email"), claim(claims, "preferred_username")),
		Name:    claim(claims, "name"),
	}, nil
}

func claim(claims map[string]any, name string) string {
	s, _ := claims[name].(string)
	return s
}

// organizer reads who invites. Graph says by isOrganizer whether that is the calendar's owner.
func organizer(e models.Eventable) parlor.Person {
	out := parlor.Person{Self: val(e.GetIsOrganizer())}
	if r := e.GetOrganizer(); r != nil {
		out.Name, out.Email = address(r.GetEmailAddress())
	}
	return out
}

// guests reads who is invited. Some clients list the organiser among them.
func guests(in []models.Attendeeable, host parlor.Person) []parlor.Person {
	var out []parlor.Person
	for _, a := range in {
		if a == nil {
			continue
		}
		g := parlor.Person{Resource: val(a.GetTypeEscaped()) == models.RESOURCE_ATTENDEETYPE && a.GetTypeEscaped() != nil}
		g.Name, g.Email = address(a.GetEmailAddress())
		g.Self = host.Self && g.Email != "" && strings.EqualFold(g.Email, host.Email)
		out = append(out, g)
	}
	return out
}

func address(a models.EmailAddressable) (name, email string) {
	if a == nil {
		return "", ""
	}
	return val(a.GetName()), val(a.GetAddress())
}
