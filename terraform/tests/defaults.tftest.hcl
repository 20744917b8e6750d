# What a maintainer gets who sets nothing but the project.

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
    error_message = "Nobody reads single events unless they are named."
  }
  assert {
    condition = [
      for access in setunion(google_bigquery_dataset.stats.access, google_bigquery_dataset.shared.access) :
      "${access.role} ${access.special_group}"
    ] == ["OWNER projectOwners"]
    error_message = "The datasets are their owners'."
  }
  assert {
    condition     = google_bigquery_table_iam_binding.event_readers.members == toset(["serviceAccount:${google_service_account.publish.email}"])
    error_message = "Of all that runs, only the function publish reads events."
  }
  assert {
    condition = (
      google_bigquery_dataset_access.distinct_events.dataset_id == "stats"
      && google_bigquery_dataset_access.distinct_events.role == null
      && google_bigquery_dataset_access.distinct_events.view[0].dataset_id == "stats_shared"
      && google_bigquery_dataset_access.distinct_events.view[0].table_id == google_bigquery_table.distinct_events.table_id
    )
    error_message = "Only the view reads the events for others."
  }
  assert {
    condition     = google_project_iam_custom_role.row_inserter.permissions == toset(["bigquery.tables.updateData"])
    error_message = "Whoever appends can do nothing but append."
  }
  assert {
    condition = google_bigquery_table_iam_binding.row_inserters.members == toset([
      "serviceAccount:${google_service_account.service.email}",
      "serviceAccount:${google_service_account.redrive.email}",
    ])
    error_message = "The service and the function append, and nobody else."
  }
  assert {
    condition     = google_pubsub_topic_iam_binding.dead_letter_publisher.members == toset(["serviceAccount:${google_service_account.service.email}"])
    error_message = "The service publishes dead letters, and nobody else."
  }
  assert {
    condition     = google_pubsub_topic_iam_binding.parking_publisher.members == toset(["serviceAccount:${google_service_account.redrive.email}"])
    error_message = "The function parks, and nobody else."
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
    error_message = "Everybody reads the published files."
  }
  assert {
    condition     = google_storage_bucket.public.cors[0].origin == tolist(["*"]) && google_storage_bucket.public.cors[0].method == tolist(["GET", "HEAD"])
    error_message = "Other pages may draw from them."
  }
  assert {
    condition = (
      google_storage_bucket_iam_binding.public_writers.members == toset(["serviceAccount:${google_service_account.publish.email}"])
      && alltrue([for table in google_bigquery_table_iam_binding.row_editors : table.members == toset(["serviceAccount:${google_service_account.publish.email}"])])
    )
    error_message = "Only the function publish writes them, and what they are drawn from."
  }
  assert {
    condition = toset(keys(google_bigquery_table_iam_binding.row_editors)) == toset([
      "chart_points", "chart_watermarks", "daily_applications", "daily_executions", "daily_instances", "daily_stages", "rollup_state",
    ])
    error_message = "It writes the daily tables and the charts' numbers."
  }
  assert {
    condition = [for access in google_bigquery_dataset.public.access : "${access.role} ${access.special_group}"] == [
      "OWNER projectOwners", "READER allAuthenticatedUsers",
    ]
    error_message = "Everybody with an account reads the public dataset."
  }
  assert {
    condition = (
      google_bigquery_dataset_access.charts.dataset_id == "stats"
      && google_bigquery_dataset_access.charts.role == null
      && google_bigquery_dataset_access.charts.view[0].dataset_id == "stats_public"
      && google_bigquery_dataset_access.charts.view[0].table_id == google_bigquery_table.charts.table_id
    )
    error_message = "By way of the view alone, whatever else the dataset stats has."
  }
  assert {
    condition     = toset(regexall("`[^`]+`", google_bigquery_table.charts.view[0].query)) == toset(["`spinnaker-usage.stats.chart_points`", "`spinnaker-usage.stats.chart_watermarks`"])
    error_message = "The view is of the charts' numbers, and of nothing else."
  }
  assert {
    condition = google_storage_bucket.public.uniform_bucket_level_access && alltrue([
      for name in fileset(".", "*.tf") :
      length(regexall("\"(allUsers|allAuthenticatedUsers|google_service_account_key)\"", file(name))) == (name == "publish.tf" ? 2 : 0)
    ])
    error_message = "Nothing else is for everybody, and there are no key files."
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
    error_message = "Nothing runs as the default compute account."
  }
  assert {
    condition = length(distinct([
      google_service_account.service.account_id, google_service_account.redrive.account_id,
      google_service_account.trigger.account_id, google_service_account.build.account_id,
      google_service_account.publish.account_id,
    ])) == 5
    error_message = "One account for each part."
  }
  assert {
    condition = setunion(
      [google_project_iam_member.trigger_event_receiver.role, google_project_iam_member.publish_job_user.role],
      [for grant in google_project_iam_member.build_roles : grant.role],
    ) == toset(["roles/bigquery.jobUser", "roles/eventarc.eventReceiver", "roles/logging.logWriter", "roles/storage.objectViewer"])
    error_message = "No other role is granted on the whole project."
  }
}

