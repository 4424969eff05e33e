// Package bundle makes one script or one stylesheet out of the embedded sources, when the server starts: nothing built is
// committed, and no Node is needed to run. It knows no page and serves nothing.
//
// Start reading at Sources.
package bundle

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// Sources are files under the paths that they have in the repository, so that an import leads to the same file whether
// esbuild follows it or the type checker.
type Sources map[string]fs.FS

// Format is how a script is wrapped.
type Format int

// The formats: a classic script, a module, and a classic script in ECMAScript 2016, which is all that classic Outlook on
// Windows runs without a page before version 2403
// (https://learn.microsoft.com/office/dev/add-ins/testing/troubleshoot-event-based-and-spam-reporting-add-ins).
const (
	Classic Format = iota
	Module
	Classic2016
)

// File makes one file of an entry and all that it imports; define replaces global names by JSON values.
func (s Sources) File(entry string, f Format, define map[string]string) ([]byte, error) {
	format, target := api.FormatIIFE, api.ES2022
	switch f {
	case Module:
		format = api.FormatESModule
	case Classic2016:
		target = api.ES2016
	}
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{entry},
		Bundle:            true,
		Format:            format,
		Target:            target,
		Define:            define,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		Plugins:           []api.Plugin{{Name: "embedded", Setup: s.plugIn}},
	})
	if len(result.Errors) > 0 {
		return nil, fmt.Errorf("bundle %s: %w", entry, errors.New(result.Errors[0].Text))
	}
	return result.OutputFiles[0].Contents, nil
}

var loaders = map[string]api.Loader{".ts": api.LoaderTS, ".css": api.LoaderCSS, ".json": api.LoaderJSON}

// plugIn lets esbuild read the sources out of the binary instead of a disk.
func (s Sources) plugIn(build api.PluginBuild) {
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
func (s Sources) read(file string) ([]byte, error) {
	room := ""
	for place := range s {
		if strings.HasPrefix(file, place+"/") && len(place) > len(room) {
			room = place
		}
	}
	if room == "" {
		return nil, fs.ErrNotExist
	}
	return fs.ReadFile(s[room], strings.TrimPrefix(file, room+"/"))
}
