package store

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"

	"parlor/internal/parlor"
)

// Keys of the whole installation.
const (
	accountsKey = "parlor:accounts" // zset account -> created
	dueKey      = "parlor:due"      // zset account -> next due
	policyKey   = "parlor:policy"
	spreadKey   = "parlor:spread"    // the policy's way to everybody, while it is under way
	auditKey    = "parlor:audit"     // stream of what administrators did
	namesKey    = "parlor:names"     // zset, in the order of letters: word \x00 account
	namedKey    = "parlor:names:all" // there: namesKey holds every account
	canaryKey   = "parlor:canary"
)

// tag puts a key into the slot of its account.
func tag(id parlor.AccountID, name string) string { return "parlor:{" + string(id) + "}:" + name }

// Keys of one account.
func accountKey(id parlor.AccountID) string          { return tag(id, "account") }
func settingsKey(id parlor.AccountID) string         { return tag(id, "settings") }
func roomKey(id parlor.AccountID) string             { return tag(id, "room") }
func roomReadKey(id parlor.AccountID) string         { return tag(id, "room-read") }
func departuresKey(id parlor.AccountID) string       { return tag(id, "departures") } // hash service -> what is under way
func delegatesKey(id parlor.AccountID) string        { return tag(id, "delegates") }
func sessionsKey(id parlor.AccountID) string         { return tag(id, "sessions") }
func grantsKey(id parlor.AccountID) string           { return tag(id, "grants") } // set of ids of grants
func grantKey(id parlor.AccountID, g string) string  { return tag(id, "grant:"+g) }
func codeKey(id parlor.AccountID, g string) string   { return tag(id, "code:"+g) }        // there: the grant's code was used
func peopleKey(id parlor.AccountID) string           { return tag(id, "people") }         // hash address -> what the person said
func metKey(id parlor.AccountID) string              { return tag(id, "met") }            // zset address -> end of the last meeting
func encountersKey(id parlor.AccountID) string       { return tag(id, "encounters") }     // hash event -> who will be met there
func encountersDueKey(id parlor.AccountID) string    { return tag(id, "encounters-due") } // zset event -> its next end
func logKey(id parlor.AccountID) string              { return tag(id, "log") }
func leaseKey(id parlor.AccountID, n string) string  { return tag(id, "lease:"+n) }
func fenceKey(id parlor.AccountID, n string) string  { return tag(id, "fence:"+n) }
func onceKey(id parlor.AccountID, h string) string   { return tag(id, "once:"+h) }
func writesKey(id parlor.AccountID, h string) string { return tag(id, "writes:"+h) }

func slotsKey(id parlor.AccountID, k parlor.Kind) string { return tag(id, "slots:"+string(k)) } // zset holder -> end
func tokenKey(id parlor.AccountID, k parlor.Kind) string { return tag(id, "token:"+string(k)) }

func feedsKey(id parlor.AccountID) string { return tag(id, "feeds") }

func calendarsKey(id parlor.AccountID) string { return tag(id, "cals") } // set of calendar ids
func calendarKey(id parlor.AccountID, cal parlor.CalendarID) string {
	return tag(id, "cal:"+string(cal))
}

func beganKey(id parlor.AccountID, cal parlor.CalendarID) string {
	return tag(id, "began:"+string(cal))
}

func meetingKey(id parlor.AccountID, number string) string { return tag(id, "meeting:"+number) }
func meetingsKey(id parlor.AccountID) string               { return tag(id, "meetings") } // zset number -> start
func seriesKey(id parlor.AccountID) string                 { return tag(id, "series") }   // set of numbers that repeat
func agendaKey(id parlor.AccountID) string                 { return tag(id, "agenda") }   // zset number -> last end, in the room
func purgeKey(id parlor.AccountID) string                  { return tag(id, "purge") }    // zset number -> when to forget it
func boundKey(id parlor.AccountID) string                  { return tag(id, "bound") }    // hash event -> number and back
func revisionKey(id parlor.AccountID) string               { return tag(id, "agenda-rev") }

// Keys of an account's door.
func hostingsKey(id parlor.AccountID) string            { return tag(id, "hostings") }
func queueKey(id parlor.AccountID) string               { return tag(id, "queue") }        // zset ticket -> since
func presentKey(id parlor.AccountID) string             { return tag(id, "present") }      // zset ticket -> last seen
func guestsKey(id parlor.AccountID) string              { return tag(id, "guests") }       // hash ticket -> guest
func decidedKey(id parlor.AccountID, sit string) string { return tag(id, "decided:"+sit) } // hash ticket -> where to
func doorChannel(id parlor.AccountID) string            { return tag(id, "door") }         // pub/sub, see News

func waitingKeys(id parlor.AccountID, sitting string) []string {
	return []string{queueKey(id), presentKey(id), guestsKey(id), decidedKey(id, sitting)}
}

// Names that only one account may hold. They are claimed first, then the account is written.
func pmiKey(digits string) string    { return "parlor:pmi:" + digits }
func linkKey(name string) string     { return "parlor:link:" + name }
func likeKey(likeness string) string { return "parlor:like:" + likeness } // of the names that one could be mistaken for
func numberKey(number string) string { return "parlor:omn:" + number }
func identityKey(k parlor.Kind, subject string) string {
	return "parlor:id:" + string(k) + ":" + hexSum(subject)
}

// Keys found without knowing the account.
func emailKey(email string) string  { return "parlor:mail:" + hexSum(normalEmail(email)) } // set of accounts
func watchKey(id string) string     { return "parlor:watch:" + id }
func sessionKey(hash string) string { return "parlor:session:" + hash }
func signInKey(nonce string) string { return "parlor:signin:" + hexSum(nonce) }
func feedKey(secret string) string  { return "parlor:feed:" + hexSum(secret) } // account and kind
func limitKey(name string) string   { return "parlor:limit:" + name }
func heardKey(k parlor.Kind, name string) string {
	return "parlor:heard:" + string(k) + ":" + hexSum(name)
}
func sittingKey(name string) string { return "parlor:sitting:" + hexSum(name) }

// PaceKey is the key under which all requests of one account to a service are counted.
func PaceKey(id parlor.AccountID, k parlor.Kind) string { return tag(id, "pace:"+string(k)) }

// ProjectPaceKey is the key under which all requests of the installation to a service are counted.
func ProjectPaceKey(k parlor.Kind) string { return "parlor:pace:" + string(k) }

// eventField names an event within an account in 22 characters, however long its ids are.
func eventField(ref parlor.EventRef) string {
	sum := sha256.Sum256([]byte(string(ref.Calendar) + "\x00" + ref.ID))
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}

func hexSum(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}
