# A new deployment beside data that an earlier one has kept. Mocks cannot import: without its override, an
# import fails.

mock_provider "google" {}
mock_provider "google" { alias = "budget" }
mock_provider "google-beta" {}

variables {
  adopt_data = true
}

run "imports_what_holds_data" {
  override_resource {
    target = google_bigquery_dataset.stats
  }
  override_resource {
    target = google_bigquery_table.events
  }
  override_resource {
    target = google_bigquery_table.rollups
  }
  override_resource {
    target = google_bigquery_table.chart_tables
  }
  override_resource {
    target = google_bigquery_table.publication
  }
  override_resource {
    target = google_pubsub_topic.dead_letters
  }
  override_resource {
    target = google_pubsub_topic.parking
  }
  override_resource {
    target = google_pubsub_subscription.parking
  }
  override_resource {
    target = google_storage_bucket.public
  }
  assert {
    condition = terraform_data.keep_data.output && toset(flatten(regexall("\n  to +=\\s(\\w+\\.\\w+)", file("keep_data.tf")))) == toset(flatten([
      for name in fileset(".", "*.tf") : [
        for resource in split("\nresource ", file(name)) : join(".", regex("^\"(\\w+)\" \"(\\w+)\"", resource))
        if can(regex("\n  \\w+ += (var.keep_data|!var.keep_data|local.deletion_policy)\n", resource)) && startswith(resource, "\"google_")
      ]
    ]))
    error_message = "adopt_data must import each resource that keep_data protects."
  }
}

run "permits_destroy_without_keep_data" {
  variables {
    keep_data = false
  }
}
