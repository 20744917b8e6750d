# Creates every resource at least once. .ci/check-terraform reads the plans of this test, and expects the destroy at the end to be
# refused, so this test fails.

mock_provider "google" {}
mock_provider "google" { alias = "budget" }
mock_provider "google-beta" {}

variables {
  alert_email      = "stats@example.org"
  billing_account  = "012345-6789AB-CDEF01"
  domain           = "stats.example.org"
  legacy_table     = "spinnaker-old.logs.stats_log_*"
  monthly_budget   = 20
  public_bucket    = true
  raw_data_readers = ["group:research@example.org"]

  remove_default_editor = true
}

run "creates_everything" {
}

run "plans_nothing_once_applied" {
  command = plan
}

run "plans_nothing_once_adopted" {
  command = plan
  variables {
    adopt_data = true
  }
}

run "refuses_another_dataset_location" {
  command = plan
  variables {
    dataset_location = "EU"
  }
}

run "refuses_another_region" {
  command = plan
  variables {
    region = "europe-west1"
  }
}
