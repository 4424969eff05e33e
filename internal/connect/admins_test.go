package connect

import (
	"testing"

	"parlor/internal/parlor"
)

func TestAdmins(t *testing.T) {
	const tenant, object = "72f988bf-86f1-41af-91ab-2d7cd011db47", "11111111-2222-3333-4444-555555555555"
	admins := Admins{"Ada@example.com", tenant + "/" + object}
	with := func(kind parlor.Kind, subject, email string) parlor.Account {
		return parlor.Account{Email: email, Connections: []parlor.Connection{{Kind: kind, Subject: subject, Email: email}}}
	}
	disabled := with(parlor.KindGoogle, "1", "ada@example.com")
	disabled.Disabled = true
	for name, tt := range map[string]struct {
		who  parlor.Account
		want bool
	}{
		"by a Google address":        {with(parlor.KindGoogle, "1", "ada@Example.com"), true},
		"by an OIDC address":         {with(parlor.KindOIDC, "1", "ada@example.com"), true},
		"another address":            {with(parlor.KindGoogle, "1", "eve@example.com"), false},
		"an address set freely":      {with(parlor.KindMicrosoft, tenant+"/x", "ada@example.com"), false},
		"an address at a server":     {with(parlor.KindCalDAV, "1", "ada@example.com"), false},
		"by Entra's ids":             {with(parlor.KindMicrosoft, tenant+"/"+object, ""), true},
		"Entra's ids said by Google": {with(parlor.KindGoogle, tenant+"/"+object, ""), false},
		"nobody":                     {parlor.Account{Email: "ada@example.com"}, false},
		"disabled":                   {disabled, false},
	} {
		if got := admins.Are(tt.who); got != tt.want {
			t.Errorf("%s: %t", name, got)
		}
	}
	if (Admins{}).Are(with(parlor.KindGoogle, "1", "")) || Admins(nil).Are(parlor.Account{}) {
		t.Error("without administrators there is one")
	}
}
