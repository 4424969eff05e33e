package extension

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"parlor/extension"
	"parlor/internal/web/bundle"
	"parlor/internal/web/client"
	"parlor/internal/web/icon"
	"parlor/internal/web/look"
	"parlor/manifests"
)

var sources = bundle.New(map[string]fs.FS{
	"extension": extension.Sources, "internal/web/client": client.Sources, "internal/web/look": look.Files(),
})

// scripts are the entries that are bundled, each into one file of its name.
var scripts = []string{"background", "content", "popup", "options"}

// files makes everything of a build but its manifest, by its path there.
func files(cfg Config) (map[string][]byte, error) {
	made := map[string][]byte{}
	origin, err := json.Marshal(cfg.Origin)
	if err != nil {
		return nil, err
	}
	pages, err := json.Marshal(append([]string{manifests.GoogleCalendar}, cfg.Pages...))
	if err != nil {
		return nil, err
	}
	define := map[string]string{"PARLOR_ORIGIN": string(origin), "PARLOR_PAGES": string(pages)}
	for _, name := range scripts {
		if made[name+".js"], err = sources.File("extension/"+name+".ts", bundle.Classic, define); err != nil {
			return nil, err
		}
	}
	if made["parlor.css"], err = sources.File("extension/parlor.css", bundle.Classic, nil); err != nil {
		return nil, err
	}
	if made["mark.svg"], err = fs.ReadFile(look.Files(), "mark.svg"); err != nil {
		return nil, fmt.Errorf("read mark: %w", err)
	}
	for _, add := range []func(map[string][]byte) error{addPages, addWords, addIcons} {
		if err := add(made); err != nil {
			return nil, err
		}
	}
	return made, nil
}

// addPages takes the pages as they are: what they show is the scripts' to say.
func addPages(made map[string][]byte) error {
	names, err := fs.Glob(extension.Sources, "*.html")
	if err != nil {
		return fmt.Errorf("find pages: %w", err)
	}
	for _, name := range names {
		if made[name], err = fs.ReadFile(extension.Sources, name); err != nil {
			return fmt.Errorf("read page: %w", err)
		}
	}
	return nil
}

// addWords takes the sentences of every language, without the white space.
func addWords(made map[string][]byte) error {
	names, err := fs.Glob(extension.Sources, "_locales/*/messages.json")
	if err != nil {
		return fmt.Errorf("find words: %w", err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(extension.Sources, name)
		if err != nil {
			return fmt.Errorf("read words: %w", err)
		}
		var tight bytes.Buffer
		if err := json.Compact(&tight, text); err != nil {
			return fmt.Errorf("read words %s: %w", name, err)
		}
		made[name] = tight.Bytes()
	}
	return nil
}

func addIcons(made map[string][]byte) error {
	icons, err := icon.New()
	if err != nil {
		return err
	}
	for _, size := range manifests.IconSizes {
		name := strconv.Itoa(size) + ".png"
		body, ok := icons.PNG("parlor-" + name)
		if !ok {
			return fmt.Errorf("there is no icon of %s pixels", strings.TrimSuffix(name, ".png"))
		}
		made["icons/"+name] = body
	}
	return nil
}
