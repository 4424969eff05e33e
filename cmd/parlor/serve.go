package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

const drainTime = 25 * time.Second

// serve runs the service until the context ends; then it drains.
func serve(ctx context.Context, args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	role := flags.String("role", "all", "all, web (pages and API) or worker (calendar sync)")
	if err := readFlags(flags, args, stdout); err != nil {
		return err
	}
	if *role != "all" && *role != "web" && *role != "worker" {
		return fmt.Errorf("--role is %q; it must be all, web or worker", *role)
	}
	cfg, err := readConfig(os.LookupEnv)
	if err != nil {
		return fmt.Errorf("the configuration has problems:\n%w", err)
	}
	setLog(cfg.logJSON, stdout)
	a, err := build(cfg, time.Now)
	if err != nil {
		return err
	}
	defer a.store.Close()
	if cfg.metricsAddr != "" {
		stop, err := listen(cfg.metricsAddr, promhttp.Handler())
		if err != nil {
			return fmt.Errorf("PARLOR_METRICS_ADDR: %w", err)
		}
		defer stop()
	}
	return a.run(ctx, cfg.addr, *role)
}

// run serves and works until the context ends. A worker answers the health checks only.
func (a *app) run(ctx context.Context, addr, role string) error {
	stopQueue := func() {}
	if role != "web" {
		stop, err := a.line.Start()
		if err != nil {
			return fmt.Errorf("start queue: %w", err)
		}
		stopQueue = stop
	}
	handler := a.handler
	if role == "worker" {
		handler = onlyHealth(handler)
	}
	stopWeb, err := listen(addr, handler, a.door.Close)
	if err != nil {
		stopQueue()
		return fmt.Errorf("PARLOR_ADDR: %w", err)
	}
	slog.Info("ready", "addr", addr, "role", role)
	<-ctx.Done()
	slog.Info("draining")
	var drained sync.WaitGroup // together, because there may be 30 seconds for both
	drained.Go(stopWeb)
	drained.Go(stopQueue)
	drained.Wait()
	slog.Info("ended")
	return nil
}

// listen serves on an address; stop ends it when the requests under way are answered. What would never end by itself is
// ended by ending.
func listen(addr string, h http.Handler, ending ...func()) (stop func(), err error) {
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	return serveOn(l, h, ending...), nil
}

func serveOn(l net.Listener, h http.Handler, ending ...func()) (stop func()) {
	srv := &http.Server{
		Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: 60 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10,
	}
	for _, end := range ending {
		srv.RegisterOnShutdown(end)
	}
	go func() {
		if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			slog.Error("server ended", "error", err)
		}
	}()
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), drainTime)
		defer cancel()
		if err := srv.Shutdown(ctx); err != nil {
			slog.Warn("requests were cut", "error", err)
		}
	}
}

func onlyHealth(h http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/healthz", h)
	mux.Handle("/readyz", h)
	return mux
}

func setLog(asJSON bool, w io.Writer) {
	var h slog.Handler = slog.NewTextHandler(w, nil)
	if asJSON {
		h = slog.NewJSONHandler(w, nil)
	}
	slog.SetDefault(slog.New(h))
}
