// Package service is what both peers share: an HTTP server that validates an event and stores it as one row in BigQuery
// before it responds.
package service

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
	maxBodyBytes    = 1 << 20
	storeTimeout    = 3 * time.Second // the oldest clients disconnect after 5 s
	readTimeout     = 10 * time.Second
	shutdownTimeout = 8 * time.Second // Cloud Run kills 10 s after SIGTERM
)

// Store stores one row. It returns an error if the row was not stored before the deadline of the context.
type Store func(ctx context.Context, row *Row) error

// Run serves requests until SIGTERM. Then it completes those in flight.
func Run(store Store) {
	mux := http.NewServeMux()
	for _, path := range []string{"/log", "/log/{$}", "/log/log"} {
		mux.HandleFunc("POST "+path, logHandler(store))
	}
	server := &http.Server{
		Addr:        ":" + cmp.Or(os.Getenv("PORT"), "8080"),
		Handler:     mux,
		ReadTimeout: readTimeout,
		IdleTimeout: 11 * time.Minute, // longer than Google's front ends keep idle connections
	}

	signalled, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	shutdown := make(chan error, 1)
	go func() {
		<-signalled.Done()
		ctx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
		defer cancel()
		shutdown <- server.Shutdown(ctx)
	}()
	if err := server.ListenAndServe(); err != http.ErrServerClosed {
		log.Fatal(err)
	}
	if err := <-shutdown; err != nil {
		log.Fatal(err)
	}
}

func logHandler(store Store) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if mediaType, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); mediaType != "application/json" {
			http.Error(w, "the Content-Type must be application/json", http.StatusUnsupportedMediaType)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBodyBytes))
		if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
			http.Error(w, "the event is larger than 1 MiB", http.StatusRequestEntityTooLarge)
			return
		}
		var event event
		if err != nil || json.Unmarshal(body, &event) != nil {
			http.Error(w, "the body is not an event", http.StatusBadRequest)
			return
		}
		if rule := event.violation(); rule != "" {
			http.Error(w, rule, http.StatusUnprocessableEntity)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), storeTimeout)
		defer cancel()
		if err := store(ctx, newRow(&event, time.Now())); err != nil {
			log.Print("event not stored: ", err)
			http.Error(w, "the event could not be stored", http.StatusServiceUnavailable)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	}
}
