# The configuration with default values: only the project is set.

mock_provider "google" {}

mock_provider "google" {
  alias = "budget"
}

mock_provider "google-beta" {}

variables {
  project_id = "spinnaker-usage"
  packages   = "tests/packages"
}

run "only_the_publish_function_reads_raw_data" {
  assert {
    condition     = length(google_bigquery_table_iam_binding.raw_data_readers) == 0
    error_message = "By default, there must be no readers of raw data."
  }
  assert {
    condition = [
      for access in setunion(google_bigquery_dataset.stats.access, google_bigquery_dataset.shared.access) :
      "${access.role} ${access.special_group}"
    ] == ["OWNER projectOwners"]
    error_message = "Only project owners may have access to the datasets stats and stats_shared."
  }
  assert {
    condition     = google_bigquery_table_iam_binding.event_readers.members == toset(["serviceAccount:${google_service_account.publish.email}"])
    error_message = "Only the function publish may read the events table."
  }
  assert {
    condition = (
      google_bigquery_dataset_access.shared_events.dataset_id == "stats"
      && google_bigquery_dataset_access.shared_events.role == null
      && google_bigquery_dataset_access.shared_events.view[0].dataset_id == "stats_shared"
      && google_bigquery_dataset_access.shared_events.view[0].table_id == google_bigquery_table.shared_events.table_id
    )
    error_message = "The dataset stats must authorize the view stats_shared.events, and only to read."
  }
  assert {
    condition = google_bigquery_table.shared_events.dataset_id == google_bigquery_dataset.shared.dataset_id && toset(flatten([
      for name in fileset(".", "*.tf") :
      regexall("resource \"google_bigquery_table\" \"(\\w+)\" {[^{}]*google_bigquery_dataset\\.shared\\.dataset_id", file(name))
    ])) == toset(["shared_events"])
    error_message = "The shared dataset must contain only the view for raw_data_readers."
  }
  assert {
    condition = alltrue([
      for view in [google_bigquery_table.distinct_events, google_bigquery_table.unlisted_names] : view.dataset_id == "stats"
    ])
    error_message = "Views with ids, times or free text must be private."
  }
  assert {
    condition = (
      google_bigquery_table_iam_binding.row_editors["salts"].table_id == google_bigquery_table.publication["salts"].table_id
      && google_bigquery_table_iam_binding.row_editors["salts"].members == toset(["serviceAccount:${google_service_account.publish.email}"])
      && google_bigquery_table_iam_binding.excluded_readers.table_id == google_bigquery_table.publication["excluded"].table_id
      && google_bigquery_table_iam_binding.excluded_readers.role == "roles/bigquery.dataViewer"
      && google_bigquery_table_iam_binding.excluded_readers.members == toset(["serviceAccount:${google_service_account.publish.email}"])
    )
    error_message = "Only the function publish may read the tables salts and excluded, and write salts."
  }
  assert {
    condition     = google_project_iam_custom_role.row_inserter.permissions == toset(["bigquery.tables.updateData"])
    error_message = "The role row_inserter must permit inserting rows and nothing else."
  }
  assert {
    condition = google_bigquery_table_iam_binding.row_inserters.members == toset([
      "serviceAccount:${google_service_account.service.email}",
      "serviceAccount:${google_service_account.redrive.email}",
    ])
    error_message = "Only the service and the function redrive may insert events."
  }
  assert {
    condition     = google_pubsub_topic_iam_binding.dead_letter_publisher.members == toset(["serviceAccount:${google_service_account.service.email}"])
    error_message = "Only the service may publish dead letters."
  }
  assert {
    condition     = google_pubsub_topic_iam_binding.parking_publisher.members == toset(["serviceAccount:${google_service_account.redrive.email}"])
    error_message = "Only the function redrive may publish to the parking topic."
  }
}

