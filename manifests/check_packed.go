package manifests

import (
	"bytes"
	"encoding/json"
	"image/png"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// named checks that every file a manifest or a page names is packed, and that no page holds a script of its own.
func (c *webChecker) named() {
	wanted := append([]string{c.m.Action.Popup, c.m.Options.Page, c.m.Background.Worker}, c.m.Background.Scripts...)
	for _, script := range c.m.Content {
		wanted = append(wanted, script.JS...)
	}
	for _, name := range wanted {
		_, there := c.files[name]
		c.check(there || name == "", "%s is named, but not packed", name)
	}
	for _, name := range slices.Sorted(maps.Keys(c.files)) {
		if path.Ext(name) == ".html" {
			c.page(name)
		}
	}
}

var (
	mentioned = regexp.MustCompile(`(?:src|href)="([^"]*)"`)
	inPlace   = regexp.MustCompile(`<script>|<script [^>]*>[^<]|<style|\son[a-z]+=|\sstyle=`)
	aMessage  = regexp.MustCompile(`^__MSG_(\w+)__$`)
)

func (c *webChecker) page(name string) {
	text := string(c.files[name])
	c.check(!inPlace.MatchString(text), "%s has a script or a style in it", name)
	for _, found := range mentioned.FindAllStringSubmatch(text, -1) {
		_, there := c.files[found[1]]
		c.check(there, "%s loads %s, which is not packed", name, found[1])
	}
}

// mostLetters is how long a text of the manifest may be (https://developer.chrome.com/docs/extensions/reference/manifest).
var mostLetters = map[string]int{"name": 75, "about": 132}

// words checks that every language says the same things, with the same places for values.
func (c *webChecker) words() {
	usual := c.sentences(c.m.DefaultLocale)
	c.check(len(usual) > 0, "default_locale %q has no words", c.m.DefaultLocale)
	for _, text := range []string{c.m.Name, c.m.Description, c.m.Action.Title} {
		found := aMessage.FindStringSubmatch(text)
		c.check(found != nil && usual[found[1]] != "", "%q is in no language", text)
	}
	for _, name := range slices.Sorted(maps.Keys(c.files)) {
		language, isWords := strings.CutPrefix(path.Dir(name), "_locales/")
		if !isWords {
			continue
		}
		own := c.sentences(language)
		for key := range usual {
			c.check(own[key] != "" && slices.Equal(places(own[key]), places(usual[key])), "%s lacks %s, or a value in it", name, key)
		}
		for key, text := range own {
			most, limited := mostLetters[key]
			c.check(usual[key] != "", "%s has %s, which %s has not", name, key, c.m.DefaultLocale)
			c.check(!limited || utf8.RuneCountInString(text) <= most, "%s: %s has more than %d letters", name, key, most)
		}
	}
}

func (c *webChecker) sentences(language string) map[string]string {
	var raw map[string]struct{ Message string }
	if err := json.Unmarshal(c.files["_locales/"+language+"/messages.json"], &raw); err != nil {
		c.check(false, "words of %q: %v", language, err)
	}
	found := map[string]string{}
	for key, sentence := range raw {
		found[key] = sentence.Message
	}
	return found
}

var place = regexp.MustCompile(`\$[1-9]`)

func places(sentence string) []string {
	found := place.FindAllString(sentence, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// icons checks that each has the size it is named for.
func (c *webChecker) icons() {
	for _, set := range []map[string]string{c.m.Icons, c.m.Action.Icon} {
		c.check(set["128"] != "" && set["48"] != "" && set["16"] != "", "icons of 16, 48 and 128 pixels must be there")
		for size, name := range set {
			img, err := png.DecodeConfig(bytes.NewReader(c.files[name]))
			want, _ := strconv.Atoi(size)
			c.check(err == nil && img.Width == want && img.Height == want, "%s is no PNG of %s pixels", name, size)
		}
	}
}
