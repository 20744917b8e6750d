package main

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// The table's columns for the event. The fields have the same order as in event, so Go can convert an event to columns.
type columns struct {
	SpinnakerInstance *struct {
		ID               string `json:"id"`
		Version          string `json:"version,omitempty"`
		DeploymentMethod *struct {
			Type    string `json:"type,omitempty"`
			Version string `json:"version,omitempty"`
		} `json:"deployment_method,omitempty"`
		Environment       string `json:"environment,omitempty"`
		DeployedArtifacts string `json:"deployed_artifacts,omitempty"`
		PipelineCount     int32  `json:"pipeline_count,omitempty"`
	} `json:"spinnaker_instance"`
	Application *struct {
		ID            string `json:"id"`
		PipelineCount int32  `json:"pipeline_count,omitempty"`
	} `json:"application"`
	Execution *struct {
		ID      string `json:"id,omitempty"`
		Type    string `json:"type,omitempty"`
		Trigger *struct {
			Type string `json:"type,omitempty"`
		} `json:"trigger,omitempty"`
		Stages []struct {
			Type          string `json:"type,omitempty"`
			Status        string `json:"status,omitempty"`
			CloudProvider *struct {
				ID      string `json:"id,omitempty"`
				Variant string `json:"variant,omitempty"`
			} `json:"cloud_provider,omitempty"`
		} `json:"stages,omitempty"`
		Status string `json:"status,omitempty"`
	} `json:"execution,omitempty"`
}

type row struct {
	InsertID string `json:"insertId"`
	JSON     struct {
		EventID     string `json:"event_id"`
		ReceivedAt  string `json:"received_at"`
		ContentHash string `json:"content_hash"`
		columns
	} `json:"json"`
}

func newRow(event *event, received time.Time) *row {
	var row row
	row.InsertID = uuidV7(received)
	row.JSON.EventID = row.InsertID
	row.JSON.ReceivedAt = received.UTC().Format("2006-01-02T15:04:05.000000Z")
	row.JSON.columns = columns(*event)
	content, err := json.Marshal(row.JSON.columns)
	if err != nil {
		panic(err) // all columns have a JSON form
	}
	hash := sha256.Sum256(content)
	row.JSON.ContentHash = hex.EncodeToString(hash[:])
	return &row
}

// Returns a UUID version 7 (RFC 9562): ids sort by time, because they start with milliseconds. The rest is random.
func uuidV7(time time.Time) string {
	var id [16]byte
	rand.Read(id[:]) // never fails
	var millis [8]byte
	binary.BigEndian.PutUint64(millis[:], uint64(time.UnixMilli()))
	copy(id[:6], millis[2:])
	id[6] = id[6]&0x0f | 0x70
	id[8] = id[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}
