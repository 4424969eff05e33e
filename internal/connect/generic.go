package connect

import (
	"parlor/internal/parlor"
)

// Generic is how this installation is registered with a provider of OpenID Connect that holds no calendar for us: Keycloak,
// Authentik, Nextcloud, Zitadel and the like.
type Generic struct {
	Issuer       string // exactly as its discovery document states it
	ClientID     string
	ClientSecret string
	Name         string // as people know it: "Example ID"
	TrustEmail   bool   // its addresses count as verified though it does not say so; see decision 0013
}

// groupsClaim is where providers list the groups of a person. No standard names one; Authentik, Nextcloud and the mappers
// of Keycloak's documentation say it so.
const groupsClaim = "groups"

// What is kept of somebody's groups: so many, and none with a longer name.
const (
	mostGroups   = 1000
	longestGroup = 256
)

// Service describes the provider: it signs people in, and can do nothing else.
func (g Generic) Service() parlor.Service {
	return parlor.Service{
		Kind: parlor.KindOIDC,
		Name: g.Name,
		OAuth: &parlor.OAuth{
			Issuer: g.Issuer, ClientID: g.ClientID, ClientSecret: g.ClientSecret,
			SignIn:   []string{"openid", "email", "profile"},
			Offered:  []string{groupsClaim}, // Nextcloud wants the scope; Keycloak refuses one that it does not know
			UserInfo: true,
			Identify: g.identify,
		},
	}
}

func (g Generic) identify(claims map[string]any) (parlor.Identity, error) {
	who, err := standard(claims)
	who.Tenant = "" // Entra's word; here anybody may have put it in
	if who.Name == "" {
		who.Name, _ = claims["preferred_username"].(string)
	}
	who.EmailVerified = who.EmailVerified || g.TrustEmail
	who.Groups = groups(claims[groupsClaim])
	return who, err
}

// groups reads a list of names, or a single one: Keycloak sends a text where its mapper is not multivalued.
func groups(claim any) []string {
	list, ok := claim.([]any)
	if !ok {
		list = []any{claim}
	}
	var names []string
	for _, entry := range list {
		if name, _ := entry.(string); name != "" && len(name) <= longestGroup && len(names) < mostGroups {
			names = append(names, name)
		}
	}
	return names
}
