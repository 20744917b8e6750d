# The effect of each variable, and the values that its validation rejects.

mock_provider "google" {}

mock_provider "google" {
  alias = "budget"
}

mock_provider "google-beta" {}

variables {
  project_id = "spinnaker-usage"
  packages   = "tests/packages"
}

run "raw_data_readers_read_only_the_view" {
  variables {
    raw_data_readers = ["group:research@example.org"]
  }
  assert {
    condition = (
      google_bigquery_table_iam_binding.raw_data_readers[0].members == toset(["group:research@example.org"])
      && google_bigquery_table_iam_binding.raw_data_readers[0].role == "roles/bigquery.dataViewer"
      && google_bigquery_table_iam_binding.raw_data_readers[0].table_id == google_bigquery_table.shared_events.table_id
      && google_bigquery_table_iam_binding.raw_data_readers[0].dataset_id == "stats_shared"
      && output.raw_data_view == "spinnaker-usage.stats_shared.events"
    )
    error_message = "raw_data_readers must be able to read the view and nothing else."
  }
  assert {
    condition = alltrue([
      for binding in concat(
        [google_bigquery_table_iam_binding.event_readers, google_bigquery_table_iam_binding.excluded_readers],
        values(google_bigquery_table_iam_binding.row_editors),
      ) : !contains(binding.members, "group:research@example.org")
    ])
    error_message = "raw_data_readers must not be able to read events, salts or roll-ups."
  }
  assert {
    condition = toset(regexall("`[^`]+`", google_bigquery_table.shared_events.view[0].query)) == toset([
      "`spinnaker-usage.stats.events`", "`spinnaker-usage.stats.salts`",
    ])
    error_message = "The view must read the events and the salts."
  }
  assert {
    condition = alltrue([
      for name in ["'deploy'", "'Aws.LambdaInvokeStage'", "'KUBERNETES_OPERATOR'", "'ENVIRONMENT_UNKNOWN'", "'DOCKER_CONTAINERS'", "'ORCHESTRATION'", "'PUBSUB'", "'FAILED_CONTINUE'", "'CLOUDFOUNDRY'"] :
      strcontains(google_bigquery_table.shared_events.view[0].query, name)
      && strcontains(google_bigquery_table.unlisted_names.view[0].query, name)
    ])
    error_message = "The views must contain the names of the lists."
  }
  assert {
    condition = alltrue([
      for names in values(local.allow_lists) : can(regex("^'[A-Za-z0-9_.]+'(, '[A-Za-z0-9_.]+')*$", names))
    ])
    error_message = "A listed name has a character that SQL would have to escape."
  }
}

run "public_data_can_be_disabled" {
  variables {
    public_data = false
  }
  assert {
    condition     = [for access in google_bigquery_dataset.public.access : access.special_group] == ["projectOwners"]
    error_message = "Without public_data, only project owners may read the public dataset."
  }
}

run "rejects_public_raw_data_readers" {
  command = plan
  variables {
    raw_data_readers = ["allUsers"]
  }
  expect_failures = [var.raw_data_readers]
}

