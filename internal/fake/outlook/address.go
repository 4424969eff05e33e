package outlook

import (
	"net/url"
)

// switches are the query parameters that say which client the page is and what goes wrong in it; every link and form
// keeps them. pages/switches.js reads them.
var switches = []string{"client", "set", "fail", "slow", "rewrite", "offline", "selection", "shared"}

// keep picks the switches out of a page's query.
func keep(q url.Values) url.Values {
	out := url.Values{}
	for _, name := range switches {
		if q.Has(name) {
			out[name] = q[name]
		}
	}
	return out
}

// to is the address of a page for a person, with the switches of the page it is on.
func (d desk) to(page string, more ...string) string {
	q := keep(d.query)
	q.Set("user", d.Email)
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	return page + "?" + q.Encode()
}
