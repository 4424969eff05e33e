package caldav

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"parlor/internal/parlor"
)

var errNoToken = errors.New("the server gave no sync token")

// mostParts is how many parts a server may cut one list into.
const mostParts = 10_000

// synced asks what changed since a token, "" for everything. A server may cut a long list into parts (RFC 6578, section 3.6).
func (p *port) synced(ctx context.Context, cal parlor.CalendarID, token string) (difference, error) {
	etags, gone := map[string]bool{}, map[string]bool{}
	seen := map[string]bool{}
	for range mostParts {
		part, err := p.syncedPart(ctx, cal, token)
		if err != nil {
			if token != "" && len(seen) == 0 {
				err = p.forgotten(ctx, cal, token, err)
			}
			return difference{}, err
		}
		for _, name := range part.changed {
			etags[name] = true
			delete(gone, name)
		}
		for _, name := range part.gone {
			gone[name] = true
			delete(etags, name)
		}
		if !part.more {
			return difference{changed: sorted(etags), gone: sorted(gone), now: position{Place: p.place(cal), Token: part.token}}, nil
		}
		if token = part.token; seen[token] {
			return difference{}, fmt.Errorf("%w: it goes in circles", errPartial)
		}
		seen[token] = true
	}
	return difference{}, fmt.Errorf("%w: it does not end", errPartial)
}

// syncPart is one answer to sync-collection.
type syncPart struct {
	changed, gone []string
	token         string
	more          bool
}

func (p *port) syncedPart(ctx context.Context, cal parlor.CalendarID, token string) (syncPart, error) {
	var out syncPart
	body := `<sync-collection xmlns="DAV:"><sync-token>` + escapeXML(token) + `</sync-token><sync-level>1</sync-level>` +
		`<prop><getetag/></prop></sync-collection>`
	next, err := p.dav.multistatus(ctx, request{method: "REPORT", path: string(cal), body: xml.Header + body}, func(r response) error {
		for _, href := range r.Href {
			name, ok := p.name(cal, href)
			switch is := code(r.Status); {
			case is == http.StatusInsufficientStorage:
				out.more = true
			case !ok: // the calendar itself
			case is == http.StatusNotFound || is == http.StatusGone:
				out.gone = append(out.gone, name)
			case is != 0 && is != http.StatusOK || is == 0 && len(r.Stats) == 0:
				return fmt.Errorf("%w: an event has status %d", errPartial, is)
			default:
				out.changed = append(out.changed, name)
			}
		}
		return nil
	})
	if err != nil {
		return out, err
	}
	if out.token = next; next == "" {
		return out, errNoToken
	}
	return out, nil
}

// forgotten says whether a server refused a token because it knows it no more: it should name the precondition (RFC 6578,
// section 3.2), some answer otherwise, and some fall over it. Those are asked twice, and whether they are well otherwise.
func (p *port) forgotten(ctx context.Context, cal parlor.CalendarID, token string, err error) error {
	answer, refused := errors.AsType[*refused](err)
	switch {
	case !refused && errors.Is(err, errNoToken):
	case !refused:
		return err
	case answer.why.ValidSyncToken != nil:
	case lacking(err), answer.status == http.StatusPreconditionFailed, answer.status == http.StatusGone:
	case answer.status == http.StatusInternalServerError:
		_, again := p.syncedPart(ctx, cal, token)
		if status(again) != http.StatusInternalServerError {
			return err
		}
		if _, well := p.properties(ctx, string(cal), "0", propTag); well != nil {
			return err
		}
	default:
		return err
	}
	return fmt.Errorf("sync token is gone: %w", parlor.ErrCursorGone)
}

func escapeXML(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder refuses nothing
	return b.String()
}
