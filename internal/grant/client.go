package grant

import "slices"

// Client is an app that may ask people to let it in. All are public: they hold no secret (RFC 6749, section 2.1).
type Client struct {
	ID        string
	Name      string   // for people
	redirects []string // where codes may be sent; compared as they stand (RFC 9700, section 2.1)
}

// The ids of the clients.
const (
	AddIn     = "parlor-addin"
	Extension = "parlor-extension"
)

var names = map[string]string{AddIn: "Parlor for Outlook", Extension: "Parlor for your browser"}

// NameOf is what people call a client.
func NameOf(id string) string {
	if name, ok := names[id]; ok {
		return name
	}
	return id
}

// clients is the table. A browser hands every address below an extension's redirect origin to that extension alone.
func clients(origin string, extensions []string) []Client {
	return []Client{
		{ID: AddIn, Name: NameOf(AddIn), redirects: []string{origin + "/addin/signed-in"}},
		{ID: Extension, Name: NameOf(Extension), redirects: each(extensions, "/signed-in")},
	}
}

func each(origins []string, path string) []string {
	redirects := make([]string, len(origins))
	for i, origin := range origins {
		redirects[i] = origin + path
	}
	return redirects
}

func (a *Authority) client(id string) (Client, bool) {
	i := slices.IndexFunc(a.clients, func(c Client) bool { return c.ID == id })
	if i < 0 {
		return Client{}, false
	}
	return a.clients[i], true
}
