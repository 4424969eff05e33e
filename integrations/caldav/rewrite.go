package caldav

import (
	"cmp"
	"html"
	"slices"
	"strings"

	"parlor/internal/parlor"
)

const (
	stampName = "X-PARLOR"
	addedName = "X-ADDED" // parameter of the stamp: the lines that were not there before us
)

// edit puts a text in the place of a stretch of another.
type edit struct {
	from, to int
	text     string
}

// editor changes lines of one component of an object.
type editor struct {
	o     object
	c     component
	end   string // of lines
	edits []edit
}

// rewritten is the text of an object with one event changed. DTSTAMP and LAST-MODIFIED say when (RFC 5545, sections 3.8.7.2
// and 3.8.7.3). SEQUENCE counts changes of when an event takes place (RFC 5546, section 2.1.4): ours are none, and with a
// new one servers would mail the guests.
func (p *port) rewritten(o object, c component, change parlor.Patch) string {
	e := &editor{o: o, c: c, end: "\n"}
	if strings.HasSuffix(o.text[c.from:lineEnd(o.text, c.from)], "\r\n") {
		e.end = "\r\n"
	}
	body, place := c.text("DESCRIPTION"), c.text("LOCATION")
	var added []string
	if change.Location != nil {
		place = *change.Location
		added = append(added, e.setText("LOCATION", place)...)
	}
	if change.Body != nil {
		body = *change.Body
		added = append(added, e.setBody(body, p.origin)...)
	}
	if change.Body != nil || change.Location != nil {
		e.setConference(p, link(p.origin, body, place))
	}
	if change.Stamp != nil {
		e.setStamp(*change.Stamp, added)
	}
	if len(e.edits) == 0 {
		return o.text
	}
	now := p.now().UTC().Format(utcForm)
	for _, name := range []string{"DTSTAMP", "LAST-MODIFIED"} {
		if l, ok := c.line(name); ok {
			e.replace(l, l.head, now)
		}
	}
	return e.applied()
}

func (e *editor) replace(l contentLine, head, value string) {
	if head != l.head || value != l.value {
		e.edits = append(e.edits, edit{l.from, l.to, parlor.FoldLine(head+":"+value, e.end)})
	}
}

func (e *editor) remove(l contentLine) { e.edits = append(e.edits, edit{l.from, l.to, ""}) }

// add puts a line behind those that the component has.
func (e *editor) add(head, value string) {
	e.edits = append(e.edits, edit{e.c.tail, e.c.tail, parlor.FoldLine(head+":"+value, e.end)})
}

// setText writes a line of type TEXT, and returns its name when there was none. A line that we added is taken out again
// when nothing is left in it.
func (e *editor) setText(name, text string) (added []string) {
	l, ok := e.c.line(name)
	switch {
	case ok && text == "" && e.added(name):
		e.remove(l)
	case ok:
		e.replace(l, l.head, textValue.respell(l.value, text))
	case text != "":
		e.add(name, parlor.EscapeText(text))
		return []string{name}
	}
	return nil
}

func (e *editor) added(name string) bool {
	stamp, _ := e.c.line(stampName)
	return slices.Contains(strings.Split(stamp.param(addedName), "."), name)
}

// setStamp writes our private property; "" takes it out.
func (e *editor) setStamp(stamp string, added []string) {
	l, ok := e.c.line(stampName)
	if stamp == "" {
		if ok {
			e.remove(l)
		}
		return
	}
	if before := l.param(addedName); before != "" {
		added = append(strings.Split(before, "."), added...)
	}
	head := stampName
	if len(added) > 0 {
		slices.Sort(added)
		head += ";" + addedName + "=" + strings.Join(slices.Compact(added), ".")
	}
	if !ok {
		e.add(head, parlor.EscapeText(stamp))
		return
	}
	e.replace(l, head, textValue.respell(l.value, stamp))
}

// setConference keeps RFC 7986's property in step with the link that people see; "" takes it out.
func (e *editor) setConference(p *port, link string) {
	there := false
	for _, l := range e.c.all("CONFERENCE") {
		switch {
		case !p.ours(strings.TrimSpace(l.value)):
		case link == "" || there:
			e.remove(l)
		default:
			e.replace(l, l.head, link)
			there = true
		}
	}
	if link != "" && !there {
		e.add(conferenceHead, link)
	}
}

const conferenceHead = "CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=Parlor"

// link is our link that people see in an event, "" when there is none.
func link(origin string, texts ...string) string {
	for _, text := range texts {
		for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(" \t\r\n<>\"'", r) }) {
			word = html.UnescapeString(word)
			if _, ok := parlor.ParseLink(origin, word); ok && origin != "" {
				return word
			}
		}
	}
	return ""
}

// applied carries the edits out.
func (e *editor) applied() string {
	slices.SortStableFunc(e.edits, func(a, b edit) int { return cmp.Compare(a.from, b.from) })
	var b strings.Builder
	at := 0
	for _, d := range e.edits {
		b.WriteString(e.o.text[at:d.from])
		b.WriteString(d.text)
		at = d.to
	}
	b.WriteString(e.o.text[at:])
	return b.String()
}
