package api

import (
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"parlor/internal/grant"
	"parlor/internal/parlor"
	"parlor/internal/store"
)

// accessLife is how long an access token opens doors, also after its grant has ended: opening one asks nobody.
const accessLife = 10 * time.Minute

// maxOAuth is how many bytes a request to the token endpoint may bring.
const maxOAuth = 16 << 10

// How many requests to the token endpoint may fail. Only failures count, so that an office behind one address is not kept
// out; nobody guesses a sealed token, the limit keeps noise down.
var (
	refusedPerAddress = parlor.Rate{Requests: 300, Per: time.Minute}
	refusedPerGrant   = parlor.Rate{Requests: 30, Per: time.Minute}
)

// granted is the answer of the token endpoint (RFC 6749, section 5.1).
type granted struct {
	Access  string `json:"access_token"`
	Type    string `json:"token_type"`
	Expires int    `json:"expires_in"` // seconds
	Refresh string `json:"refresh_token"`
	Scope   string `json:"scope"`
}

// refused is an error of the token and the revocation endpoint (RFC 6749, section 5.2).
type refused struct {
	Code  string `json:"error"`
	Words string `json:"error_description"`
}

// token gives an app its tokens. It looks at no cookie, so it matters not which site a request comes from.
func (s *server) token(c *gin.Context) {
	if !s.readOAuth(c) {
		return
	}
	device := grant.Device{UserAgent: c.Request.UserAgent(), Address: c.ClientIP()}
	given, err := s.cfg.Grants.Token(c, c.Request.PostForm, device)
	if err != nil {
		s.refuseOAuth(c, err)
		return
	}
	access, err := s.tokens.Mint(given.Account, given.Grant, accessLife)
	if err != nil {
		s.refuseOAuth(c, err)
		return
	}
	c.JSON(http.StatusOK, granted{
		Access: access, Type: "Bearer", Expires: int(accessLife.Seconds()), Refresh: given.Refresh, Scope: grant.Scope,
	})
}

// revoke ends what a token belongs to.
func (s *server) revoke(c *gin.Context) {
	if !s.readOAuth(c) {
		return
	}
	err := s.cfg.Grants.Revoke(c, c.Request.PostForm, func(token string) (parlor.AccountID, string, bool) {
		claims, err := s.tokens.Open(token)
		return claims.Account, claims.Device, err == nil
	})
	if err != nil {
		s.refuseOAuth(c, err)
		return
	}
	c.Status(http.StatusOK)
}

// readOAuth reads the form. Clients are public: whoever brings a password has taken us for somebody else.
func (s *server) readOAuth(c *gin.Context) bool {
	c.Header("Cache-Control", "no-store")
	if c.GetHeader("Authorization") != "" {
		c.Header("WWW-Authenticate", `Basic realm="parlor"`)
		c.JSON(http.StatusUnauthorized, refused{"invalid_client", "clients are public: send client_id alone, in the body"})
		return false
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, maxOAuth)
	if err := c.Request.ParseForm(); err != nil {
		c.JSON(http.StatusBadRequest, refused{"invalid_request", "the body is no form of at most 16 KiB"})
		return false
	}
	return true
}

// refuseOAuth answers what was refused, and what failed on our side.
func (s *server) refuseOAuth(c *gin.Context, err error) {
	refusal, ok := errors.AsType[*grant.Refusal](err)
	if !ok {
		s.failOAuth(c, err)
		return
	}
	s.cfg.Log.InfoContext(c, "app refused", "request", requestID(c), "problem", refusal.Code, "why", refusal.Words)
	wait, err := s.countRefusal(c, refusal.Grant)
	switch {
	case err != nil:
		s.failOAuth(c, err)
	case wait > 0:
		retryAfter(c.Writer.Header(), wait)
		c.JSON(http.StatusTooManyRequests, refused{"slow_down", "too many requests were refused; wait a moment"})
	default:
		c.JSON(http.StatusBadRequest, refused{refusal.Code, refusal.Words})
	}
}

func (s *server) countRefusal(c *gin.Context, grant string) (wait time.Duration, err error) {
	_, wait, err = s.st.Allow(c, "oauth:address:"+network(c.ClientIP()), refusedPerAddress)
	if err != nil || wait > 0 || grant == "" {
		return wait, err
	}
	_, wait, err = s.st.Allow(c, "oauth:grant:"+grant, refusedPerGrant)
	return wait, err
}

// failOAuth is no verdict on a token: the app keeps it and tries again.
func (s *server) failOAuth(c *gin.Context, err error) {
	s.cfg.Log.ErrorContext(c, "request failed", "request", requestID(c), "err", err)
	if errors.Is(err, store.ErrUnavailable) {
		retryAfter(c.Writer.Header(), time.Second)
		c.JSON(http.StatusServiceUnavailable, refused{"temporarily_unavailable", "try again in a moment"})
		return
	}
	c.JSON(http.StatusInternalServerError, refused{"server_error", "something went wrong on our side"})
}
