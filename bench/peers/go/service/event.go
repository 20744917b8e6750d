package service

// The event that Spinnaker sends: kork's Event message as proto3 JSON. Null means absent.
type event struct {
	SpinnakerInstance *struct {
		ID               string `json:"id"`
		Version          string `json:"version"`
		DeploymentMethod *struct {
			Type    string `json:"type"`
			Version string `json:"version"`
		} `json:"deploymentMethod"`
		Environment       string `json:"environment"`
		DeployedArtifacts string `json:"deployedArtifacts"`
		PipelineCount     int32  `json:"pipelineCount"`
	} `json:"spinnakerInstance"`
	Application *struct {
		ID            string `json:"id"`
		PipelineCount int32  `json:"pipelineCount"`
	} `json:"application"`
	Execution *struct {
		ID      string `json:"id"`
		Type    string `json:"type"`
		Trigger *struct {
			Type string `json:"type"`
		} `json:"trigger"`
		Stages []struct {
			Type          string `json:"type"`
			Status        string `json:"status"`
			CloudProvider *struct {
				ID      string `json:"id"`
				Variant string `json:"variant"`
			} `json:"cloudProvider"`
		} `json:"stages"`
		Status string `json:"status"`
	} `json:"execution"`
}

// Returns the rule that the event violates, or an empty string if it is valid.
func (e *event) violation() string {
	switch {
	case e.SpinnakerInstance == nil || !isSHA256(e.SpinnakerInstance.ID):
		return "spinnakerInstance.id must be a SHA-256: 64 lower-case hex digits"
	case e.Application == nil || !isSHA256(e.Application.ID):
		return "application.id must be a SHA-256: 64 lower-case hex digits"
	case e.Execution != nil && e.Execution.ID != "" && !isSHA256(e.Execution.ID):
		return "execution.id must be a SHA-256: 64 lower-case hex digits"
	}
	return ""
}

func isSHA256(id string) bool {
	if len(id) != 64 {
		return false
	}
	for _, digit := range []byte(id) {
		if (digit < '0' || digit > '9') && (digit < 'a' || digit > 'f') {
			return false
		}
	}
	return true
}
