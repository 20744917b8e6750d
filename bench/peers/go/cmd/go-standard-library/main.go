// The service in Go with the standard library alone: the least CPU that Go needs for it.
package main

import (
	"os"

	"peers/service"
)

func main() {
	service.Run(newTable(os.Getenv("BIGQUERY_HOST"), os.Getenv("BIGQUERY_PROJECT")).insert)
}
