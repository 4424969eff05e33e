package graph

import (
	"slices"
	"time"

	"parlor/internal/fake/calendar"
)

// The lifecycle events of a subscription.
const (
	Missed                  = "missed"
	SubscriptionRemoved     = "subscriptionRemoved"
	ReauthorizationRequired = "reauthorizationRequired"
)

// changed queues notifications for everybody who listens to the mailbox of a changed calendar.
func (s *Server) changed(c calendar.Change) {
	items := map[string][]map[string]any{}
	p := s.post
	p.mu.Lock()
	p.expire()
	mode, subs := p.mode, slices.Clone(p.subs)
	p.mu.Unlock()
	if mode.Drop {
		return
	}
	for _, sub := range subs {
		entry, ok := s.world.Entry(c.Calendar, sub.Email)
		if !ok || entry.Owner != sub.Email || sub.Waits {
			continue
		}
		for _, touched := range c.Events {
			items[sub.URL] = append(items[sub.URL], s.notices(sub, entry, touched, mode.Once)...)
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for address, of := range items {
		p.send(address, of...)
	}
}

// notices are the items about one touched event: a new one is created and updated, a change is told three times, as seen
// with the real service.
func (s *Server) notices(sub Subscription, entry calendar.Entry, t calendar.Touch, once bool) []map[string]any {
	kinds := []string{"updated", "updated", "updated"}
	switch {
	case t.Gone:
		kinds = []string{"deleted"}
	case t.New:
		kinds = []string{"created", "updated"}
	}
	if once {
		kinds = kinds[:1]
	}
	var out []map[string]any
	for _, kind := range kinds {
		if slices.Contains(sub.Kinds, kind) {
			out = append(out, s.notice(sub, entry, t.ID, kind))
		}
	}
	return out
}

// notice is one change notification: which event, nothing of its content.
func (s *Server) notice(sub Subscription, entry calendar.Entry, event, kind string) map[string]any {
	id := s.eventID(sub.Email, entry.ID, event, sub.Immutable)
	path := "Users/" + guidOf(sub.Email) + "/Events/" + id
	data := map[string]any{"@odata.type": "#Microsoft.Graph.Event", "@odata.id": path, "id": id}
	if e, err := s.world.Event(entry.ID, event); err == nil {
		data["@odata.etag"] = etagOf(e.Stamp)
	}
	person, _ := s.world.Person(sub.Email)
	return map[string]any{
		"subscriptionId": sub.ID, "subscriptionExpirationDateTime": expiryText(sub.Until), "changeType": kind, "resource": path,
		"resourceData": data, "clientState": stateOf(sub), "tenantId": s.tenantOf(person),
	}
}

func expiryText(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.0000000-07:00") }

func stateOf(sub Subscription) any {
	if sub.ClientState == "" {
		return nil
	}
	return sub.ClientState
}

// Lifecycle tells the subscriptions of a mailbox that one of the three lifecycle events happened to them. With
// SubscriptionRemoved they are really gone; after ReauthorizationRequired nothing comes until it is answered.
func (s *Server) Lifecycle(email, event string) {
	person, _ := s.world.Person(email)
	for _, sub := range s.Subscriptions(email) {
		switch event {
		case SubscriptionRemoved:
			s.post.remove(sub.ID)
		case ReauthorizationRequired:
			waiting := sub
			waiting.Waits = true
			s.post.replace(waiting)
		}
		item := map[string]any{
			"subscriptionId": sub.ID, "subscriptionExpirationDateTime": expiryText(sub.Until), "lifecycleEvent": event,
			"clientState": stateOf(sub), "organizationId": s.tenantOf(person), "encryptedContent": nil,
			"resource": "Subscriptions/" + sub.ID, "resourceChangeType": nil, "resourceData": map[string]any{
				"@odata.id": "subscriptions/" + sub.ID, "@odata.type": "#microsoft.graph.subscription", "id": sub.ID,
			},
		}
		if sub.LifecycleURL == "" {
			continue
		}
		s.post.mu.Lock()
		s.post.send(sub.LifecycleURL, item)
		s.post.mu.Unlock()
	}
}
