// Package bundle makes one script or one stylesheet out of the embedded sources, when the server starts: nothing built is
// committed, and no Node is needed to run. It knows no page and serves nothing.
//
// Start reading at Sources.File.
package bundle

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/evanw/esbuild/pkg/api"
)

// Sources are files under the paths that they have in the repository, so that an import leads to the same file whether
// esbuild follows it or the type checker. What was bundled once is kept. It is safe for concurrent use.
type Sources struct {
	rooms map[string]fs.FS
	made  sync.Map // of entry to func() ([]byte, error)
}

// New takes the files of each room under its path.
func New(rooms map[string]fs.FS) *Sources { return &Sources{rooms: rooms} }

type entry struct {
	path   string
	format Format
}

// Format is how a script is wrapped.
type Format int

// The formats: a classic script, and one in ECMAScript 2016, which is all that classic Outlook on Windows runs without a page
// before version 2403
// (https://learn.microsoft.com/office/dev/add-ins/testing/troubleshoot-event-based-and-spam-reporting-add-ins).
const (
	Classic Format = iota
	Classic2016
)

// File makes one file of an entry and all that it imports; define gives values, as JSON, to global names of a script.
func (s *Sources) File(path string, f Format, define map[string]string) ([]byte, error) {
	key := entry{path, f}
	made, _ := s.made.LoadOrStore(key, sync.OnceValues(func() ([]byte, error) { return s.bundle(key) }))
	script, err := made.(func() ([]byte, error))()
	if err != nil || len(define) == 0 {
		return script, err
	}
	return defined(script, define), nil
}

const strict = `"use strict";`

// defined declares names ahead of a classic script, whose directive stays the first word.
func defined(script []byte, define map[string]string) []byte {
	rest, isStrict := bytes.CutPrefix(script, []byte(strict))
	var out bytes.Buffer
	if isStrict {
		out.WriteString(strict)
	}
	for _, name := range slices.Sorted(maps.Keys(define)) {
		fmt.Fprintf(&out, "var %s=%s;", name, define[name])
	}
	out.Write(rest)
	return out.Bytes()
}

func (s *Sources) bundle(e entry) ([]byte, error) {
	target := api.ES2022
	if e.format == Classic2016 {
		target = api.ES2016
	}
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{e.path},
		Bundle:            true,
		Format:            api.FormatIIFE,
		Target:            target,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		Plugins:           []api.Plugin{{Name: "embedded", Setup: s.plugIn}},
	})
	if len(result.Errors) > 0 {
		return nil, fmt.Errorf("bundle %s: %w", e.path, errors.New(result.Errors[0].Text))
	}
	return result.OutputFiles[0].Contents, nil
}

var loaders = map[string]api.Loader{".ts": api.LoaderTS, ".css": api.LoaderCSS, ".json": api.LoaderJSON}

// plugIn lets esbuild read the sources out of the binary instead of a disk.
func (s *Sources) plugIn(build api.PluginBuild) {
	build.OnResolve(api.OnResolveOptions{Filter: `.*`}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
		file := path.Join(path.Dir(a.Importer), a.Path)
		if _, known := loaders[path.Ext(file)]; !known {
			file += ".ts"
		}
		return api.OnResolveResult{Path: file, Namespace: "embedded"}, nil
	})
	build.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: "embedded"}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
		text, err := s.read(a.Path)
		if err != nil {
			return api.OnLoadResult{}, fmt.Errorf("read source %s: %w", a.Path, err)
		}
		contents := string(text)
		return api.OnLoadResult{Contents: &contents, Loader: loaders[path.Ext(a.Path)]}, nil
	})
}

// read finds a file in the room with the longest path that leads to it.
func (s *Sources) read(file string) ([]byte, error) {
	room := ""
	for place := range s.rooms {
		if strings.HasPrefix(file, place+"/") && len(place) > len(room) {
			room = place
		}
	}
	if room == "" {
		return nil, fs.ErrNotExist
	}
	return fs.ReadFile(s.rooms[room], strings.TrimPrefix(file, room+"/"))
}
