package microsoft

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"parlor/internal/parlor"
)

const (
	longestState = 128 // characters of a clientState, as Graph allows
	longestToken = 4096
)

// notification is what we read of one item: which channel it is for. What changed, the next list tells.
type notification struct {
	ClientState    string
	LifecycleEvent string
}

// ended are the lifecycle events after which a channel must be replaced; "missed" and what is yet to come ask for a list.
// Source: https://learn.microsoft.com/en-us/graph/change-notifications-lifecycle-events
var ended = map[string]bool{"subscriptionRemoved": true, "reauthorizationRequired": true}

func clientState(h parlor.Hook) string { return h.ID + "." + h.Secret }

// Hear reads a push. The handshake's token is to be sent back as it is. Items may belong to several channels; each channel
// gets one ping, and items without one are nobody's.
// Source: https://learn.microsoft.com/en-us/graph/change-notifications-delivery-webhooks
func Hear(_ http.Header, q url.Values, body []byte) (parlor.Heard, error) {
	if token := q.Get("validationToken"); token != "" {
		if len(token) > longestToken {
			return parlor.Heard{}, fmt.Errorf("read push: validation token: %w", parlor.ErrInvalid)
		}
		return parlor.Heard{Reply: []byte(token)}, nil
	}
	var push struct{ Value []notification }
	if err := json.Unmarshal(body, &push); err != nil || push.Value == nil {
		return parlor.Heard{}, fmt.Errorf("read push: no notifications: %w", parlor.ErrInvalid)
	}
	var heard parlor.Heard
	at := map[string]int{}
	for _, n := range push.Value {
		id, secret, ok := strings.Cut(n.ClientState, ".")
		if !ok || id == "" || len(n.ClientState) > longestState {
			continue
		}
		i, known := at[n.ClientState]
		if !known {
			i = len(heard.Pings)
			at[n.ClientState] = i
			heard.Pings = append(heard.Pings, parlor.Ping{Watch: id, Secret: secret})
		}
		heard.Pings[i].Renew = heard.Pings[i].Renew || ended[n.LifecycleEvent]
	}
	return heard, nil
}
