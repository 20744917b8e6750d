package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"sync"
	"time"
)

// Caches the access token of the service account until shortly before it expires.
type token struct {
	client *http.Client

	lock   sync.Mutex
	value  string
	expiry time.Time
}

func (t *token) get(ctx context.Context) (string, error) {
	t.lock.Lock()
	defer t.lock.Unlock()
	if time.Now().Before(t.expiry) {
		return t.value, nil
	}
	host := cmp.Or(os.Getenv("GCE_METADATA_HOST"), "metadata.google.internal")
	url := "http://" + host + "/computeMetadata/v1/instance/service-accounts/default/token"
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	request.Header.Set("Metadata-Flavor", "Google")
	response, err := t.client.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return "", fmt.Errorf("the metadata server responded %d", response.StatusCode)
	}
	var body struct {
		Token   string `json:"access_token"`
		Seconds int    `json:"expires_in"`
	}
	if err := json.NewDecoder(response.Body).Decode(&body); err != nil {
		return "", err
	}
	t.value = body.Token
	t.expiry = time.Now().Add(time.Duration(body.Seconds)*time.Second - 4*time.Minute)
	return t.value, nil
}
