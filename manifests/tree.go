package manifests

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
)

// The namespaces of an add-in's manifest, with the short names that the tables here use
// (https://learn.microsoft.com/openspecs/office_file_formats/ms-owemxml).
var spaces = map[string]string{
	"http://schemas.microsoft.com/office/appforoffice/1.1":            "app",
	"http://schemas.microsoft.com/office/mailappversionoverrides":     "v10",
	"http://schemas.microsoft.com/office/mailappversionoverrides/1.1": "v11",
	"http://schemas.microsoft.com/office/officeappbasictypes/1.0":     "bt",
	"http://www.w3.org/2001/XMLSchema-instance":                       "xsi",
}

// element is one element of a manifest.
type element struct {
	name     string // with its namespace's short name: "v11:Group"
	attrs    map[string]string
	text     string
	line     int
	parent   *element
	children []*element
}

// parse reads a manifest into its root element.
func parse(manifest []byte) (*element, error) {
	top := &element{}
	at := top
	for d := xml.NewDecoder(bytes.NewReader(manifest)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read manifest: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			line, _ := d.InputPos()
			at = at.open(t, line)
		case xml.EndElement:
			at.text = strings.TrimSpace(at.text)
			at = at.parent
		case xml.CharData:
			at.text += string(t)
		}
	}
	if len(top.children) != 1 {
		return nil, errors.New("read manifest: there is no root element")
	}
	top.children[0].parent = nil
	return top.children[0], nil
}

func (e *element) open(t xml.StartElement, line int) *element {
	child := &element{name: short(t.Name), attrs: map[string]string{}, line: line, parent: e}
	for _, a := range t.Attr {
		child.attrs[short(a.Name)] = a.Value
	}
	e.children = append(e.children, child)
	return child
}

func short(n xml.Name) string {
	switch known, ok := spaces[n.Space]; {
	case ok:
		return known + ":" + n.Local
	case n.Space == "":
		return n.Local
	}
	return n.Space + ":" + n.Local
}

// local is the element's name without its namespace.
func (e *element) local() string { return e.name[strings.LastIndexByte(e.name, ':')+1:] }

// all walks the element and everything below it.
func (e *element) all() iter.Seq[*element] {
	return func(yield func(*element) bool) { e.walk(yield) }
}

func (e *element) walk(yield func(*element) bool) bool {
	if !yield(e) {
		return false
	}
	for _, c := range e.children {
		if !c.walk(yield) {
			return false
		}
	}
	return true
}

// named walks the elements below that have one of the names.
func (e *element) named(names ...string) iter.Seq[*element] {
	return func(yield func(*element) bool) {
		for c := range e.all() {
			for _, name := range names {
				if c.name == name && !yield(c) {
					return
				}
			}
		}
	}
}

// child is the first child of that name, nil when there is none.
func (e *element) child(name string) *element {
	for _, c := range e.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// inside says whether an element of that name is around this one.
func (e *element) inside(name string) bool {
	for p := e.parent; p != nil; p = p.parent {
		if p.name == name {
			return true
		}
	}
	return false
}

// complain says what is wrong with the element, and in which line.
func (e *element) complain(format string, args ...any) error {
	return fmt.Errorf("line %d: <%s> %s", e.line, e.local(), fmt.Sprintf(format, args...))
}