run "publishes_only_charts" {
  assert {
    condition = (
      google_storage_bucket_iam_binding.public_readers.members == toset(["allUsers"])
      && google_storage_bucket_iam_binding.public_readers.role == "roles/storage.objectViewer"
      && google_storage_bucket_iam_binding.public_readers.bucket == google_storage_bucket.public.name
      && google_storage_bucket.public.public_access_prevention == "inherited"
    )
    error_message = "Anyone must be able to read the public bucket."
  }
  assert {
    condition     = google_storage_bucket.public.cors[0].origin == tolist(["*"]) && google_storage_bucket.public.cors[0].method == tolist(["GET", "HEAD"])
    error_message = "Other web pages must be able to fetch the public files."
  }
  assert {
    condition = (
      google_storage_bucket_iam_binding.public_writers.members == toset(["serviceAccount:${google_service_account.publish.email}"])
      && alltrue([for table in google_bigquery_table_iam_binding.row_editors : table.members == toset(["serviceAccount:${google_service_account.publish.email}"])])
    )
    error_message = "Only the function publish may write the public bucket, the roll-ups, the chart tables and the salts."
  }
  assert {
    condition = toset(keys(google_bigquery_table_iam_binding.row_editors)) == toset([
      "chart_points", "daily_applications", "daily_executions", "daily_instances", "daily_stages", "drawn_periods", "rollup_state", "salts",
    ])
    error_message = "The function publish must be able to write every roll-up and chart table and the salts, and not the exclusions."
  }
  assert {
    condition = [for access in google_bigquery_dataset.public.access : "${access.role} ${access.special_group}"] == [
      "OWNER projectOwners", "READER allAuthenticatedUsers",
    ]
    error_message = "Anyone with a Google account must be able to read the public dataset by default."
  }
  assert {
    condition = google_bigquery_dataset_access.charts.dataset_id == google_bigquery_dataset_access.shared_events.dataset_id && toset(flatten([
      for name in fileset(".", "*.tf") : regexall("resource \"google_bigquery_dataset_access\" \"(\\w+)\"", file(name))
    ])) == toset(["charts", "shared_events"])
    error_message = "The dataset stats must authorize no views but stats_public.charts and stats_shared.events."
  }
  assert {
    condition = (
      google_bigquery_dataset_access.charts.dataset_id == "stats"
      && google_bigquery_dataset_access.charts.role == null
      && google_bigquery_dataset_access.charts.view[0].dataset_id == "stats_public"
      && google_bigquery_dataset_access.charts.view[0].table_id == google_bigquery_table.charts.table_id
    )
    error_message = "The dataset stats must authorize the view stats_public.charts, and only to read."
  }
  assert {
    condition     = toset(regexall("`[^`]+`", google_bigquery_table.charts.view[0].query)) == toset(["`spinnaker-usage.stats.chart_points`", "`spinnaker-usage.stats.drawn_periods`"])
    error_message = "The public view must read the chart tables and nothing else."
  }
  assert {
    condition = google_storage_bucket.public.uniform_bucket_level_access && alltrue([
      for name in fileset(".", "*.tf") :
      length(regexall("\"(allUsers|allAuthenticatedUsers|google_service_account_key)\"", file(name))) == (name == "publish.tf" ? 2 : 0)
    ])
    error_message = "No other resource may be public, and there must be no service account keys."
  }
}

run "runs_each_component_as_its_own_account" {
  assert {
    condition = (
      google_cloud_run_v2_service.stats.template[0].service_account == google_service_account.service.email
      && google_cloudfunctions2_function.redrive.service_config[0].service_account_email == google_service_account.redrive.email
      && google_cloudfunctions2_function.redrive.event_trigger[0].service_account_email == google_service_account.trigger.email
      && google_cloudfunctions2_function.redrive.build_config[0].service_account == google_service_account.build.id
      && google_cloudfunctions2_function.publish.service_config[0].service_account_email == google_service_account.publish.email
      && google_cloudfunctions2_function.publish.event_trigger[0].service_account_email == google_service_account.trigger.email
      && google_cloudfunctions2_function.publish.build_config[0].service_account == google_service_account.build.id
    )
    error_message = "Each component must run as its own service account, not as the default compute account."
  }
  assert {
    condition = length(distinct([
      google_service_account.service.account_id, google_service_account.redrive.account_id,
      google_service_account.trigger.account_id, google_service_account.build.account_id,
      google_service_account.publish.account_id,
    ])) == 5
    error_message = "No two components may share a service account."
  }
  assert {
    condition = setunion(
      [google_project_iam_member.trigger_event_receiver.role, google_project_iam_member.publish_job_user.role],
      [for grant in google_project_iam_member.build_roles : grant.role],
    ) == toset(["roles/bigquery.jobUser", "roles/eventarc.eventReceiver", "roles/logging.logWriter", "roles/storage.objectViewer"])
    error_message = "No other role may be granted on the whole project."
  }
}

