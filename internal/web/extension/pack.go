package extension

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"parlor/manifests"
)

// pack makes the zip of one build. Its bytes depend on the content alone, so every replica serves the same file.
func (e *Extension) pack(
	b Browser, made manifests.Extension, manifest func(manifests.Extension) ([]byte, error), shared map[string][]byte,
) ([]byte, error) {
	text, err := manifest(made)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(manifests.CheckExtension(string(b), text, shared)...); err != nil {
		return nil, fmt.Errorf("the manifest has faults:\n%w", err)
	}
	all := maps.Clone(shared)
	all["manifest.json"] = text
	return zipped(all)
}

// packed is the date of every file: the first that a zip can tell.
var packed = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

func zipped(files map[string][]byte) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	w.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(to, flate.BestCompression)
	})
	for _, name := range slices.Sorted(maps.Keys(files)) {
		entry, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: packed})
		if err != nil {
			return nil, fmt.Errorf("zip %s: %w", name, err)
		}
		if _, err := entry.Write(files[name]); err != nil {
			return nil, fmt.Errorf("zip %s: %w", name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("end zip: %w", err)
	}
	return out.Bytes(), nil
}
