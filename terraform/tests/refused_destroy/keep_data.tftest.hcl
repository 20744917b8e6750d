# Creates every resource at least once. The destroy at the end must be refused: .ci/check-terraform expects this test to fail.

mock_provider "google" {}

mock_provider "google" {
  alias = "budget"
}

mock_provider "google-beta" {}

variables {
  project_id              = "spinnaker-usage"
  packages                = "tests/packages"
  permission_wait_seconds = 0
  alert_email             = "stats@example.org"
  billing_account         = "012345-6789AB-CDEF01"
  domain                  = "stats.example.org"
  legacy_table            = "spinnaker-old.logs.stats_log_*"
  monthly_budget          = 20
  public_bucket           = true
  raw_data_readers        = ["group:research@example.org"]
}

run "creates_everything" {
}
