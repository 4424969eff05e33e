package desk

import "parlor/internal/parlor"

// Inviting is a meeting whose event the client itself saves, together with what is in that event now.
type Inviting struct {
	Request
	OnBehalfOf string        // e-mail of the person whose calendar it is, "" for one's own
	Number     string        // claimed before for this event, "" if none or not known
	Format     parlor.Format // of Body and of what is returned
	Body       *string       // nil: the client did not say
	Location   *string       // nil: the client did not say
	Preview    bool          // say what would be, and store nothing
}

// Invitation is what a client puts into an event that it saves itself.
type Invitation struct {
	JoinURL        string             `json:"join_url" doc:"Empty in a preview"`
	Location       string             `json:"location" doc:"The link to write into an empty location; empty when your settings say not to, and in a preview"`
	Body           string             `json:"body" doc:"The invitation by itself. In a preview a line of words stands where the link will be"`
	Number         string             `json:"meeting_number" doc:"Send it with the next request about the same event. Empty in a preview of a new meeting"`
	Kind           parlor.MeetingKind `json:"kind" enum:"pmi,one_time" doc:"Whether the meeting takes place in the personal room or under a one-time number"`
	Why            parlor.Reason      `json:"why" doc:"Why it is of this kind, in a sentence for people"`
	Conflict       *parlor.Reason     `json:"conflict,omitempty" doc:"The room is taken at that time by another meeting too. Nothing was switched because of it"`
	Waits          *parlor.Reason     `json:"waits,omitempty" doc:"Guests wait until they are let in, whatever the settings say, because of some whom you do not know"`
	Stamp          string             `json:"stamp" doc:"To be kept with the event in the private property named parlor; empty in a preview"`
	MergedBody     *string            `json:"merged_body,omitempty" doc:"The whole new body: the invitation in the place of the one that was there, else on top. With current_body only"`
	Replaced       bool               `json:"replaced" doc:"An invitation was in current_body already"`
	MergedLocation *string            `json:"merged_location,omitempty" doc:"The whole new location; words of the person's own stay. With current_location only"`
	For            *PersonView        `json:"for,omitempty" doc:"Whose room it is. With on_behalf_of only"`
}

// Removing is an event that a client saves itself and that shall have no link any more.
type Removing struct {
	OnBehalfOf string // as in Inviting
	Number     string // as in Inviting
	Format     parlor.Format
	Body       string
	Location   string
}

// Removal is what is left of an event's texts without our link.
type Removal struct {
	MergedBody     string      `json:"merged_body" doc:"The body without the invitation; the person's own text is untouched, byte for byte"`
	MergedLocation string      `json:"merged_location" doc:"The location without the link"`
	Found          bool        `json:"found" doc:"There was something of Parlor's to take out"`
	Stamp          string      `json:"stamp" doc:"Keep it with the event: it tells Parlor that the link was taken out on purpose. Empty when the meeting is not known"`
	For            *PersonView `json:"for,omitempty" doc:"Whose room it is. With on_behalf_of only"`
}

// PersonView is another person as clients see them.
type PersonView struct {
	Email string `json:"email"`
	Name  string `json:"name"`
}

// SessionView is who is signed in and what is connected.
type SessionView struct {
	Name     string        `json:"name"`
	Email    string        `json:"email"`
	Zone     string        `json:"zone" doc:"IANA name; empty until a calendar told it"`
	Services []ServiceView `json:"services" nullable:"false"`
	Mail     bool          `json:"mail" doc:"This Parlor can send mail: the settings under notify do something"`
}

// ServiceView is one service that an account is connected to.
type ServiceView struct {
	Kind  parlor.Kind            `json:"kind" doc:"google, microsoft …"`
	State parlor.ConnectionState `json:"state" enum:"ok,reconnect,scope,unsupported,signin" doc:"reconnect: the connection has ended; scope: signed in without permission for the calendar; unsupported: the mailbox is where Parlor cannot reach it; signin: for signing in alone"`
}
