package graph

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

const (
	usualSubscriptionLife = 4230 * time.Minute
	leastSubscriptionLife = 45 * time.Minute
	mostSubscriptions     = 1000 // of one mailbox
)

// Subscription is a wish to hear of changes to a mailbox's events.
type Subscription struct {
	ID           string
	Email        string // of the mailbox
	Resource     string
	Kinds        []string // created, updated, deleted
	URL          string
	LifecycleURL string
	ClientState  string
	Until        time.Time
	Immutable    bool // notifications carry immutable ids
	Waits        bool // reauthorizationRequired was sent; nothing comes until it is answered

	creator string
}

// subscribe is POST /subscriptions: the receiver proves itself while this call is open.
func (s *Server) subscribe(w http.ResponseWriter, r *http.Request, c caller) error {
	body, err := readBody(r)
	if err != nil {
		return err
	}
	sub := Subscription{
		ID: guidOf(rand.Text()), Email: c.Email, creator: guidOf(c.Email), Resource: calendar.Text(body, "resource"),
		URL: calendar.Text(body, "notificationUrl"), LifecycleURL: calendar.Text(body, "lifecycleNotificationUrl"),
		ClientState: calendar.Text(body, "clientState"), Immutable: c.prefer.immutable,
	}
	if err := s.checkSubscription(&sub, c, body); err != nil {
		return err
	}
	for _, address := range []string{sub.URL, sub.LifecycleURL} {
		if address == "" {
			continue
		}
		if err := s.handshake(r.Context(), address); err != nil {
			return err
		}
	}
	if !s.post.add(sub) {
		return fault("ExtensionError", "The number of active subscriptions for this mailbox has reached its limit of 1000.").as(http.StatusForbidden)
	}
	out := s.renderSubscription(sub)
	out["@odata.context"] = s.context("subscriptions/$entity")
	writeJSON(w, http.StatusCreated, out)
	return nil
}

func (s *Server) checkSubscription(sub *Subscription, c caller, body map[string]any) error {
	for _, kind := range list(calendar.Text(body, "changeType")) {
		if !slices.Contains([]string{"created", "updated", "deleted"}, kind) {
			return fault("InvalidRequest", "Invalid 'changeType' attribute: '"+kind+"'.")
		}
		sub.Kinds = append(sub.Kinds, kind)
	}
	resource := strings.TrimPrefix(sub.Resource, "/")
	switch {
	case len(sub.Kinds) == 0 || sub.URL == "" || sub.Resource == "":
		return fault("InvalidRequest", "The 'changeType', 'notificationUrl' and 'resource' attributes are required.")
	case !strings.EqualFold(resource, "me/events") && !strings.EqualFold(resource, "users/"+guidOf(c.Email)+"/events") && !strings.EqualFold(resource, "users/"+c.Email+"/events"):
		return fault("ExtensionError", "Operation: Create; Exception: [Status Code: Forbidden; Reason: Access to this resource is denied]").as(http.StatusForbidden)
	case !stage.AllowedHook(sub.URL) || sub.LifecycleURL != "" && !stage.AllowedHook(sub.LifecycleURL):
		return fault("InvalidRequest", "Subscription notification URL must use HTTPS.")
	case len(sub.ClientState) > 128:
		return fault("InvalidRequest", "The 'clientState' attribute has a maximum length of 128 characters.")
	case body["includeResourceData"] == true:
		return fault("InvalidRequest", "An encryptionCertificate is required when includeResourceData is true.")
	}
	var err error
	sub.Until, err = s.subscriptionEnd(body)
	return err
}