run "exposes_only_the_service" {
  assert {
    condition     = google_cloud_run_v2_service.stats.invoker_iam_disabled && google_cloud_run_v2_service.stats.ingress == "INGRESS_TRAFFIC_ALL"
    error_message = "Everybody can send an event."
  }
  assert {
    condition = alltrue([
      for callers in [google_cloud_run_v2_service_iam_binding.redrive_invokers, google_cloud_run_v2_service_iam_binding.publish_invokers] :
      callers.members == toset(["serviceAccount:${google_service_account.trigger.email}"])
    ])
    error_message = "Only Pub/Sub's identity calls the functions."
  }
  assert {
    condition = (
      google_cloud_run_v2_service_iam_binding.redrive_invokers.name == google_cloudfunctions2_function.redrive.name
      && google_cloud_run_v2_service_iam_binding.publish_invokers.name == google_cloudfunctions2_function.publish.name
    )
    error_message = "It is the functions that are meant."
  }
  assert {
    condition = alltrue([
      for function in [google_cloudfunctions2_function.redrive, google_cloudfunctions2_function.publish] :
      function.service_config[0].ingress_settings == "ALLOW_INTERNAL_ONLY"
    ])
    error_message = "The functions cannot be reached from outside."
  }
  assert {
    condition     = google_storage_bucket.packages.public_access_prevention == "enforced" && google_storage_bucket.packages.uniform_bucket_level_access
    error_message = "The bucket is not public and cannot become it."
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
    error_message = "Nothing runs, and nothing is paid for, while nobody calls."
  }
  assert {
    condition = (
      google_cloud_run_v2_service.stats.template[0].scaling[0].max_instance_count == 2
      && google_cloudfunctions2_function.redrive.service_config[0].max_instance_count == 2
      && google_cloudfunctions2_function.publish.service_config[0].max_instance_count == 1
    )
    error_message = "So many instances are enough, and the most that is paid for."
  }
  assert {
    condition = alltrue([
      for name, dollars in output.cost : strcontains(file("README.md"), "\n| `${name}` | ${dollars} |")
    ])
    error_message = "README.md states what the defaults can cost: ${jsonencode(output.cost)}"
  }
  assert {
    condition     = length(google_billing_budget.monthly) == 0 && length(google_monitoring_alert_policy.alerts) == 0
    error_message = "Neither a budget nor alerts unless they are asked for."
  }
  assert {
    condition     = anytrue([for policy in google_artifact_registry_repository.functions.cleanup_policies : policy.action == "DELETE"])
    error_message = "Old builds of the function are deleted."
  }
}

run "retains_data" {
  assert {
    condition     = google_bigquery_table.events.time_partitioning[0].expiration_ms == 730 * 86400000
    error_message = "An event is kept for two years."
  }
  assert {
    condition     = google_bigquery_table.events.time_partitioning[0].field == "received_at" && google_bigquery_table.events.time_partitioning[0].type == "DAY"
    error_message = "By the day on which it arrived."
  }
  assert {
    condition = alltrue([
      for name in google_bigquery_table.events.clustering :
      anytrue([for column in jsondecode(google_bigquery_table.events.schema) : column.name == name && column.type != "RECORD"])
    ])
    error_message = "BigQuery clusters by simple columns at the top level only."
  }
  assert {
    condition     = google_bigquery_table.events.schema == file("../src/main/resources/storage/events.schema.json")
    error_message = "The table is as the service writes it."
  }
  assert {
    condition     = google_bigquery_table.events.deletion_protection && !google_bigquery_dataset.stats.delete_contents_on_destroy
    error_message = "A destroy is refused for the events."
  }
  assert {
    condition = alltrue([
      for kept in [google_pubsub_topic.dead_letters.message_retention_duration, google_pubsub_topic.parking.message_retention_duration, google_pubsub_subscription.parking.message_retention_duration] :
      kept == "2678400s"
    ])
    error_message = "Messages are kept as long as Pub/Sub can."
  }
  assert {
    condition     = google_pubsub_subscription.parking.expiration_policy[0].ttl == ""
    error_message = "What is parked does not expire with its subscription."
  }
  assert {
    condition     = google_cloudfunctions2_function.redrive.event_trigger[0].retry_policy == "RETRY_POLICY_RETRY"
    error_message = "A dead letter is delivered until it is stored."
  }
  assert {
    condition = length(google_bigquery_table.rollups) > 0 && alltrue([
      for table in google_bigquery_table.rollups :
      table.dataset_id == "stats" && table.deletion_protection
      && table.time_partitioning[0].field == "day" && table.time_partitioning[0].expiration_ms == 730 * 86400000
    ])
    error_message = "What an instance did on a day is kept as long as its events."
  }
  assert {
    condition = (
      length(google_storage_bucket.public.lifecycle_rule) == 1
      && one(google_storage_bucket.public.lifecycle_rule[0].action).type == "Delete"
      && one(google_storage_bucket.public.lifecycle_rule[0].condition).age == 400
      && one(google_storage_bucket.public.lifecycle_rule[0].condition).matches_prefix == tolist(["data/2"])
    )
    error_message = "Dated copies are deleted after 400 days; the latest files never are."
  }
  assert {
    condition     = alltrue([for table in google_bigquery_table.chart_tables : table.dataset_id == "stats" && table.deletion_protection && length(table.time_partitioning) == 0])
    error_message = "The charts' numbers are kept for good."
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
    error_message = "Once a day, after the day's end, until it succeeds."
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
    error_message = "It knows where to read and to write, and how long events are kept."
  }
  assert {
    condition     = output.data_url == "https://storage.googleapis.com/spinnaker-usage-stats-public/data"
    error_message = "The files have an address."
  }
  assert {
    condition     = output.page_url == google_cloud_run_v2_service.stats.uri
    error_message = "Without a domain, the page is where the service is."
  }
  assert {
    condition     = output.looker_studio_url == "https://lookerstudio.google.com/reporting/create?c.mode=edit&ds.connector=bigQuery&ds.type=TABLE&ds.projectId=spinnaker-usage&ds.datasetId=stats_public&ds.tableId=charts"
    error_message = "A report opens on the public view."
  }
}

