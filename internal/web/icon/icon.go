// Package icon draws Parlor's mark as PNG in every size that the stores and clients ask for, from the same geometry as
// look/mark.svg. Edges are put on whole pixels, so that small icons are crisp. It serves nothing.
//
// Start reading at New.
package icon

import (
	"bytes"
	"fmt"
	"image/png"
	"maps"
	"slices"
	"strconv"
	"sync"
)

// Sizes in pixels of the mark in colour: Office's ribbon (16 to 80), its lists (64, 128), browsers' extensions and web apps.
var sizes = []int{16, 20, 24, 32, 40, 48, 64, 80, 96, 128, 144, 192, 256, 512}

// full are the sizes in pixels of the mark on a ground without corners, which phones cut to the shape of their own icons.
var full = []int{180, 192, 512}

// greys are the sizes in pixels for Outlook on phones: 25, 32 and 48 points at one, two and three pixels each.
var greys = []int{25, 32, 48, 50, 64, 75, 96, 144}

// Set is every icon, drawn. It is safe for concurrent use.
type Set struct{ byName map[string][]byte }

// New returns all of them, drawn once in a process.
func New() (*Set, error) { return drawn() }

var drawn = sync.OnceValues(draw)

func draw() (*Set, error) {
	s := &Set{byName: map[string][]byte{}}
	for _, size := range sizes {
		if err := s.add("parlor-"+strconv.Itoa(size)+".png", colour(size)); err != nil {
			return nil, err
		}
	}
	for _, size := range full {
		if err := s.add("parlor-"+strconv.Itoa(size)+"-full.png", whole(size)); err != nil {
			return nil, err
		}
	}
	for _, size := range greys {
		if err := s.add("parlor-"+strconv.Itoa(size)+"-grey.png", grey(size)); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *Set) add(name string, c *canvas) error {
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.DefaultCompression}
	if err := encoder.Encode(&out, c.img); err != nil {
		return fmt.Errorf("draw icon %s: %w", name, err)
	}
	s.byName[name] = out.Bytes()
	return nil
}

// PNG is the file of a name such as "parlor-32.png", "parlor-192-full.png" or "parlor-25-grey.png".
func (s *Set) PNG(name string) ([]byte, bool) {
	file, ok := s.byName[name]
	return file, ok
}

// Names lists the files in alphabetical order.
func (s *Set) Names() []string { return slices.Sorted(maps.Keys(s.byName)) }
