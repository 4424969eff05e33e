package outlook

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"

	"parlor/addin"
	"parlor/internal/web/bundle"
)

// page is what the pages of the add-in are filled with.
type page struct{ Origin, OfficeJS string }

// bundle makes a script or a stylesheet of each source that a page names after itself.
func (o *Outlook) bundle() error {
	origin, err := json.Marshal(o.cfg.Origin)
	if err != nil {
		return err
	}
	define := map[string]string{"PARLOR_ORIGIN": string(origin)}
	names, err := fs.Glob(addin.Sources, "*.html")
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := o.asset(strings.TrimSuffix(name, ".html")+".ts", bundle.Classic, "text/javascript; charset=utf-8", define); err != nil {
			return err
		}
	}
	if err := o.asset("pane.css", bundle.Classic, "text/css; charset=utf-8", nil); err != nil {
		return err
	}
	alone, err := sources.File("addin/commands.ts", bundle.Classic2016, define)
	o.add(script, file{body: alone, kind: "text/javascript; charset=utf-8", cache: revalidate})
	return err
}

func (o *Outlook) asset(source string, f bundle.Format, kind string, define map[string]string) error {
	body, err := sources.File("addin/"+source, f, define)
	if err != nil {
		return err
	}
	name := strings.TrimSuffix(source, ".ts")
	ext := path.Ext(source)
	if ext == ".ts" {
		ext = ".js"
	}
	name = strings.TrimSuffix(name, ext)
	made := file{body: body, kind: kind, cache: forever}
	o.assets[name+ext] = "/addin/assets/" + name + "." + made.hash() + ext
	o.add(o.assets[name+ext], made)
	return nil
}

// pages fills the HTML sources: {{.OfficeJS}}, {{.Origin}} and {{asset "pane.js"}}.
func (o *Outlook) pages() error {
	all, err := template.New("").Funcs(template.FuncMap{"asset": o.path}).ParseFS(addin.Sources, "*.html")
	if err != nil {
		return err
	}
	policy := o.policy()
	for _, t := range all.Templates() {
		name, isPage := strings.CutSuffix(t.Name(), ".html")
		if !isPage {
			continue
		}
		var body bytes.Buffer
		if err := t.Execute(&body, page{Origin: o.cfg.Origin, OfficeJS: o.cfg.OfficeJS}); err != nil {
			return err
		}
		o.add("/addin/"+name, file{body: body.Bytes(), kind: "text/html; charset=utf-8", cache: revalidate, policy: policy, shared: true})
	}
	return nil
}

func (o *Outlook) path(name string) (string, error) {
	if known := o.cfg.Look.Path(name); known != "" {
		return known, nil
	}
	if known, ok := o.assets[name]; ok {
		return known, nil
	}
	return "", fmt.Errorf("there is no asset %s", name)
}
