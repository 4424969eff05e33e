package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"parlor/internal/desk"
	"parlor/internal/store"
	"parlor/internal/web/look"
)

// auditPage is what admin_audit.html shows.
type auditPage struct {
	Acts  []actRow
	Older string
	Paged bool
}

type actRow struct {
	At                  look.When
	By, Words, Failed   string
	Before, After       string // as JSON, "" where nothing was changed so
	OnName, OnID, Email string
}

const auditRows = 50

func (s *site) audit(v *visit, office *desk.Administration) error {
	cursor := v.r.URL.Query().Get("cursor")
	list, next, err := office.Acts(v.ctx(), cursor, auditRows)
	if err != nil {
		return err
	}
	page := auditPage{Paged: cursor != ""}
	for _, a := range list {
		page.Acts = append(page.Acts, newActRow(v, a))
	}
	if next != "" {
		page.Older = "/admin/audit?" + url.Values{"cursor": {next}}.Encode()
	}
	return s.show(v, http.StatusOK, "admin_audit", "Audit trail", page)
}

var actWords = map[string]string{
	desk.ActPolicy: "changed the policy", desk.ActSignOut: "ended every sign-in of", desk.ActDisable: "switched off the account of",
	desk.ActEnable: "switched on the account of", desk.ActDelete: "deleted the account of",
}

func newActRow(v *visit, a store.Act) actRow {
	row := actRow{
		At: look.At(a.At, "moment", v.zone), By: doerName(a.By), Words: actWords[a.What], Failed: a.Failed,
		Before: pretty(a.Before), After: pretty(a.After),
	}
	if row.Words == "" {
		row.Words = a.What
	}
	if a.On != nil {
		row.OnName, row.OnID, row.Email = doerName(*a.On), string(a.On.Account), a.On.Email
	}
	return row
}

func doerName(d store.Doer) string {
	if d.Name == "" {
		return d.Email
	}
	return d.Name
}

func pretty(raw json.RawMessage) string {
	var out bytes.Buffer
	if len(raw) == 0 || json.Indent(&out, raw, "", "  ") != nil {
		return string(raw)
	}
	return out.String()
}

// exportAudit sends the whole trail as one JSON array, newest first, page by page, so that memory stays flat.
func (s *site) exportAudit(v *visit, office *desk.Administration) error {
	list, next, err := office.Acts(v.ctx(), "", auditRows)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/json")
	v.w.Header().Set("Content-Disposition", `attachment; filename="parlor-audit.json"`)
	_, _ = io.WriteString(v.w, "[")
	for between := "\n"; ; {
		for _, a := range list {
			line, err := json.Marshal(a)
			if err != nil {
				return fmt.Errorf("encode act: %w", err)
			}
			_, _ = io.WriteString(v.w, between+string(line))
			between = ",\n"
		}
		if next == "" {
			_, _ = io.WriteString(v.w, "\n]\n")
			return nil
		}
		if list, next, err = office.Acts(v.ctx(), next, auditRows); err != nil {
			panic(http.ErrAbortHandler) // half an array must not look like a whole one
		}
	}
}
