// Package manifests holds what the clients' stores read: the Outlook add-in's manifest, made for one installation, and the
// checker that stands in for Microsoft's validator. It serves nothing and imports nothing of ours.
//
// Start reading at Outlook.
package manifests

import (
	"bytes"
	_ "embed"
	"encoding/xml"
	"fmt"
	"strings"
	"text/template"

	"github.com/google/uuid"
)

//go:embed outlook.xml
var outlookXML string

var outlook = template.Must(template.New("outlook.xml").Funcs(template.FuncMap{"xml": escape}).Parse(outlookXML))

func escape(text string) (string, error) {
	var b strings.Builder
	err := xml.EscapeText(&b, []byte(text))
	return b.String(), err
}

// AddinID is the add-in's id, a GUID that an installation keeps as long as its origin (RFC 9562, section 5.5). Two
// installations in one tenant therefore never replace each other. Graph names the add-in's custom properties after it.
func AddinID(origin string) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte(origin+"/addin")).String()
}

// Outlook makes the add-in's manifest for an origin such as "https://rooms.example.com".
func Outlook(origin string) ([]byte, error) {
	var out bytes.Buffer
	err := outlook.Execute(&out, map[string]string{"ID": AddinID(origin), "Version": version(), "Origin": origin})
	if err != nil {
		return nil, fmt.Errorf("make manifest: %w", err)
	}
	return out.Bytes(), nil
}
