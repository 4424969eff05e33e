package web

import (
	"slices"
	"strings"

	"parlor/internal/connect"
	"parlor/internal/parlor"
)

// signIns is what _signins.html shows: what leads to this account, and what it leads to.
type signIns struct {
	Ways    []way
	Further []further // services without a calendar that could lead here, too
	Twins   string    // by which services another account with the same address is signed in to, "" when there is none
}

// way is one service that is connected.
type way struct {
	Service           parlor.Kind
	Name, Email, Does string
	Ending            string // words of the link that ends it, "" where that would shut the person out
}

func newSignIns(cn *connect.Connector, account parlor.Account, twins []parlor.Kind) signIns {
	var page signIns
	ways := 0
	for _, c := range account.Connections {
		if signs, _ := cn.SignsIn(c.Kind); signs {
			ways++
		}
	}
	for _, c := range account.Connections {
		page.Ways = append(page.Ways, newWay(cn, account, c, ways))
	}
	var others []string
	for _, svc := range cn.Services() {
		_, known := account.Connection(svc.Kind)
		if !known && svc.OAuth != nil && svc.Calendar == nil {
			page.Further = append(page.Further, further{svc.Name, connectPath(svc.Kind)})
		}
		if slices.Contains(twins, svc.Kind) {
			others = append(others, svc.Name)
		}
	}
	page.Twins = strings.Join(others, " and ")
	return page
}

func newWay(cn *connect.Connector, account parlor.Account, c parlor.Connection, ways int) way {
	signs, more := cn.SignsIn(c.Kind)
	w := way{Service: c.Kind, Name: cn.Name(c.Kind), Email: c.Email}
	switch serves := more && account.Serves(c.Kind); {
	case serves && signs:
		w.Does, w.Ending = "You sign in with it, and Parlor has its permission.", "Disconnect"
	case serves:
		w.Does, w.Ending = "Parlor has its permission.", "Disconnect"
	case ways > 1:
		w.Does, w.Ending = "You sign in with it.", "Stop signing in with"
	default:
		w.Does = "You sign in with it. It is your only way in."
	}
	return w
}
