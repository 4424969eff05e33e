package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"parlor/internal/web/extension"
	"parlor/internal/web/look"
	"parlor/internal/web/outlook"
)

// pack makes what people install from, for the installation at PARLOR_PUBLIC_URL. It reads nothing but that and the
// extension's key and ids, and asks nobody.
func pack(_ context.Context, args []string, stdout io.Writer) error {
	made := map[string]func(*environment, extension.Config, string) ([]byte, string, error){
		"outlook": packOutlook, "chrome": packExtension, "firefox": packExtension,
	}
	if len(args) == 0 || made[args[0]] == nil {
		return errors.New("say what to pack: “parlor pack chrome”, “firefox” or “outlook”")
	}
	flags := flag.NewFlagSet("pack "+args[0], flag.ContinueOnError)
	file := flags.String("o", "", "write to this file instead of printing it")
	generic, store := false, false
	if args[0] != "outlook" {
		flags.BoolVar(&generic, "generic", false, "for any server: each person enters the address of theirs")
		flags.BoolVar(&store, "store", false, "for a store, which gives the extension its id")
	}
	if err := readFlags(flags, args[1:], stdout); err != nil {
		return err
	}
	e := &environment{lookup: os.LookupEnv}
	origin := ""
	if !generic {
		if u := e.publicURL(); u != nil {
			origin = strings.TrimSuffix(u.String(), "/")
		}
	}
	content, about, err := made[args[0]](e, extension.Config{Origin: origin, Store: store}, args[0])
	if err != nil {
		return err
	}
	if *file == "" {
		_, err = stdout.Write(content)
		return err
	}
	if err := os.WriteFile(*file, content, 0o644); err != nil {
		return fmt.Errorf("write %s: %w", *file, err)
	}
	fmt.Fprint(stdout, about)
	return nil
}

func packOutlook(e *environment, c extension.Config, _ string) (manifest []byte, about string, err error) {
	if err := errors.Join(e.problems...); err != nil {
		return nil, "", err
	}
	style, err := look.New()
	if err != nil {
		return nil, "", err
	}
	addin, err := outlook.New(outlook.Config{Look: style, Origin: c.Origin})
	if err != nil {
		return nil, "", err
	}
	manifest, err = addin.Manifest()
	return manifest, "", err
}

// packExtension makes a zip; about is the id by which a browser, a store or a policy knows the extension.
func packExtension(e *environment, c extension.Config, browser string) (zip []byte, about string, err error) {
	own := e.extension()
	c.Key, c.IDs = own.key, own.ids
	if err := errors.Join(e.problems...); err != nil {
		return nil, "", err
	}
	made, err := extension.New(c)
	if err != nil {
		return nil, "", err
	}
	id := made.FirefoxID()
	if browser == "chrome" {
		id = made.ChromeID()
	}
	if id == "" {
		return made.Zip(extension.Chrome), "Its id is for the store to give; put it into PARLOR_EXTENSION_IDS.\n", nil
	}
	return made.Zip(extension.Browser(browser)), "Its id is " + id + "\n", nil
}
