# The effect of each variable, and the values that its validation rejects.

mock_provider "google" {}
mock_provider "google" { alias = "budget" }
mock_provider "google-beta" {}

run "raw_data_readers_read_only_the_view" {
  variables {
    raw_data_readers = ["group:research@example.org"]
  }
  assert {
    condition = (
      jsondecode(google_bigquery_table_iam_policy.raw_data_readers.policy_data).bindings == [
        { role = "roles/bigquery.dataViewer", members = ["group:research@example.org"] }
      ]
      && google_bigquery_table_iam_policy.raw_data_readers.table_id == google_bigquery_table.shared_events.table_id
      && google_bigquery_table_iam_policy.raw_data_readers.dataset_id == "stats_shared"
      && output.raw_data_view == "spinnaker-usage.stats_shared.events"
    )
    error_message = "raw_data_readers must be able to read the view and nothing else."
  }
  assert {
    condition     = alltrue([for table in google_bigquery_table_iam_policy.tables : !strcontains(table.policy_data, "research@example.org")])
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

run "public_data_shares_chart_data" {
  variables {
    public_data = true
  }
  assert {
    condition = [for access in google_bigquery_dataset.public.access : "${access.role} ${access.special_group}"] == [
      "OWNER projectOwners", "READER allAuthenticatedUsers",
    ]
    error_message = "With public_data, anyone with a Google account must be able to read the public dataset."
  }
}

run "public_bucket_lets_anyone_read_the_files" {
  variables {
    public_bucket = true
    alert_email   = "stats@example.org"
  }
  assert {
    condition = (
      google_storage_bucket_iam_binding.public["objectViewer"].members == toset(["allUsers", "serviceAccount:${google_service_account.service.email}"])
      && google_storage_bucket.public.public_access_prevention == "inherited"
    )
    error_message = "With public_bucket, anyone must be able to read the public files."
  }
  assert {
    condition     = strcontains(google_monitoring_alert_policy.alerts["high-egress"].conditions[0].condition_prometheus_query_language[0].query, "bucket_name=\"spinnaker-usage-stats-public\"}[1h])) > 1073741824")
    error_message = "An alert must watch the bytes that leave a public bucket."
  }
  assert {
    condition     = output.cost.max_flood_per_month == "no limit: anyone can download from the public bucket, at 0.12 dollars per GiB"
    error_message = "With a public bucket, the output cost must not state a maximum."
  }
}

run "removes_editor_of_default_account" {
  variables {
    remove_default_editor = true
  }
  assert {
    condition = (
      google_project_iam_member_remove.default_editor[0].role == "roles/editor"
      && google_project_iam_member_remove.default_editor[0].member == "serviceAccount:${google_storage_bucket.packages.project_number}-compute@developer.gserviceaccount.com"
      && google_project_iam_member_remove.default_editor[0].project == "spinnaker-usage"
    )
    error_message = "remove_default_editor must remove the role Editor of the default compute account, and nothing else."
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
  assert {
    condition = (
      google_monitoring_uptime_check_config.page.monitored_resource[0].labels.host == "stats.example.org"
      && google_cloud_scheduler_job.synthetic_event.http_target[0].uri == "https://stats.example.org/log"
    )
    error_message = "The uptime check and the synthetic event must use the domain."
  }
}

run "rejects_url_as_domain" {
  command = plan
  variables {
    domain = "https://stats.example.org"
  }
  expect_failures = [var.domain]
}

run "accepts_domain_of_64_characters" {
  command = plan
  variables {
    domain = "${join("", [for i in range(52) : "a"])}.example.org"
    region = "europe-west1"
  }
  assert {
    condition     = length(var.domain) == 64
    error_message = "This test must use a host name of 64 characters."
  }
}

run "rejects_domain_of_65_characters" {
  command = plan
  variables {
    domain = "${join("", [for i in range(53) : "a"])}.example.org"
  }
  expect_failures = [var.domain]
}

run "rejects_domain_in_region_without_domain_mappings" {
  command = plan
  variables {
    domain = "stats.example.org"
    region = "europe-west3"
  }
  expect_failures = [var.domain]
}

run "runs_on_base_image_of_its_region" {
  command = plan
  variables {
    region = "europe-west3"
  }
  assert {
    condition     = startswith(google_cloud_run_v2_service.stats.template[0].containers[0].base_image_uri, "europe-west3-docker.pkg.dev/")
    error_message = "The base image must be in the region of the service."
  }
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
      && google_cloudfunctions2_function.functions["publish"].service_config[0].environment_variables.STATS_CHARTS_RETENTION_DAYS == "30"
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
      "certificate-expires", "high-request-rate", "no-client-events", "no-events-stored", "old-dead-letters", "parked-rows",
      "publication-held", "responses-5xx", "stale-charts", "unknown-enum-values", "unreachable",
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
      for name in concat(keys(google_monitoring_alert_policy.alerts), keys(local.bucket_alerts)) : strcontains(file("runbook.md"), "\n## ${name}\n")
    ])
    error_message = "runbook.md must have a section for each alert."
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

# The last run: the destroy that follows must be permitted.
run "keep_data_false_removes_protection" {
  variables {
    keep_data = false
  }
  assert {
    condition = (
      !google_bigquery_table.events.deletion_protection && google_bigquery_dataset.stats.delete_contents_on_destroy
      && alltrue([for table in google_bigquery_table.rollups : !table.deletion_protection])
      && alltrue([for table in google_bigquery_table.publication : !table.deletion_protection])
      && google_pubsub_topic.dead_letters.deletion_policy == "DELETE" && google_storage_bucket.public.deletion_policy == "DELETE"
    )
    error_message = "With keep_data = false, nothing may be protected."
  }
}