run "limits_logging_and_data_location" {
  assert {
    condition     = google_logging_project_exclusion.request_logs.filter == "resource.type=\"cloud_run_revision\" AND log_id(\"run.googleapis.com/requests\")"
    error_message = "Callers' addresses and user agents are not logged."
  }
  assert {
    condition     = google_logging_project_bucket_config.default.bucket_id == "_Default" && google_logging_project_bucket_config.default.retention_days == 30
    error_message = "Other logs are kept for 30 days."
  }
  assert {
    condition     = toset([for dataset in [google_bigquery_dataset.stats, google_bigquery_dataset.shared, google_bigquery_dataset.public] : dataset.location]) == toset(["US"])
    error_message = "A view has to be where its table is."
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
    error_message = "Sizes and limits come from function.yaml."
  }
  assert {
    condition = { for each in google_cloud_run_v2_service.stats.template[0].containers[0].env : each.name => each.value } == {
      STATS_STORAGE_BIGQUERY_PROJECT = var.project_id
      STATS_STORAGE_BIGQUERY_DATASET = google_bigquery_dataset.stats.dataset_id
      STATS_STORAGE_BIGQUERY_TABLE   = google_bigquery_table.events.table_id
      STATS_DEAD_LETTER_TOPIC        = "projects/${var.project_id}/topics/${google_pubsub_topic.dead_letters.name}"
      STATS_WEB_DATA_URL             = trimsuffix(output.data_url, "/data")
    }
    error_message = "function.yaml names what Terraform makes."
  }
  assert {
    condition = (
      local.manifest.spec.template.spec.serviceAccountName == "${google_service_account.service.account_id}@${var.project_id}.iam.gserviceaccount.com"
      && startswith(jsondecode(local.revision.metadata.annotations["run.googleapis.com/sources"])[""], "gs://${google_storage_bucket.packages.name}/")
    )
    error_message = "Deployed without Terraform, it is the same account and bucket."
  }
  assert {
    condition = (
      google_cloud_run_v2_service.stats.template[0].containers[0].image == "scratch"
      && endswith(google_cloud_run_v2_service.stats.template[0].containers[0].base_image_uri, "/osonly24")
      && google_cloud_run_v2_service.stats.template[0].containers[0].source_code[0].cloud_storage_source[0].object == "service-${filemd5("tests/packages/service.tar.gz")}.tar.gz"
    )
    error_message = "The executable runs as it is, from the bucket."
  }
  assert {
    condition     = length(google_cloud_run_domain_mapping.stats) == 0 && length(output.dns_records) == 0
    error_message = "No domain, no records."
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
      metric.filter == "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"stats\" AND jsonPayload.metric=\"${key}\" AND jsonPayload.count:*"
      && metric.value_extractor == "EXTRACT(jsonPayload.count)"
    ])
    error_message = "A log-based metric must add up the field count of the service's lines with its own name in the field metric."
  }
}

# What is computed anew at each apply (a time, a random name) would be a change.
run "first_apply" {
}

run "second_apply_changes_nothing" {
  assert {
    condition     = output.service_url == run.first_apply.service_url && output.dead_letter_trigger == run.first_apply.dead_letter_trigger && output.cost == run.first_apply.cost
    error_message = "Nothing was replaced."
  }
}
