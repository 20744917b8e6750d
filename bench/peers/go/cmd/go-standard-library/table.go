package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"peers/service"
)

// Stores rows in the table stats.events with BigQuery's tabledata.insertAll.
type table struct {
	url    string
	client *http.Client
	token  *token // nil over plain HTTP, which gets no credentials
}

type insertRequest struct {
	Rows []insertRow `json:"rows"`
}

type insertRow struct {
	InsertID string       `json:"insertId"`
	JSON     *service.Row `json:"json"`
}

func newTable(host, project string) *table {
	host = cmp.Or(host, "https://bigquery.googleapis.com")
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = transport.MaxIdleConns // the default closes all but two idle connections
	transport.IdleConnTimeout = 4 * time.Minute
	table := &table{
		url:    fmt.Sprintf("%s/bigquery/v2/projects/%s/datasets/stats/tables/events/insertAll", host, project),
		client: &http.Client{Transport: transport},
	}
	if strings.HasPrefix(host, "https:") {
		table.token = &token{client: &http.Client{Timeout: time.Second}}
	}
	return table
}

// Stores a row. Retries transient errors with exponential backoff until the deadline.
func (t *table) insert(ctx context.Context, row *service.Row) error {
	body, err := json.Marshal(insertRequest{[]insertRow{{row.EventID, row}}})
	if err != nil {
		return err
	}
	for backoff := 100 * time.Millisecond; ; backoff *= 2 {
		retryable, err := t.attempt(ctx, body)
		if err == nil || !retryable {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(backoff):
		}
	}
}

// Makes one attempt. Returns whether a retry may succeed.
func (t *table) attempt(ctx context.Context, body []byte) (retryable bool, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, t.url, bytes.NewReader(body))
	if err != nil {
		return false, err
	}
	request.Header.Set("Content-Type", "application/json")
	if t.token != nil {
		token, err := t.token.get(ctx)
		if err != nil {
			return true, errors.New("no access token for BigQuery")
		}
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := t.client.Do(request)
	if err != nil {
		return true, errors.New("no response from BigQuery")
	}
	defer response.Body.Close()
	responseBody, err := io.ReadAll(response.Body)
	if err != nil {
		return true, errors.New("no response from BigQuery")
	}
	if response.StatusCode != http.StatusOK {
		retryable = response.StatusCode >= 500 || response.StatusCode == http.StatusTooManyRequests
		return retryable, fmt.Errorf("BigQuery responded %d", response.StatusCode)
	}
	var result struct {
		InsertErrors []json.RawMessage `json:"insertErrors"`
	}
	if json.Unmarshal(responseBody, &result) != nil {
		return true, errors.New("BigQuery's response is not valid JSON")
	}
	if len(result.InsertErrors) > 0 {
		return false, errors.New("BigQuery rejected the row")
	}
	return false, nil
}
