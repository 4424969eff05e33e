package icon

import (
	"image/color"
	"math"

	"golang.org/x/image/vector"
)

// The colours of look/mark.svg, and the grey that Outlook on phones asks for
// (https://learn.microsoft.com/javascript/api/manifest/extensionpoint#mobileonlinemeetingcommandsurface).
var (
	green   = color.RGBA{0x1d, 0x63, 0x50, 0xff}
	light   = color.RGBA{0xf3, 0xc9, 0x69, 0xff}
	white   = color.RGBA{0xfb, 0xfa, 0xf6, 0xff}
	outlook = color.RGBA{0x91, 0x91, 0x91, 0xff}
)

// door is the mark's geometry in pixels: an arch with a leaf that stands open, and the line of the floor.
type door struct {
	left, right, top, floor  float64 // of the arch; floor is the upper edge of the line
	line, lineFrom, lineTo   float64 // thickness and ends of the floor
	edge, edgeTop, edgeFoot  float64 // the leaf's free edge
	knobX, knobY, knobRadius float64
}

// newDoor places the mark of a 32 by 32 drawing into a picture, scaled and moved, every straight edge on a whole pixel.
func newDoor(scale, dx, dy float64) door {
	x := func(v float64) float64 { return math.Round(v*scale + dx) }
	y := func(v float64) float64 { return math.Round(v*scale + dy) }
	return door{
		left: x(8), right: x(24), top: y(7), floor: y(24.2),
		line: math.Max(1, math.Round(1.6*scale)), lineFrom: x(3.7), lineTo: x(28.3),
		edge: x(16.9), edgeTop: 11.7*scale + dy, edgeFoot: 28*scale + dy,
		knobX: 14.6*scale + dx, knobY: 18.6*scale + dy, knobRadius: 1.2 * scale,
	}
}

func (d door) centre() (x, y, r float64) {
	r = (d.right - d.left) / 2
	return d.left + r, d.top + r, r
}

// arch is the doorway; inset makes it narrower by so much on each side, and turned makes it a hole.
func (d door) arch(inset float64, turned bool) shape {
	cx, cy, r := d.centre()
	r -= inset
	return func(v *vector.Rasterizer) {
		if turned {
			v.MoveTo(float32(cx+r), float32(d.floor))
			v.LineTo(float32(cx+r), float32(cy))
			arc(v, cx, cy, r, 0, -180)
			v.LineTo(float32(cx-r), float32(d.floor))
			return
		}
		v.MoveTo(float32(cx-r), float32(d.floor))
		v.LineTo(float32(cx-r), float32(cy))
		arc(v, cx, cy, r, 180, 360)
		v.LineTo(float32(cx+r), float32(d.floor))
	}
}

// leaf hangs on the arch's left side and stands open towards the viewer.
func (d door) leaf() shape {
	const turn = 248 // where the leaf leaves the arch, degrees
	cx, cy, r := d.centre()
	foot := d.floor + d.line/2
	return func(v *vector.Rasterizer) {
		v.MoveTo(float32(d.left), float32(foot))
		v.LineTo(float32(d.left), float32(cy))
		arc(v, cx, cy, r, 180, turn)
		v.LineTo(float32(d.edge), float32(d.edgeTop))
		v.LineTo(float32(d.edge), float32(d.edgeFoot))
	}
}

func (d door) ground() shape {
	return tile(d.lineFrom, d.floor, d.lineTo-d.lineFrom, d.line, d.line/2)
}

// colour is the mark as in mark.svg.
func colour(size int) *canvas {
	c, scale := newCanvas(size), float64(size)/32
	d := newDoor(scale, 0, 0)
	if size < 24 { // the foot of the leaf would be a smudge, and so would the knob
		d.edgeFoot, d.knobRadius = d.floor+d.line, 0
	}
	c.fill(green, tile(0, 0, float64(size), float64(size), 8*scale))
	c.fill(light, d.arch(0, false))
	c.fill(white, d.leaf())
	c.fill(white, d.ground())
	c.fill(green, circle(d.knobX, d.knobY, d.knobRadius))
	return c
}

// whole is the mark with its colour up to every edge, and small enough to stay whole in a circle of four fifths
// (https://www.w3.org/TR/appmanifest/#icon-masks).
func whole(size int) *canvas {
	const smaller = 0.86
	c, scale := newCanvas(size), float64(size)/32*smaller
	move := float64(size) / 2
	d := newDoor(scale, move-16*scale, move-16.5*scale)
	c.fill(green, tile(0, 0, float64(size), float64(size), 0))
	c.fill(light, d.arch(0, false))
	c.fill(white, d.leaf())
	c.fill(white, d.ground())
	c.fill(green, circle(d.knobX, d.knobY, d.knobRadius))
	return c
}

// grey is the mark without its tile, larger, as a line drawing in Outlook's grey.
func grey(size int) *canvas {
	const larger = 1.2
	c, scale := newCanvas(size), float64(size)/32*larger
	move := float64(size) / 2
	d := newDoor(scale, move-16*scale, move-17.5*scale)
	if size < 32 {
		d.edgeFoot, d.knobRadius = d.floor+d.line, 0
	}
	c.fill(outlook, d.arch(0, false), d.arch(d.line, true))
	c.fill(outlook, d.leaf(), hole(d.knobX, d.knobY, d.knobRadius))
	c.fill(outlook, d.ground())
	return c
}
