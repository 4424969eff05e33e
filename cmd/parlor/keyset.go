package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"parlor/internal/store"
)

// keyset prints a new keyset, or PARLOR_KEYSET with a further key, or with its newest key made primary.
func keyset(_ context.Context, args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("keyset", flag.ContinueOnError)
	add := flags.Bool("add", false, "add a key to PARLOR_KEYSET; roll this out everywhere first")
	promote := flags.Bool("promote", false, "make the newest key of PARLOR_KEYSET primary; when every replica has it")
	if err := readFlags(flags, args, stdout); err != nil {
		return err
	}
	if *add && *promote {
		return errors.New("--add and --promote are two steps; give one of them")
	}
	if !*add && !*promote {
		return printKeyset(stdout)(store.NewKeyset())
	}
	e := &environment{lookup: os.LookupEnv}
	old := []byte(e.required("PARLOR_KEYSET", "the keyset to change"))
	if err := errors.Join(e.problems...); err != nil {
		return err
	}
	if *add {
		return printKeyset(stdout)(store.AddKey(old))
	}
	return printKeyset(stdout)(store.PromoteKey(old))
}

func printKeyset(w io.Writer) func([]byte, error) error {
	return func(keyset []byte, err error) error {
		if err != nil {
			return fmt.Errorf("PARLOR_KEYSET: %w", err)
		}
		_, err = fmt.Fprintf(w, "%s\n", keyset)
		return err
	}
}