run "exposes_only_the_service" {
  assert {
    condition     = google_cloud_run_v2_service.stats.invoker_iam_disabled && google_cloud_run_v2_service.stats.ingress == "INGRESS_TRAFFIC_ALL"
    error_message = "Anyone must be able to call the service."
  }
  assert {
    condition = alltrue([
      for callers in [google_cloud_run_v2_service_iam_binding.redrive_invokers, google_cloud_run_v2_service_iam_binding.publish_invokers] :
      callers.members == toset(["serviceAccount:${google_service_account.trigger.email}"])
    ])
    error_message = "Only the trigger account may call the functions."
  }
  assert {
    condition = (
      google_cloud_run_v2_service_iam_binding.redrive_invokers.name == google_cloudfunctions2_function.redrive.name
      && google_cloud_run_v2_service_iam_binding.publish_invokers.name == google_cloudfunctions2_function.publish.name
    )
    error_message = "Each invoker binding must belong to its function."
  }
  assert {
    condition = alltrue([
      for function in [google_cloudfunctions2_function.redrive, google_cloudfunctions2_function.publish] :
      function.service_config[0].ingress_settings == "ALLOW_INTERNAL_ONLY"
    ])
    error_message = "The functions must not be reachable from the internet."
  }
  assert {
    condition     = google_storage_bucket.packages.public_access_prevention == "enforced" && google_storage_bucket.packages.uniform_bucket_level_access
    error_message = "The bucket for packages must not be public."
  }
}

run "limits_scaling_and_cost" {
  assert {
    condition = (
      google_cloud_run_v2_service.stats.template[0].scaling[0].min_instance_count == 0
      && google_cloud_run_v2_service.stats.template[0].containers[0].resources[0].cpu_idle
      && google_cloudfunctions2_function.redrive.service_config[0].min_instance_count == 0
      && google_cloudfunctions2_function.publish.service_config[0].min_instance_count == 0
    )
    error_message = "The service and the functions must scale to zero."
  }
  assert {
    condition = (
      google_cloud_run_v2_service.stats.template[0].scaling[0].max_instance_count == 2
      && google_cloudfunctions2_function.redrive.service_config[0].max_instance_count == 2
      && google_cloudfunctions2_function.publish.service_config[0].max_instance_count == 1
    )
    error_message = "The maximum numbers of instances must be 2 (service), 2 (redrive) and 1 (publish)."
  }
  assert {
    condition = alltrue([
      for name, dollars in output.cost : strcontains(file("README.md"), "\n| `${name}` | ${dollars} |")
    ])
    error_message = "README.md does not state the current cost of the defaults; expected ${jsonencode(output.cost)}"
  }
  assert {
    condition     = length(google_billing_budget.monthly) == 0 && length(google_monitoring_alert_policy.alerts) == 0
    error_message = "By default, there must be no budget and no alerts."
  }
  assert {
    condition     = anytrue([for policy in google_artifact_registry_repository.functions.cleanup_policies : policy.action == "DELETE"])
    error_message = "Old container images must be deleted."
  }
}

