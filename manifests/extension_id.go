package manifests

import (
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // Firefox names redirect hosts by it
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"net/url"
	"regexp"
	"strings"
)

var (
	chromeID  = regexp.MustCompile(`^[a-p]{32}$`)
	firefoxID = regexp.MustCompile(`^(\{[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}|[A-Za-z0-9._-]*@[A-Za-z0-9._-]+)$`)
	noIDSign  = regexp.MustCompile(`[^A-Za-z0-9._-]+`)
)

// ChromeID is the id that Chrome gives to an extension with this key: 32 letters from a to p, one for each half byte at the
// beginning of the key's SHA-256 (https://developer.chrome.com/docs/extensions/reference/manifest/key).
func ChromeID(key string) (string, error) {
	der, err := base64.StdEncoding.DecodeString(key)
	if err != nil {
		return "", errors.New("is no base64")
	}
	if _, err := x509.ParsePKIXPublicKey(der); err != nil {
		return "", errors.New("is no public key in SPKI form")
	}
	sum := sha256.Sum256(der)
	id := []byte(hex.EncodeToString(sum[:16]))
	for i, c := range id {
		if c >= 'a' {
			id[i] = c - 'a' + 'k'
		} else {
			id[i] = c - '0' + 'a'
		}
	}
	return string(id), nil
}

// PlaceholderKey is the key of an installation that was given none: nobody has its private half, so nothing can be signed by
// it, but an unpacked extension keeps its id, and with it its place to sign in at, on every machine.
func PlaceholderKey(origin string) string {
	var modulus []byte
	for i := byte(0); len(modulus) < 256; i++ {
		sum := sha256.Sum256(append([]byte("parlor extension key\n"+origin+"\n"), i))
		modulus = append(modulus, sum[:]...)
	}
	modulus[0] |= 0x80
	modulus[255] |= 1
	der, err := x509.MarshalPKIXPublicKey(&rsa.PublicKey{N: new(big.Int).SetBytes(modulus), E: 65537})
	if err != nil {
		panic(fmt.Sprintf("encode placeholder key: %v", err)) // the key's shape does not depend on the origin
	}
	return base64.StdEncoding.EncodeToString(der)
}

// genericID is the add-on's id in builds that ask for their server.
const genericID = "parlor@any-server.parlor"

// FirefoxID is the add-on's id, which an installation keeps as long as its origin: "parlor@rooms.example.com".
func FirefoxID(origin string) string {
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" {
		return genericID
	}
	return "parlor@" + strings.Trim(noIDSign.ReplaceAllString(u.Host, "-"), "-")
}

// RedirectOrigin is the origin that the browser hands to the extension of this id alone, when it signs in: for a Chrome id
// https://developer.chrome.com/docs/extensions/reference/api/identity, for a Firefox id
// https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API/identity/getRedirectURL.
func RedirectOrigin(id string) (string, error) {
	switch {
	case chromeID.MatchString(id):
		return "https://" + id + ".chromiumapp.org", nil
	case firefoxID.MatchString(id):
		sum := sha1.Sum([]byte(id)) //nolint:gosec // Firefox names the host by it
		return "https://" + hex.EncodeToString(sum[:]) + ".extensions.allizom.org", nil
	}
	return "", fmt.Errorf("%q is neither an id of Chrome (32 letters from a to p) nor of Firefox (like parlor@example.com)", id)
}
