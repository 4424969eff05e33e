package zoom

import "time"

// event is what a webhook tells.
type event struct {
	Event   string         `json:"event"`
	At      int64          `json:"event_ts"` // milliseconds
	Payload map[string]any `json:"payload"`
}

// userUpdated tells of a changed number or name.
func userUpdated(p Person, now time.Time) event {
	object := map[string]any{"id": p.ID, "pmi": p.pmi(), "display_name": p.Name}
	if p.PersonalLink != "" {
		object["vanity_name"] = p.PersonalLink
	}
	return event{"user.updated", now.UnixMilli(), map[string]any{
		"account_id": account, "operator": p.Email, "operator_id": p.ID, "object": object, "time_stamp": now.UnixMilli(),
	}}
}

// settingsUpdated tells of a changed passcode or switch.
func settingsUpdated(p Person, now time.Time) event {
	return event{"user.settings_updated", now.UnixMilli(), map[string]any{
		"account_id": account, "operator": p.Email, "operator_id": p.ID, "time_stamp": now.UnixMilli(),
		"object": map[string]any{"id": p.ID, "settings": map[string]any{"schedule_meeting": schedule(p)}},
	}}
}

// deauthorized tells that a person took the app away.
func deauthorized(p Person, client string, now time.Time) event {
	return event{"app_deauthorized", now.UnixMilli(), map[string]any{
		"user_id": p.ID, "account_id": account, "client_id": client, "deauthorization_time": now.UTC().Format(time.RFC3339),
	}}
}