run "retains_data" {
  assert {
    condition     = google_bigquery_table.events.time_partitioning[0].expiration_ms == 730 * 86400000
    error_message = "Events must expire after 730 days."
  }
  assert {
    condition     = google_bigquery_table.events.time_partitioning[0].field == "received_at" && google_bigquery_table.events.time_partitioning[0].type == "DAY"
    error_message = "The events table must be partitioned by the day of received_at."
  }
  assert {
    condition = alltrue([
      for name in google_bigquery_table.events.clustering :
      anytrue([for column in jsondecode(google_bigquery_table.events.schema) : column.name == name && column.type != "RECORD"])
    ])
    error_message = "BigQuery clusters by top-level columns only, and not by records."
  }
  assert {
    condition     = google_bigquery_table.events.schema == file("../src/main/resources/storage/events.schema.json")
    error_message = "The events table must have the schema that the service writes."
  }
  assert {
    condition     = google_bigquery_table.events.deletion_protection && !google_bigquery_dataset.stats.delete_contents_on_destroy
    error_message = "The events must be protected against a destroy."
  }
  assert {
    condition = alltrue([
      for kept in [google_pubsub_topic.dead_letters.message_retention_duration, google_pubsub_topic.parking.message_retention_duration, google_pubsub_subscription.parking.message_retention_duration] :
      kept == "2678400s"
    ])
    error_message = "Messages must be kept for 31 days, the maximum of Pub/Sub."
  }
  assert {
    condition     = google_pubsub_subscription.parking.expiration_policy[0].ttl == ""
    error_message = "The parking subscription must not expire."
  }
  assert {
    condition     = google_cloudfunctions2_function.redrive.event_trigger[0].retry_policy == "RETRY_POLICY_RETRY"
    error_message = "The delivery of dead letters must be retried."
  }
  assert {
    condition = length(google_bigquery_table.rollups) > 0 && alltrue([
      for table in google_bigquery_table.rollups :
      table.dataset_id == "stats" && table.deletion_protection
      && table.time_partitioning[0].field == "day" && table.time_partitioning[0].expiration_ms == 730 * 86400000
    ])
    error_message = "Roll-ups must be protected and expire after as many days as events."
  }
  assert {
    condition     = length(google_storage_bucket.public.lifecycle_rule) == 0 && length(google_storage_bucket.public.versioning) == 0
    error_message = "There must be one copy of each public file, which is never deleted."
  }
  assert {
    condition = toset(keys(google_bigquery_table.publication)) == toset(["excluded", "salts"]) && alltrue([
      for table in merge(google_bigquery_table.chart_tables, google_bigquery_table.publication) :
      table.dataset_id == "stats" && table.deletion_protection && length(table.time_partitioning) == 0
    ])
    error_message = "Chart tables, salts and exclusions must be protected and never expire."
  }
}

run "runs_publish_daily" {
  assert {
    condition = (
      google_cloud_scheduler_job.publish.schedule == "17 3 * * *"
      && google_cloud_scheduler_job.publish.time_zone == "Etc/UTC"
      && google_cloud_scheduler_job.publish.pubsub_target[0].topic_name == google_pubsub_topic.publish.id
      && google_cloudfunctions2_function.publish.event_trigger[0].pubsub_topic == google_pubsub_topic.publish.id
      && google_cloudfunctions2_function.publish.event_trigger[0].retry_policy == "RETRY_POLICY_RETRY"
    )
    error_message = "The function publish must run once per day after midnight UTC, with retries."
  }
  assert {
    condition = google_cloudfunctions2_function.publish.service_config[0].environment_variables == tomap({
      QUARKUS_FUNQY_EXPORT           = "publish"
      STATS_STORAGE_BIGQUERY_PROJECT = var.project_id
      STATS_STORAGE_BIGQUERY_DATASET = google_bigquery_dataset.stats.dataset_id
      STATS_STORAGE_BIGQUERY_TABLE   = google_bigquery_table.events.table_id
      STATS_PUBLISH_BUCKET           = google_storage_bucket.public.name
      STATS_CHARTS_RETENTION_DAYS    = "730"
    })
    error_message = "The function publish must be given its tables, its bucket and the retention of events."
  }
  assert {
    condition     = output.data_url == "https://storage.googleapis.com/spinnaker-usage-stats-public/data"
    error_message = "The output data_url must be the base URL of the public files."
  }
  assert {
    condition     = output.page_url == google_cloud_run_v2_service.stats.uri
    error_message = "Without a domain, the page must be at the URL of the service."
  }
  assert {
    condition     = output.looker_studio_url == "https://lookerstudio.google.com/reporting/create?c.mode=edit&ds.connector=bigQuery&ds.type=TABLE&ds.projectId=spinnaker-usage&ds.datasetId=stats_public&ds.tableId=charts"
    error_message = "The output looker_studio_url must open a report on the public view."
  }
}

run "limits_logging_and_data_location" {
  assert {
    condition     = google_logging_project_exclusion.request_logs.filter == "resource.type=\"cloud_run_revision\" AND log_id(\"run.googleapis.com/requests\")"
    error_message = "Request logs, which contain IP addresses and user agents, must be excluded."
  }
  assert {
    condition     = google_logging_project_bucket_config.default.bucket_id == "_Default" && google_logging_project_bucket_config.default.retention_days == 30
    error_message = "Other logs must be kept for 30 days."
  }
  assert {
    condition     = toset([for dataset in [google_bigquery_dataset.stats, google_bigquery_dataset.shared, google_bigquery_dataset.public] : dataset.location]) == toset(["US"])
    error_message = "A view must be in the same location as its table."
  }
}

