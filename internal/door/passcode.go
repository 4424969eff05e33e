package door

import (
	"context"
	"fmt"
	"math"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"parlor/internal/parlor"
)

// How often a passcode may be typed, right or wrong. A whole company may sit behind one address.
var (
	triesPerAddress = parlor.Rate{Requests: 60, Per: 10 * time.Minute}
	triesPerNumber  = parlor.Rate{Requests: 200, Per: time.Hour}
)

// passcodePage is what passcode.html shows.
type passcodePage struct{ Action, Fault string }

func (d *Door) askPasscode(k *knock, status int, fault string) error {
	return d.page(k, status, "passcode", "Passcode", passcodePage{Action: k.here(), Fault: fault}, nil)
}

func (d *Door) tryPasscode(k *knock, typed string) error {
	wait, err := d.limit(k.r.Context(), k)
	switch {
	case err != nil:
		return err
	case wait > 0:
		k.w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
		return d.askPasscode(k, http.StatusTooManyRequests, "That was tried too often. Try again in "+inWords(wait)+".")
	case !k.passcodeRight(strings.TrimSpace(typed)):
		return d.askPasscode(k, http.StatusForbidden, "That passcode does not match. Capital and small letters count.")
	}
	k.pass, k.admitted = issuePass(k.room, k.link, k.now.Add(passLife)), true
	if k.byHost {
		return d.showHost(k)
	}
	return d.showGuest(k, http.StatusOK)
}

// limit counts a try, whether or not there is such a number, and says how long to wait. An address that is over its own
// limit uses up nothing of the number's.
func (d *Door) limit(ctx context.Context, k *knock) (time.Duration, error) {
	_, wait, err := d.st.Allow(ctx, "door:address:"+network(k.r.RemoteAddr), triesPerAddress)
	if err != nil || wait > 0 {
		return wait, err
	}
	_, wait, err = d.st.Allow(ctx, "door:number:"+k.asked(), triesPerNumber)
	return wait, err
}

// asked is what the link names, as it was written: whether a name leads to a number, a limit must not tell either.
func (k *knock) asked() string {
	if k.personal != "" {
		return "my/" + strings.ToLower(k.personal)
	}
	return k.link.ID
}

// network is what counts as one address: IPv6 hands a household 2^64 of them (RFC 6177).
func network(remote string) string {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		host = remote
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return "unknown"
	}
	ip = ip.Unmap().WithZone("")
	bits := 64
	if ip.Is4() {
		bits = 32
	}
	prefix, err := ip.Prefix(bits)
	if err != nil {
		return "unknown"
	}
	return prefix.String()
}

func inWords(wait time.Duration) string {
	switch minutes := int(math.Ceil(wait.Minutes())); {
	case wait <= time.Second:
		return "a second"
	case wait < time.Minute:
		return fmt.Sprintf("%d seconds", int(math.Ceil(wait.Seconds())))
	case minutes == 1:
		return "a minute"
	default:
		return fmt.Sprintf("%d minutes", minutes)
	}
}
