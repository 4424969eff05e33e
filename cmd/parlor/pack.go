package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"parlor/internal/web/look"
	"parlor/internal/web/outlook"
)

// pack makes what people install from, for the installation at PARLOR_PUBLIC_URL. It reads nothing else and asks nobody.
func pack(_ context.Context, args []string, stdout io.Writer) error {
	if len(args) == 0 || args[0] != "outlook" {
		return errors.New("say what to pack: “parlor pack outlook” makes the manifest of the Outlook add-in")
	}
	flags := flag.NewFlagSet("pack outlook", flag.ContinueOnError)
	file := flags.String("o", "", "write the manifest to this file instead of printing it")
	if err := readFlags(flags, args[1:], stdout); err != nil {
		return err
	}
	e := &environment{lookup: os.LookupEnv}
	origin := e.publicURL()
	if err := errors.Join(e.problems...); err != nil {
		return err
	}
	manifest, err := outlookManifest(strings.TrimSuffix(origin.String(), "/"))
	if err != nil {
		return err
	}
	if *file == "" {
		_, err = stdout.Write(manifest)
		return err
	}
	if err := os.WriteFile(*file, manifest, 0o644); err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	return nil
}

func outlookManifest(origin string) ([]byte, error) {
	style, err := look.New()
	if err != nil {
		return nil, err
	}
	addin, err := outlook.New(outlook.Config{Look: style, Origin: origin})
	if err != nil {
		return nil, err
	}
	return addin.Manifest()
}