run "matches_function_yaml" {
  assert {
    condition = (
      google_cloud_run_v2_service.stats.name == "stats"
      && google_cloud_run_v2_service.stats.template[0].max_instance_request_concurrency == 80
      && google_cloud_run_v2_service.stats.template[0].timeout == "20s"
      && google_cloud_run_v2_service.stats.template[0].containers[0].resources[0].limits == tomap({ cpu = "1", memory = "512Mi" })
      && google_cloud_run_v2_service.stats.template[0].containers[0].startup_probe[0].tcp_socket[0].port == 8080
    )
    error_message = "The service must have the sizes and limits of function.yaml."
  }
  assert {
    condition = { for each in google_cloud_run_v2_service.stats.template[0].containers[0].env : each.name => each.value } == {
      STATS_STORAGE_BIGQUERY_PROJECT = var.project_id
      STATS_STORAGE_BIGQUERY_DATASET = google_bigquery_dataset.stats.dataset_id
      STATS_STORAGE_BIGQUERY_TABLE   = google_bigquery_table.events.table_id
      STATS_DEAD_LETTER_TOPIC        = "projects/${var.project_id}/topics/${google_pubsub_topic.dead_letters.name}"
      STATS_WEB_DATA_URL             = trimsuffix(output.data_url, "/data")
    }
    error_message = "function.yaml must name the resources that Terraform creates."
  }
  assert {
    condition = (
      local.manifest.spec.template.spec.serviceAccountName == "${google_service_account.service.account_id}@${var.project_id}.iam.gserviceaccount.com"
      && startswith(jsondecode(local.revision.metadata.annotations["run.googleapis.com/sources"])[""], "gs://${google_storage_bucket.packages.name}/")
    )
    error_message = "function.yaml must name the service account and the bucket that Terraform creates."
  }
  assert {
    condition = (
      google_cloud_run_v2_service.stats.template[0].containers[0].image == "scratch"
      && endswith(google_cloud_run_v2_service.stats.template[0].containers[0].base_image_uri, "/osonly24")
      && google_cloud_run_v2_service.stats.template[0].containers[0].source_code[0].cloud_storage_source[0].object == "service-${filemd5("tests/packages/service.tar.gz")}.tar.gz"
    )
    error_message = "The service must run the executable from the bucket on the base image."
  }
  assert {
    condition     = length(google_cloud_run_domain_mapping.stats) == 0 && length(output.dns_records) == 0
    error_message = "Without a domain, there must be no domain mapping and no DNS records."
  }
}

run "extracts_counts_from_log_fields" {
  assert {
    condition     = { for key, metric in google_logging_metric.counters : key => metric.name } == { stored = "stats_stored", unknown_enum_value = "stats_unknown_enum_value" }
    error_message = "There must be one log-based metric for stored rows and one for unknown enum values."
  }
  assert {
    condition = alltrue([
      for key, metric in google_logging_metric.counters :
      metric.filter == "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"stats\" AND jsonPayload.labels.metric=\"${key}\" AND jsonPayload.labels.count:*"
      && metric.value_extractor == "EXTRACT(jsonPayload.labels.count)"
    ])
    error_message = "A log-based metric must add up the field count of the service's lines with its own name in the field metric."
  }
}

run "alerts_on_held_months" {
  assert {
    condition = (
      google_logging_metric.publication_held.name == "stats_publication_held"
      && google_logging_metric.publication_held.filter == "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"publish\" AND (textPayload:\"publication_held: \" OR jsonPayload.message:\"publication_held: \")"
    )
    error_message = "A log-based metric must count the lines of the function publish that say that a month is held."
  }
}

# A value that differs with each apply, such as a timestamp or a random name, would be a change.
run "first_apply" {
}

run "second_apply_changes_nothing" {
  assert {
    condition     = output.service_url == run.first_apply.service_url && output.dead_letter_trigger == run.first_apply.dead_letter_trigger && output.cost == run.first_apply.cost
    error_message = "A second apply must not replace anything."
  }
}
