package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

type settingsInput struct {
	IfMatch string         `header:"If-Match" doc:"The ETag of the settings that you read; 428 without it"`
	Body    settingsChange `nameHint:"SettingsChange"`
}

func (s *server) putSettings(ctx context.Context, in *settingsInput) (*settingsOutput, error) {
	if in.IfMatch == "" {
		return nil, huma.NewError(http.StatusPreconditionRequired, "Send If-Match with the ETag of the settings that you read.")
	}
	_, etag, err := s.desk.Settings(ctx, me(ctx))
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	if !matches(in.IfMatch, etag) {
		return nil, s.refuse(ctx, "body", parlor.ErrStale)
	}
	settings, etag, err := s.desk.SaveSettings(ctx, me(ctx), etag, in.Body.apply)
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	return newSettingsOutput(settings, etag), nil
}

// matches reads If-Match (RFC 9110, section 13.1.1). A weak tag counts too: proxies that compress make strong ones weak.
func matches(header, etag string) bool {
	for candidate := range strings.SplitSeq(header, ",") {
		candidate = strings.TrimPrefix(strings.TrimSpace(candidate), "W/")
		if candidate == "*" || candidate == `"`+etag+`"` {
			return true
		}
	}
	return false
}

// settingsChange is the part of the settings that a client sends. huma checks it against the schema; what is decoded
// over the settings as they are leaves every missing field alone.
type settingsChange struct{ raw json.RawMessage }

// UnmarshalJSON keeps the text for later.
func (c *settingsChange) UnmarshalJSON(raw []byte) error {
	c.raw = append(c.raw[:0], raw...)
	return nil
}

func (c *settingsChange) apply(to *parlor.Settings) error {
	var sent map[string]any
	if err := json.Unmarshal(c.raw, &sent); err != nil {
		return fmt.Errorf("decode settings: %w", err)
	}
	if faults := nulls("", sent); len(faults) > 0 {
		return faults
	}
	err := json.Unmarshal(c.raw, to)
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok { // a number that fits no int: no schema says so
		return desk.Faults{parlor.FieldError{Field: wrong.Field, Message: "is out of bounds"}}
	}
	if err != nil {
		return fmt.Errorf("decode settings: %w", err)
	}
	return nil
}

// nulls refuses null, which would silently change nothing: leaving a field out says that.
func nulls(prefix string, fields map[string]any) desk.Faults {
	var faults desk.Faults
	for name, value := range fields {
		switch v := value.(type) {
		case nil:
			faults = append(faults, parlor.FieldError{Field: prefix + name, Message: "must not be null; leave it out to keep its value"})
		case map[string]any:
			faults = append(faults, nulls(prefix+name+".", v)...)
		}
	}
	return faults
}
