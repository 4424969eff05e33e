package connect

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"parlor/internal/parlor"
)

// What stands for an organisation in the addresses of Microsoft Entra ID
// (https://learn.microsoft.com/en-us/entra/identity-platform/v2-protocols#endpoints).
const (
	tenantMark = "{tenant}"      // in our setting
	tenantID   = "{tenantid}"    // in the issuer that the document of several organisations states
	anyTenant  = "organizations" // where people of several sign in
)

func inTenant(issuer, tenant string) string { return strings.ReplaceAll(issuer, tenantMark, tenant) }

// checkIssuer does for several tenants what go-oidc does for one: the issuer must be that of the tenant which the token
// names, and the key that signed it one that may sign for it. The signature says that the provider put both there.
func (p *provider) checkIssuer(ctx context.Context, raw, issuer string, claims map[string]any) error {
	tenant, _ := claims["tid"].(string)
	if tenant == "" || issuer != strings.ReplaceAll(p.template, tenantID, tenant) {
		return fmt.Errorf("issuer %.100q is not that of its tenant", issuer)
	}
	limit, err := p.limitOf(ctx, raw)
	if err != nil {
		return err
	}
	if limit != "" && issuer != strings.ReplaceAll(limit, tenantID, tenant) {
		return fmt.Errorf("issuer %.100q is not that of the key", issuer)
	}
	return nil
}

// admit says whether somebody may sign in: by their organisation where a service has a list of those, else by the verified
// domain of their address (decision 0008).
func (c *Connector) admit(o *parlor.OAuth, who parlor.Identity) error {
	if len(o.Tenants) > 0 {
		allowed := func(tenant string) bool { return who.Tenant != "" && strings.EqualFold(tenant, who.Tenant) }
		if !slices.ContainsFunc(o.Tenants, allowed) {
			return ErrTenant
		}
		return nil
	}
	if who.Email == "" {
		return ErrNoAddress
	}
	if !who.EmailVerified {
		return ErrUnverified
	}
	if !c.allowed.Allow(who.Email) {
		return ErrDomain
	}
	return nil
}
