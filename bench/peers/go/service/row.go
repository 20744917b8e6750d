package service

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// Columns are the table's columns for the event. The fields have the same order as in event, so Go can convert an event
// to columns.
type Columns struct {
	SpinnakerInstance *struct {
		ID               string `json:"id" bigquery:"id"`
		Version          string `json:"version,omitempty" bigquery:"version"`
		DeploymentMethod *struct {
			Type    string `json:"type,omitempty" bigquery:"type"`
			Version string `json:"version,omitempty" bigquery:"version"`
		} `json:"deployment_method,omitempty" bigquery:"deployment_method"`
		Environment       string `json:"environment,omitempty" bigquery:"environment"`
		DeployedArtifacts string `json:"deployed_artifacts,omitempty" bigquery:"deployed_artifacts"`
		PipelineCount     int32  `json:"pipeline_count,omitempty" bigquery:"pipeline_count"`
	} `json:"spinnaker_instance" bigquery:"spinnaker_instance"`
	Application *struct {
		ID            string `json:"id" bigquery:"id"`
		PipelineCount int32  `json:"pipeline_count,omitempty" bigquery:"pipeline_count"`
	} `json:"application" bigquery:"application"`
	Execution *struct {
		ID      string `json:"id,omitempty" bigquery:"id"`
		Type    string `json:"type,omitempty" bigquery:"type"`
		Trigger *struct {
			Type string `json:"type,omitempty" bigquery:"type"`
		} `json:"trigger,omitempty" bigquery:"trigger"`
		Stages []struct {
			Type          string `json:"type,omitempty" bigquery:"type"`
			Status        string `json:"status,omitempty" bigquery:"status"`
			CloudProvider *struct {
				ID      string `json:"id,omitempty" bigquery:"id"`
				Variant string `json:"variant,omitempty" bigquery:"variant"`
			} `json:"cloud_provider,omitempty" bigquery:"cloud_provider"`
		} `json:"stages,omitempty" bigquery:"stages"`
		Status string `json:"status,omitempty" bigquery:"status"`
	} `json:"execution,omitempty" bigquery:"execution"`
}

// Row is one row of the table.
type Row struct {
	EventID     string    `json:"event_id" bigquery:"event_id"`
	ReceivedAt  time.Time `json:"received_at" bigquery:"received_at"`
	ContentHash string    `json:"content_hash" bigquery:"content_hash"`
	Columns
}

func newRow(event *event, received time.Time) *Row {
	columns := Columns(*event)
	content, err := json.Marshal(columns)
	if err != nil {
		panic(err) // all columns have a JSON form
	}
	hash := sha256.Sum256(content)
	return &Row{
		EventID:     uuidV7(received),
		ReceivedAt:  received.UTC().Truncate(time.Microsecond), // BigQuery's precision
		ContentHash: hex.EncodeToString(hash[:]),
		Columns:     columns,
	}
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
