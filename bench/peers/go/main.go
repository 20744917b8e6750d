// The service as one would write it in Go: an HTTP server that takes an event, checks it, and stores it as one row in
// BigQuery before it answers. Standard library alone.
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log"
	"mime"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

const (
	maxBytes      = 1 << 20
	timeToStore   = 3 * time.Second // the oldest clients hang up after 5 s
	timeToReceive = 10 * time.Second
	timeToEnd     = 8 * time.Second // Cloud Run kills 10 s after SIGTERM
)

func main() {
	table := newTable(os.Getenv("BIGQUERY_HOST"), os.Getenv("BIGQUERY_PROJECT"))
	mux := http.NewServeMux()
	for _, path := range []string{"/log", "/log/{$}", "/log/log"} {
		mux.HandleFunc("POST "+path, collect(table))
	}
	server := &http.Server{
		Addr:        ":" + cmp.Or(os.Getenv("PORT"), "8080"),
		Handler:     mux,
		ReadTimeout: timeToReceive,
		IdleTimeout: 11 * time.Minute, // longer than Google's front ends keep a connection
	}

	ending, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ended := make(chan error, 1)
	go func() {
		<-ending.Done()
		ctx, cancel := context.WithTimeout(context.Background(), timeToEnd)
		defer cancel()
		ended <- server.Shutdown(ctx)
	}()
	if err := server.ListenAndServe(); err != http.ErrServerClosed {
		log.Fatal(err)
	}
	if err := <-ended; err != nil {
		log.Fatal(err)
	}
}

func collect(table *table) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if mediaType, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); mediaType != "application/json" {
			http.Error(w, "the event must be JSON", http.StatusUnsupportedMediaType)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBytes))
		if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
			http.Error(w, "the event is larger than 1 MiB", http.StatusRequestEntityTooLarge)
			return
		}
		var event event
		if err != nil || json.Unmarshal(body, &event) != nil {
			http.Error(w, "the body is not an event", http.StatusBadRequest)
			return
		}
		if rule := event.broken(); rule != "" {
			http.Error(w, rule, http.StatusUnprocessableEntity)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), timeToStore)
		defer cancel()
		if err := table.insert(ctx, newRow(&event, time.Now())); err != nil {
			log.Print("event not stored: ", err)
			http.Error(w, "the event could not be stored", http.StatusServiceUnavailable)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	}
}
