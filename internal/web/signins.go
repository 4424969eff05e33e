package web

import (
	"strings"

	"parlor/internal/parlor"
)

// signIns is what _signins.html shows: how the person gets to this account.
type signIns struct {
	Ways    []way
	Further []further // services without a calendar that could lead here, too
	Twins   string    // by which services another account with the same address is signed in to, "" when there is none
}

type way struct{ Name, Email string }

func newSignIns(account parlor.Account, services []parlor.Service, twins []parlor.Kind) signIns {
	var page signIns
	var others []string
	for _, svc := range services {
		if svc.OAuth == nil {
			continue
		}
		for _, twin := range twins {
			if twin == svc.Kind {
				others = append(others, svc.Name)
			}
		}
		c, known := account.Connection(svc.Kind)
		switch {
		case known:
			page.Ways = append(page.Ways, way{svc.Name, c.Email})
		case svc.Calendar == nil:
			page.Further = append(page.Further, further{svc.Name, connectPath(svc.Kind)})
		}
	}
	page.Twins = strings.Join(others, " and ")
	return page
}