// subscriptionEnd reads expirationDateTime: too late is refused, too soon is raised to 45 minutes.
func (s *Server) subscriptionEnd(body map[string]any) (time.Time, error) {
	now := s.now()
	most := stage.Or(s.opt.SubscriptionLife, usualSubscriptionLife)
	until, err := time.Parse(time.RFC3339Nano, calendar.Text(body, "expirationDateTime"))
	switch {
	case err != nil:
		return until, fault("InvalidRequest", "The 'expirationDateTime' attribute is required.")
	case until.Before(now):
		return until, fault("ExtensionError", "Subscription expiration must be in the future.")
	case until.After(now.Add(most)):
		return until, fault("ExtensionError", fmt.Sprintf("Subscription expiration can only be %d minutes in the future.", int(most.Minutes())))
	case until.Before(now.Add(leastSubscriptionLife)):
		until = now.Add(leastSubscriptionLife)
	}
	return until, nil
}

func (s *Server) renderSubscription(sub Subscription) map[string]any {
	out := map[string]any{
		"id": sub.ID, "resource": sub.Resource, "applicationId": s.opt.ClientID, "changeType": strings.Join(sub.Kinds, ","),
		"clientState": sub.ClientState, "notificationUrl": sub.URL, "notificationQueryOptions": nil, "notificationUrlAppId": nil,
		"expirationDateTime": stampText(sub.Until), "creatorId": sub.creator, "includeResourceData": nil,
		"latestSupportedTlsVersion": "v1_2", "encryptionCertificate": nil, "encryptionCertificateId": nil,
		"lifecycleNotificationUrl": nil, "notificationContentType": "application/json",
	}
	if sub.LifecycleURL != "" {
		out["lifecycleNotificationUrl"] = sub.LifecycleURL
	}
	return out
}

// subscription finds the caller's subscription that a path names.
func (s *Server) subscription(r *http.Request, c caller) (Subscription, error) {
	for _, sub := range s.Subscriptions(c.Email) {
		if sub.ID == r.PathValue("subscription") {
			return sub, nil
		}
	}
	return Subscription{}, fault("ResourceNotFound", "The object was not found.")
}

func (s *Server) getSubscription(w http.ResponseWriter, r *http.Request, c caller) error {
	sub, err := s.subscription(r, c)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, s.renderSubscription(sub))
	return nil
}

func (s *Server) listSubscriptions(w http.ResponseWriter, r *http.Request, c caller) error {
	items := []map[string]any{}
	for _, sub := range s.Subscriptions(c.Email) {
		items = append(items, s.renderSubscription(sub))
	}
	return s.writePage(w, r, s.context("subscriptions"), items)
}

// renew is PATCH /subscriptions/{id}: a new end, which also answers a reauthorizationRequired. The lifecycle address stays
// what it was at the creation.
func (s *Server) renew(w http.ResponseWriter, r *http.Request, c caller) error {
	sub, err := s.subscription(r, c)
	if err != nil {
		return err
	}
	body, err := readBody(r)
	if err != nil {
		return err
	}
	if body["lifecycleNotificationUrl"] != nil {
		return fault("InvalidRequest", "The 'lifecycleNotificationUrl' attribute cannot be updated.")
	}
	if address := calendar.Text(body, "notificationUrl"); address != "" && address != sub.URL {
		if !stage.AllowedHook(address) {
			return fault("InvalidRequest", "Subscription notification URL must use HTTPS.")
		}
		if err := s.handshake(r.Context(), address); err != nil {
			return err
		}
		sub.URL = address
	}
	if body["expirationDateTime"] != nil {
		if sub.Until, err = s.subscriptionEnd(body); err != nil {
			return err
		}
		sub.Waits = false
	}
	s.post.replace(sub)
	writeJSON(w, http.StatusOK, s.renderSubscription(sub))
	return nil
}

func (s *Server) unsubscribe(w http.ResponseWriter, r *http.Request, c caller) error {
	sub, err := s.subscription(r, c)
	if err != nil {
		return err
	}
	s.post.remove(sub.ID)
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// reauthorize is POST /subscriptions/{id}/reauthorize; it does not extend the subscription.
func (s *Server) reauthorize(w http.ResponseWriter, r *http.Request, c caller) error {
	sub, err := s.subscription(r, c)
	if err != nil {
		return err
	}
	sub.Waits = false
	s.post.replace(sub)
	w.WriteHeader(http.StatusNoContent)
	return nil
}
