package jitsi

import (
	"fmt"
	"strconv"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"parlor/internal/parlor"
)

const (
	openEnd  = 12 * time.Hour   // how long a token is good for where the session has no end
	skew     = 10 * time.Minute // how wrong the clocks of the Jitsi server and the person's computer may be
	audience = "jitsi"
)

// claims are what a token says besides the registered ones. All of user's values are texts: others break Jitsi.
// Source: https://github.com/jitsi/lib-jitsi-meet/blob/master/doc/tokens.md
type claims struct {
	jwt.Claims
	Audience string `json:"aud"` // a text and no list: Jitsi compares it as it is
	Room     string `json:"room"`
	Context  about  `json:"context"`
}

type about struct {
	User user `json:"user"`
}

// user is who goes in. Of the two marks of a moderator, Jitsi as a service reads the first, and both are read by the
// Prosody module token_affiliation of a server of one's own.
type user struct {
	Name        string `json:"name,omitempty"`
	Email       string `json:"email,omitempty"`
	Moderator   string `json:"moderator"`
	Affiliation string `json:"affiliation"`
}

// token signs who may enter which room, until when (HS256). The subject is any domain of that server: behind a proxy or in
// a container its own name is another than the one that people see, and the room alone tells sessions apart.
func (r rooms) token(s parlor.Session, p parlor.Person) (string, error) {
	key := jose.SigningKey{Algorithm: jose.HS256, Key: []byte(r.secret)}
	signer, err := jose.NewSigner(key, new(jose.SignerOptions).WithType("JWT"))
	if err != nil {
		return "", fmt.Errorf("sign jitsi token: %w", err)
	}
	now := r.now()
	ends := now.Add(openEnd)
	if !s.Ends.IsZero() {
		ends = s.Ends
	}
	affiliation := "member"
	if s.Host {
		affiliation = "owner"
	}
	signed, err := jwt.Signed(signer).Claims(claims{
		Claims: jwt.Claims{
			Issuer: r.appID, Subject: "*",
			NotBefore: jwt.NewNumericDate(now.Add(-skew)), Expiry: jwt.NewNumericDate(ends.Add(skew)),
		},
		Audience: audience, Room: s.Name,
		Context: about{user{p.Name, p.Email, strconv.FormatBool(s.Host), affiliation}},
	}).Serialize()
	if err != nil {
		return "", fmt.Errorf("sign jitsi token: %w", err)
	}
	return signed, nil
}
