package caldav

import (
	"strings"

	"parlor/internal/parlor"
)

// setBody writes the description, and keeps in step what other programs show in its place: the same text as HTML, in
// X-ALT-DESC (Outlook), STYLED-DESCRIPTION (RFC 9073) or the description's ALTREP (Thunderbird). It returns the name of the
// line when there was none.
func (e *editor) setBody(body, origin string) (added []string) {
	change := twin(body, origin)
	for _, name := range []string{"X-ALT-DESC", "STYLED-DESCRIPTION"} {
		for _, l := range e.c.all(name) {
			if strings.EqualFold(l.param("FMTTYPE"), "text/html") {
				e.replace(l, l.head, textValue.respell(l.value, change(unescape(l.value))))
			}
		}
	}
	l, ok := e.c.line("DESCRIPTION")
	if !ok || body == "" && e.added("DESCRIPTION") {
		return e.setText("DESCRIPTION", body)
	}
	e.replace(l, changedAltRep(l, change), textValue.respell(l.value, body))
	return nil
}

// twin changes a text in HTML as a body was changed: our block is put in or brought up to date as it stands in the body, or
// taken out when the body has none.
func twin(body, origin string) func(html string) string {
	at, _, found := parlor.Find(body, origin)
	if origin == "" {
		return func(html string) string { return html }
	}
	if !found {
		return func(html string) string { return parlor.Strip(html, origin) }
	}
	block := parlor.Block{Link: link(origin, body[at.From:at.To])}
	if parlor.GuessFormat(body) == parlor.HTML {
		block.Lines = []string{block.Link}
	} else {
		for line := range strings.SplitSeq(body[at.From:at.To], "\n") {
			if line = strings.TrimRight(line, "\r"); line != parlor.Separator {
				block.Lines = append(block.Lines, line)
			}
		}
	}
	return func(html string) string { return parlor.Replace(html, origin, parlor.HTML, block) }
}

const altRepData = "data:text/html"

// changedAltRep is the head of a line with the text changed that it has in an ALTREP of its own.
func changedAltRep(l contentLine, change func(html string) string) string {
	for _, p := range l.params() {
		name, value, _ := strings.Cut(p, "=")
		data := strings.Trim(value, `"`)
		kind, raw, isData := strings.Cut(data, ",")
		if !strings.EqualFold(name, "ALTREP") || !isData || !strings.HasPrefix(strings.ToLower(kind), altRepData) ||
			strings.HasSuffix(strings.ToLower(kind), ";base64") {
			continue
		}
		changed := uriValue.respell(raw, change(uriValue.read(raw)))
		return strings.Replace(l.head, p, name+`="`+kind+","+changed+`"`, 1)
	}
	return l.head
}
