package icon

import (
	"bytes"
	"image/color"
	"image/png"
	"regexp"
	"strconv"
	"testing"
)

var name = regexp.MustCompile(`^parlor-([0-9]+)(-grey|-full)?\.png$`)

// TestEveryIconIsWhatItsNameSays decodes every file: its size, that something is drawn, and that it is transparent around.
func TestEveryIconIsWhatItsNameSays(t *testing.T) {
	icons, err := New()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(icons.Names()), len(sizes)+len(full)+len(greys); got != want {
		t.Errorf("%d icons, want %d", got, want)
	}
	for _, file := range icons.Names() {
		parts := name.FindStringSubmatch(file)
		if parts == nil {
			t.Errorf("%s: the name says no size", file)
			continue
		}
		size, _ := strconv.Atoi(parts[1])
		look(t, icons, file, size, parts[2])
	}
}

func look(t *testing.T, icons *Set, file string, size int, kind string) {
	t.Helper()
	body, _ := icons.PNG(file)
	img, err := png.Decode(bytes.NewReader(body))
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	if b := img.Bounds(); b.Dx() != size || b.Dy() != size {
		t.Errorf("%s: %s", file, b)
	}
	seen := map[color.NRGBA]int{}
	for y := range size {
		for x := range size {
			seen[color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)]++
		}
	}
	if _, _, _, alpha := img.At(0, 0).RGBA(); (alpha > 0x8000) != (kind == "-full") {
		t.Errorf("%s: the alpha of its corner is %d", file, alpha)
	}
	want := []color.RGBA{green, light, white}
	if kind == "-grey" {
		want = []color.RGBA{outlook}
		for c := range seen {
			if c.A == 0xff && c != (color.NRGBA{0x91, 0x91, 0x91, 0xff}) {
				t.Errorf("%s: %v is not Outlook's grey", file, c)
			}
		}
	}
	for _, c := range want {
		if n := seen[color.NRGBA(c)]; n < size*size/40 {
			t.Errorf("%s: %d pixels of %v", file, n, c)
		}
	}
}

// TestSmallIconsAreCrisp wants the floor and both sides of the door on whole pixels: no mixed colours along them.
func TestSmallIconsAreCrisp(t *testing.T) {
	for _, size := range []int{16, 20, 24, 32, 40, 48, 64, 80} {
		img := colour(size).img
		d := newDoor(float64(size)/32, 0, 0)
		y := int(d.floor) - 2
		for x := int(d.left); x < int(d.right); x++ {
			if c := img.RGBAAt(x, y); c != white && c != light {
				t.Errorf("%d pixels: %v at %d,%d, inside the door", size, c, x, y)
			}
		}
		for _, x := range []int{int(d.left) - 1, int(d.right)} {
			if c := img.RGBAAt(x, y); c != green {
				t.Errorf("%d pixels: %v at %d,%d, beside the door", size, c, x, y)
			}
		}
		if c := img.RGBAAt(size/2, int(d.floor)); c != white {
			t.Errorf("%d pixels: the floor is %v", size, c)
		}
	}
}

func TestThereAreNoOthers(t *testing.T) {
	icons, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"parlor-17.png", "parlor-16.svg", "", "../parlor-16.png"} {
		if _, ok := icons.PNG(file); ok {
			t.Errorf("there is a %q", file)
		}
	}
}
