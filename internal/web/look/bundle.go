package look

import (
	"embed"
	"errors"
	"fmt"
	"path"

	"github.com/evanw/esbuild/pkg/api"
)

//go:embed mark.svg parlor.css style/*.css script/*.ts
var sources embed.FS

// bundle makes one file of an entry and all that it imports.
func bundle(entry string) ([]byte, error) {
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{entry},
		Bundle:            true,
		Format:            api.FormatIIFE,
		Target:            api.ES2022,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		Plugins:           []api.Plugin{{Name: "embedded", Setup: fromEmbedded}},
	})
	if len(result.Errors) > 0 {
		return nil, fmt.Errorf("bundle %s: %w", entry, errors.New(result.Errors[0].Text))
	}
	return result.OutputFiles[0].Contents, nil
}

var loaders = map[string]api.Loader{".ts": api.LoaderTS, ".css": api.LoaderCSS}

// fromEmbedded lets esbuild read the sources out of the binary instead of a disk.
func fromEmbedded(build api.PluginBuild) {
	build.OnResolve(api.OnResolveOptions{Filter: `.*`}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
		file := path.Join(path.Dir(a.Importer), a.Path)
		if path.Ext(file) == "" {
			file += ".ts"
		}
		return api.OnResolveResult{Path: file, Namespace: "embedded"}, nil
	})
	build.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: "embedded"}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
		text, err := sources.ReadFile(a.Path)
		if err != nil {
			return api.OnLoadResult{}, fmt.Errorf("read source %s: %w", a.Path, err)
		}
		contents := string(text)
		return api.OnLoadResult{Contents: &contents, Loader: loaders[path.Ext(a.Path)]}, nil
	})
}
