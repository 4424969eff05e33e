package caldav

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"parlor/internal/parlor"
)

const icsType = "text/calendar; charset=utf-8"

// Patch changes what the patch names and nothing else. The object is read first, for what is not ours in it goes back byte
// for byte. The etag is that of the one event; what the object's own etag is for is the time between reading and writing.
func (p *port) Patch(ctx context.Context, ref parlor.EventRef, etag string, change parlor.Patch) error {
	if change.Body == nil && change.Location == nil && change.Stamp == nil {
		return nil
	}
	if etag == "" {
		return fmt.Errorf("patch event: no etag: %w", parlor.ErrInvalid)
	}
	name, of := split(ref.ID)
	text, tag, err := p.get(ctx, ref.Calendar, name)
	if err != nil {
		return fmt.Errorf("patch event: %w", err)
	}
	o, err := parseObject(text, p.zone, p.atlas)
	if err != nil {
		return fmt.Errorf("patch event: %w: %w", err, parlor.ErrForbidden)
	}
	c := o.part(of)
	switch {
	case c == nil:
		return fmt.Errorf("patch event: it is not in its object: %w", parlor.ErrNotFound)
	case o.version(*c) != etag:
		return fmt.Errorf("patch event: it is another version: %w", parlor.ErrConflict)
	case !p.organizer(*c).Self:
		return fmt.Errorf("patch event: somebody else's: %w", parlor.ErrForbidden)
	}
	written := p.rewritten(o, *c, change)
	if written == text {
		return nil
	}
	if err := p.put(ctx, ref.Calendar, name, text, tag, written); err != nil {
		return fmt.Errorf("patch event: %w", err)
	}
	return nil
}

// put writes an object in the place of what was read, if that is still there.
func (p *port) put(ctx context.Context, cal parlor.CalendarID, name, was, tag, text string) error {
	write := request{method: http.MethodPut, path: string(cal) + name, kind: icsType, body: text, match: "*"}
	if tag != "" {
		write.match = strings.TrimPrefix(tag, "W/")
	}
	err := p.done(ctx, write)
	if write.match == tag || !errors.Is(err, parlor.ErrConflict) {
		return err
	}
	// A weak etag never matches (RFC 9110, section 13.1.1), unless a proxy made it so on its way. Where it does not, all that
	// can be done is to compare what is there: it is a matter of milliseconds.
	now, _, again := p.get(ctx, cal, name)
	if again != nil || now != was {
		return errors.Join(err, again)
	}
	write.match = "*"
	return p.done(ctx, write)
}

// done sends a request whose answer tells nothing more.
func (p *port) done(ctx context.Context, r request) error {
	resp, err := p.dav.send(ctx, r)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
