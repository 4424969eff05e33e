// Command parlor is the whole product in one binary. Here are the verbs, the configuration and the wiring; everything
// else lives in the packages that wire.go puts together, which is the place to start reading.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

const usage = `parlor puts the link of your personal meeting room into the events you schedule.

  parlor demo [--addr 127.0.0.1:8080]    everything in one process, to try it out
  parlor serve [--role all|web|worker]   the service; configured by the environment
  parlor doctor                          checks the configuration and what it leads to
  parlor keyset [--add|--promote]        makes the keyset that PARLOR_KEYSET takes
  parlor pack outlook [-o FILE]          makes the manifest of the Outlook add-in

The environment is described in README.md.
`

type verb func(ctx context.Context, args []string, stdout io.Writer) error

var verbs = map[string]verb{"demo": demo, "serve": serve, "doctor": doctor, "keyset": keyset, "pack": pack}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends it at once
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		fmt.Fprint(stdout, usage)
		return 0
	}
	do, known := verbs[args[0]]
	if !known {
		fmt.Fprintf(stderr, "parlor: there is no verb %q.\n\n%s", args[0], usage)
		return 2
	}
	if err := do(ctx, args[1:], stdout); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintf(stderr, "parlor %s: %v\n", args[0], err)
		return 1
	}
	return 0
}

// readFlags reads what follows a verb; nothing but flags may. flag.ErrHelp: help was asked for, and given.
func readFlags(flags *flag.FlagSet, args []string, stdout io.Writer) error {
	flags.SetOutput(stdout)
	if err := flags.Parse(args); err != nil {
		return fmt.Errorf("read flags: %w", err)
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("“parlor %s” takes no %q", flags.Name(), flags.Arg(0))
	}
	return nil
}
