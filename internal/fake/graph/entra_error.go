package graph

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"parlor/internal/fake/stage"
)

// graphApp is Microsoft Graph's own application id.
const graphApp = "00000003-0000-0000-c000-000000000000"

// entraErrors has Entra's errors by number
// (https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes).
var entraErrors = map[string]struct{ code, message string }{
	"AADSTS50011":   {"invalid_request", "The redirect URI specified in the request does not match the redirect URIs configured for the application."},
	"AADSTS50020":   {"access_denied", "User account from identity provider does not exist in tenant and cannot access the application."},
	"AADSTS50173":   {"invalid_grant", "The provided grant has expired due to it being revoked, a fresh auth token is needed."},
	"AADSTS54005":   {"invalid_grant", "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token."},
	"AADSTS65001":   {"invalid_grant", "The user or administrator has not consented to use the application. Send an interactive authorization request for this user and resource."},
	"AADSTS65004":   {"access_denied", "User declined to consent to access the app."},
	"AADSTS70000":   {"invalid_grant", "Provided grant is invalid or malformed."},
	"AADSTS70008":   {"invalid_grant", "The provided authorization code or refresh token has expired due to inactivity."},
	"AADSTS70011":   {"invalid_scope", "The provided value for the input parameter 'scope' isn't valid."},
	"AADSTS700016":  {"unauthorized_client", "Application was not found in the directory."},
	"AADSTS700082":  {"invalid_grant", "The refresh token has expired due to inactivity."},
	"AADSTS700084":  {"invalid_grant", "The refresh token was issued to a single page app (SPA)."},
	"AADSTS7000215": {"invalid_client", "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID."},
	"AADSTS7000222": {"invalid_client", "The provided client secret keys are expired."},
	"AADSTS50076":   {"interaction_required", "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource."},
	"AADSTS50148":   {"invalid_grant", "The code_verifier does not match the code_challenge supplied in the authorization request for PKCE."},
	"AADSTS90002":   {"invalid_tenant", "Tenant not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud."},
	"AADSTS90014":   {"invalid_request", "The required field is missing from the request body."},
	"AADSTS90094":   {"access_denied", "The grant requires administrator permission."},
	"AADSTS9002313": {"invalid_grant", "Invalid request. Request is malformed or invalid."},
	"AADSTS90033":   {"temporarily_unavailable", "A transient error has occurred. Please try again."},
	"AADSTS50058":   {"login_required", "Session information is not sufficient for single-sign-on."},
}

// entraError sends an error of the token endpoint; reason is an AADSTS number or an RFC 6749 code.
func (s *Server) entraError(w http.ResponseWriter, status int, reason string) {
	e, known := entraErrors[reason]
	now := s.now().UTC()
	trace := guidOf(reason + now.String())
	number, _ := strconv.Atoi(strings.TrimPrefix(reason, "AADSTS"))
	body := map[string]any{
		"error":             stage.Or(e.code, reason),
		"error_description": reason + ": " + e.message + " Trace ID: " + trace + " Correlation ID: " + trace + " Timestamp: " + now.Format("2006-01-02 15:04:05Z"),
		"timestamp":         now.Format("2006-01-02 15:04:05Z"), "trace_id": trace, "correlation_id": trace,
	}
	if known {
		body["error_codes"] = []int{number}
		body["error_uri"] = "https://login.microsoftonline.com/error?code=" + strconv.Itoa(number)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store, no-cache")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