run "deploys_container_image" {
  variables {
    image = "europe-docker.pkg.dev/somebody/stats/service@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  }
  assert {
    condition = (
      google_cloud_run_v2_service.stats.template[0].containers[0].image == var.image
      && google_cloud_run_v2_service.stats.template[0].containers[0].base_image_uri == null
      && length(google_cloud_run_v2_service.stats.template[0].containers[0].source_code) == 0
      && length(google_storage_bucket_object.executable) == 0
    )
    error_message = "With image, the image must be deployed and no executable uploaded."
  }
}

run "rejects_image_without_digest" {
  command = plan
  variables {
    image = "europe-docker.pkg.dev/somebody/stats/service:latest"
  }
  expect_failures = [var.image]
}

run "rejects_missing_packages" {
  command = plan
  variables {
    packages = "tests/no-such-folder"
  }
  expect_failures = [google_storage_bucket_object.executable, google_storage_bucket_object.functions]
}

run "maps_domain" {
  variables {
    domain = "stats.example.org"
  }
  assert {
    condition = (
      google_cloud_run_domain_mapping.stats[0].name == "stats.example.org"
      && google_cloud_run_domain_mapping.stats[0].spec[0].route_name == google_cloud_run_v2_service.stats.name
    )
    error_message = "The domain must be mapped to the service."
  }
  assert {
    condition     = output.page_url == "https://stats.example.org"
    error_message = "The output page_url must use the domain."
  }
}

run "rejects_url_as_domain" {
  command = plan
  variables {
    domain = "https://stats.example.org"
  }
  expect_failures = [var.domain]
}

run "applies_max_instances_and_retention" {
  variables {
    max_instances  = 4
    retention_days = 30
  }
  assert {
    condition     = google_cloud_run_v2_service.stats.template[0].scaling[0].max_instance_count == 4
    error_message = "max_instances must override function.yaml."
  }
  assert {
    condition     = google_bigquery_table.events.time_partitioning[0].expiration_ms == 30 * 86400000
    error_message = "Events must expire after retention_days."
  }
  assert {
    condition = (
      alltrue([for table in google_bigquery_table.rollups : table.time_partitioning[0].expiration_ms == 30 * 86400000])
      && google_cloudfunctions2_function.publish.service_config[0].environment_variables.STATS_CHARTS_RETENTION_DAYS == "30"
    )
    error_message = "Roll-ups must expire after retention_days, and the function publish must be given that value."
  }
}

run "rejects_max_instances_above_limit" {
  command = plan
  variables {
    max_instances = 1000
  }
  expect_failures = [var.max_instances]
}

run "creates_alerts_and_budget" {
  variables {
    alert_email     = "stats@example.org"
    billing_account = "012345-6789AB-CDEF01"
    monthly_budget  = 20
  }
  assert {
    condition = toset(keys(google_monitoring_alert_policy.alerts)) == toset([
      "high-request-rate", "no-events-stored", "old-dead-letters", "parked-rows", "publication-held", "responses-5xx", "stale-charts", "unknown-enum-values",
    ])
    error_message = "There must be an alert for each of these conditions."
  }
  assert {
    condition = alltrue([
      for alert in google_monitoring_alert_policy.alerts :
      alert.notification_channels == tolist([google_monitoring_notification_channel.email[0].name])
    ])
    error_message = "Each alert must notify alert_email."
  }
  assert {
    condition = alltrue([
      for name in keys(google_monitoring_alert_policy.alerts) : strcontains(file("README.md"), "### ${name}\n")
    ])
    error_message = "README.md must have a runbook section for each alert."
  }
  assert {
    condition = (
      google_billing_budget.monthly[0].amount[0].specified_amount[0].units == "20"
      && [for rule in google_billing_budget.monthly[0].threshold_rules : rule.threshold_percent] == [0.5, 0.9, 1]
      && contains(keys(google_project_service.apis), "billingbudgets.googleapis.com")
    )
    error_message = "The budget must notify at 50, 90 and 100 %, and its API must be enabled."
  }
}

run "rejects_billing_account_without_budget" {
  command = plan
  variables {
    billing_account = "012345-6789AB-CDEF01"
  }
  expect_failures = [var.billing_account]
}

run "creates_legacy_view" {
  variables {
    legacy_table = "spinnaker-old.logs.stats_log_*"
  }
  assert {
    condition = (
      strcontains(google_bigquery_table.events_as_logged[0].view[0].query, "FROM `spinnaker-old.logs.stats_log_*`")
      && strcontains(google_bigquery_table.events_as_logged[0].view[0].query, "FROM `spinnaker-usage.stats.distinct_events`")
      && google_bigquery_table.events_as_logged[0].dataset_id == "stats"
    )
    error_message = "The view events_as_logged must read old and new events, and be private."
  }
}

run "rejects_legacy_table_with_backticks" {
  command = plan
  variables {
    legacy_table = "a` UNION ALL SELECT * FROM `b"
  }
  expect_failures = [var.legacy_table]
}

run "keep_data_false_removes_protection" {
  variables {
    keep_data = false
  }
  assert {
    condition = (
      !google_bigquery_table.events.deletion_protection && google_bigquery_dataset.stats.delete_contents_on_destroy
      && alltrue([for table in google_bigquery_table.rollups : !table.deletion_protection])
      && alltrue([for table in google_bigquery_table.publication : !table.deletion_protection])
    )
    error_message = "With keep_data = false, the tables and the dataset must not be protected."
  }
}
