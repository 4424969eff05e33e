package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parlor/internal/parlor"
)

type settingsOutput struct {
	ETag string `header:"ETag"`
	Body parlor.Settings
}

func (s *server) registerSettings(api huma.API) {
	huma.Register(api, operation("get-settings", http.MethodGet, "/v1/settings", "Read your settings", ""), s.getSettings)
	huma.Register(api, operation("put-settings", http.MethodPut, "/v1/settings", "Change your settings",
		"A missing field keeps its value. 428 without If-Match, 412 when it is stale, 403 when the administrator holds a field."), s.putSettings)
}

func (s *server) getSettings(ctx context.Context, _ *struct{}) (*settingsOutput, error) {
	settings, etag, err := s.desk.Settings(ctx, me(ctx))
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	return newSettingsOutput(settings, etag), nil
}

func newSettingsOutput(settings parlor.Settings, etag string) *settingsOutput {
	if settings.Locked == nil {
		settings.Locked = map[string]string{}
	}
	return &settingsOutput{ETag: `"` + etag + `"`, Body: settings}
}
