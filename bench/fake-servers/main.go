// A BigQuery that takes every row, after a while if so told, and counts. It speaks plain http and TLS. A GET over plain
// http answers how many calls, rows, and connections with a call it has seen so far.
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
	plain := flag.String("plain", "127.0.0.1:9051", "where it speaks plain http")
	tls := flag.String("tls", "127.0.0.1:9451", "where it speaks TLS")
	certificate := flag.String("certificate", "certificate.pem", "a file")
	key := flag.String("key", "key.pem", "a file")
	delay := flag.Duration("delay", 0, "until it answers a call")
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
				return // who called is gone
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
	server.Protocols.SetHTTP1(true) // nginx as the other stand-in speaks no HTTP/2 either

	go func() { log.Fatal(serve(*plain, server.Serve)) }()
	log.Fatal(serve(*tls, func(l net.Listener) error { return server.ServeTLS(l, *certificate, *key) }))
}

func serve(address string, on func(net.Listener) error) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	return on(listener)
}
