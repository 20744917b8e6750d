// A fake BigQuery that stores every row, after an optional delay, over plain HTTP and TLS. A GET returns its counters:
// calls, rows, and connections that carried at least one call.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

type firstCall struct{}

func main() {
	plain := flag.String("plain", "127.0.0.1:9051", "address for plain HTTP")
	tls := flag.String("tls", "127.0.0.1:9451", "address for TLS")
	certificate := flag.String("certificate", "certificate.pem", "certificate file")
	key := flag.String("key", "key.pem", "private key file")
	delay := flag.Duration("delay", 0, "time from a call to its response")
	flag.Parse()

	var calls, rows, connections atomic.Int64
	server := &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodGet {
				fmt.Fprintf(w, "%d %d %d", calls.Load(), rows.Load(), connections.Load())
				return
			}
			body, err := io.ReadAll(r.Body)
			if err != nil {
				return // the client has disconnected
			}
			r.Context().Value(firstCall{}).(*sync.Once).Do(func() { connections.Add(1) })
			calls.Add(1)
			rows.Add(int64(bytes.Count(body, []byte(`"insertId"`))))
			time.Sleep(*delay)
			w.Header().Set("Content-Type", "application/json")
			io.WriteString(w, `{"kind":"bigquery#tableDataInsertAllResponse"}`)
		}),
		ConnContext: func(ctx context.Context, _ net.Conn) context.Context {
			return context.WithValue(ctx, firstCall{}, new(sync.Once))
		},
		Protocols: new(http.Protocols),
	}
	server.Protocols.SetHTTP1(true) // no HTTP/2, like the other fake server (nginx)

	go func() { log.Fatal(listenAndServe(*plain, server.Serve)) }()
	log.Fatal(listenAndServe(*tls, func(l net.Listener) error { return server.ServeTLS(l, *certificate, *key) }))
}

func listenAndServe(address string, serve func(net.Listener) error) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	return serve(listener)
}
