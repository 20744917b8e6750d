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
)

// The table demo.stats.events, say, by BigQuery's tabledata.insertAll.
type table struct {
	url    string
	client *http.Client
	token  *token // null when rows go over plain http, which is sent no credentials
}

func newTable(host, project string) *table {
	host = cmp.Or(host, "https://bigquery.googleapis.com")
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = transport.MaxIdleConns // or all but two are closed after each burst
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

// Stores a row, with another try as long as there is time and hope.
func (t *table) insert(ctx context.Context, row *row) error {
	body, err := json.Marshal(map[string]any{"rows": []any{row}})
	if err != nil {
		return err
	}
	for pause := 100 * time.Millisecond; ; pause *= 2 {
		passing, err := t.try(ctx, body)
		if err == nil || !passing {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
	}
}

// passing: whether another try may succeed.
func (t *table) try(ctx context.Context, body []byte) (passing bool, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, t.url, bytes.NewReader(body))
	if err != nil {
		return false, err
	}
	request.Header.Set("Content-Type", "application/json")
	if t.token != nil {
		token, err := t.token.get(ctx)
		if err != nil {
			return true, errors.New("no token for BigQuery")
		}
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := t.client.Do(request)
	if err != nil {
		return true, errors.New("no answer from BigQuery")
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return true, errors.New("no answer from BigQuery")
	}
	if response.StatusCode != http.StatusOK {
		passing = response.StatusCode >= 500 || response.StatusCode == http.StatusTooManyRequests
		return passing, fmt.Errorf("BigQuery answered %d", response.StatusCode)
	}
	var refused struct {
		InsertErrors []json.RawMessage `json:"insertErrors"`
	}
	if json.Unmarshal(answer, &refused) != nil {
		return true, errors.New("BigQuery's answer could not be read")
	}
	if len(refused.InsertErrors) > 0 {
		return false, errors.New("BigQuery refused the row")
	}
	return false, nil
}
