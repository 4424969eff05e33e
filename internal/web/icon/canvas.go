package icon

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/vector"
)

// canvas is a square picture under the brush. Lengths are in pixels.
type canvas struct {
	img  *image.RGBA
	size int
}

func newCanvas(size int) *canvas {
	return &canvas{image.NewRGBA(image.Rect(0, 0, size, size)), size}
}

// shape is a closed outline: its points, and arcs between them.
type shape func(v *vector.Rasterizer)

// fill paints shapes in one colour. Where one of them turns the other way round it cuts a hole.
func (c *canvas) fill(with color.Color, shapes ...shape) {
	v := vector.NewRasterizer(c.size, c.size)
	for _, outline := range shapes {
		outline(v)
		v.ClosePath()
	}
	v.Draw(c.img, c.img.Bounds(), image.NewUniform(with), image.Point{})
}

// arc adds a part of a circle to an outline. Angles are in degrees, clockwise from three o'clock, as y grows downwards.
func arc(v *vector.Rasterizer, x, y, r, from, to float64) {
	steps := math.Ceil(math.Abs(to-from) / 45)
	step := (to - from) / steps * math.Pi / 180
	bend := 4 / 3.0 * math.Tan(step/4) * r // of a cubic that follows the circle
	for i := range int(steps) {
		a := from*math.Pi/180 + float64(i)*step
		b := a + step
		sinA, cosA := math.Sincos(a)
		sinB, cosB := math.Sincos(b)
		v.CubeTo(
			float32(x+r*cosA-bend*sinA), float32(y+r*sinA+bend*cosA),
			float32(x+r*cosB+bend*sinB), float32(y+r*sinB-bend*cosB),
			float32(x+r*cosB), float32(y+r*sinB),
		)
	}
}

func circle(x, y, r float64) shape {
	return func(v *vector.Rasterizer) {
		v.MoveTo(float32(x+r), float32(y))
		arc(v, x, y, r, 0, 360)
	}
}

// hole is a circle the other way round.
func hole(x, y, r float64) shape {
	return func(v *vector.Rasterizer) {
		v.MoveTo(float32(x+r), float32(y))
		arc(v, x, y, r, 0, -360)
	}
}

// tile is a rectangle with round corners.
func tile(x, y, w, h, r float64) shape {
	return func(v *vector.Rasterizer) {
		v.MoveTo(float32(x+r), float32(y))
		v.LineTo(float32(x+w-r), float32(y))
		arc(v, x+w-r, y+r, r, -90, 0)
		v.LineTo(float32(x+w), float32(y+h-r))
		arc(v, x+w-r, y+h-r, r, 0, 90)
		v.LineTo(float32(x+r), float32(y+h))
		arc(v, x+r, y+h-r, r, 90, 180)
		v.LineTo(float32(x), float32(y+r))
		arc(v, x+r, y+r, r, 180, 270)
	}
}
