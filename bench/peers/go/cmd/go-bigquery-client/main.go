// The service in Go with Google's BigQuery client, as one would write it.
package main

import (
	"context"
	"log"
	"os"
	"strings"

	"cloud.google.com/go/bigquery"
	"google.golang.org/api/option"

	"peers/service"
)

func main() {
	client, err := bigquery.NewClient(context.Background(), os.Getenv("BIGQUERY_PROJECT"), options()...)
	if err != nil {
		log.Fatal(err)
	}
	inserter := client.Dataset("stats").Table("events").Inserter()
	service.Run(func(ctx context.Context, row *service.Row) error {
		return inserter.Put(ctx, &bigquery.StructSaver{Struct: row, InsertID: row.EventID})
	})
}

// Returns where BigQuery is. A fake server over plain HTTP gets no credentials.
func options() []option.ClientOption {
	host := os.Getenv("BIGQUERY_HOST")
	if host == "" {
		return nil
	}
	options := []option.ClientOption{option.WithEndpoint(host + "/bigquery/v2/")}
	if strings.HasPrefix(host, "http:") {
		options = append(options, option.WithoutAuthentication())
	}
	return options
}
