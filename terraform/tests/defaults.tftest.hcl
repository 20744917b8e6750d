# The configuration with default values: only the project is set.

mock_provider "google" {}
mock_provider "google" { alias = "budget" }
mock_provider "google-beta" {}

run "only_the_publish_function_reads_raw_data" {
  assert {
    condition     = jsondecode(google_bigquery_table_iam_policy.raw_data_readers.policy_data).bindings == []
    error_message = "By default, there must be no readers of raw data."
  }
  assert {
    condition     = [for access in google_bigquery_dataset.shared.access : "${access.role} ${access.special_group}"] == ["OWNER projectOwners"]
    error_message = "Only project owners may have access to the dataset stats_shared."
  }
  assert {
    condition = [
      for access in google_bigquery_dataset.stats.access : "${access.role} ${access.special_group}" if length(access.dataset) == 0
      ] == ["OWNER projectOwners"] && toset([
        for access in google_bigquery_dataset.stats.access :
        "${access.dataset[0].dataset[0].project_id}.${access.dataset[0].dataset[0].dataset_id} ${jsonencode(access.dataset[0].target_types)}"
        if length(access.dataset) > 0
    ]) == toset(["spinnaker-usage.stats_public [\"VIEWS\"]", "spinnaker-usage.stats_shared [\"VIEWS\"]"])
    error_message = "Only project owners, and views in stats_public and stats_shared, may have access to the dataset stats."
  }
  assert {
    condition = google_bigquery_dataset.stats.dataset_id == "stats" && alltrue([
      for name in fileset(".", "*.tf") : !strcontains(file(name), "ignore_changes") && !strcontains(file(name), "google_bigquery_dataset_access")
    ])
    error_message = "Terraform must show every change of access that it did not make."
  }
  assert {
    condition = { for name, table in google_bigquery_table_iam_policy.tables : name => jsondecode(table.policy_data).bindings } == {
      for name in ["chart_points", "daily_applications", "daily_executions", "daily_instances", "daily_stages", "drawn_periods", "events", "excluded", "rollup_state", "salts"] :
      name => concat(
        name == "events" ? [{ role = google_project_iam_custom_role.row_inserter.name, members = [
          "serviceAccount:${google_service_account.redrive.email}", "serviceAccount:${google_service_account.service.email}",
        ] }] : [],
        [{
          role    = contains(["events", "excluded"], name) ? "roles/bigquery.dataViewer" : google_project_iam_custom_role.row_editor.name
          members = ["serviceAccount:${google_service_account.publish.email}"]
        }],
      )
    }
    error_message = "Only the function publish may read the private tables and write all but events and excluded; only the service and redrive may insert events."
  }
  assert {
    condition = google_bigquery_table.shared_events.dataset_id == google_bigquery_dataset.shared.dataset_id && {
      for part in flatten([for name in fileset(".", "*.tf") : split("\nresource ", file(name))]) :
      regex("\"(\\w+)\" {", part)[0] => regex("google_bigquery_dataset\\.(\\w+)\\.", part)[0]...
      if startswith(part, "\"google_bigquery_table\"") && can(regex("google_bigquery_dataset\\.(shared|public)\\.", part))
    } == { charts = ["public"], shared_events = ["shared"] }
    error_message = "stats_public and stats_shared must contain one view each, because all of their views can read the dataset stats."
  }
  assert {
    condition = alltrue([
      for view in [google_bigquery_table.distinct_events, google_bigquery_table.unlisted_names] : view.dataset_id == "stats"
    ])
    error_message = "Views with ids, times or free text must be private."
  }
  assert {
    condition = (
      google_project_iam_custom_role.row_inserter.permissions == toset(["bigquery.tables.updateData"])
      && google_project_iam_custom_role.row_editor.permissions == toset(["bigquery.tables.get", "bigquery.tables.getData", "bigquery.tables.updateData"])
    )
    error_message = "The role row_inserter must permit inserting rows and nothing else, and row_editor must not permit changing a table."
  }
  assert {
    condition = { for name, topic in google_pubsub_topic_iam_policy.topics : name => jsondecode(topic.policy_data).bindings } == {
      stats-dead-letters = [{ role = "roles/pubsub.publisher", members = ["serviceAccount:${google_service_account.service.email}"] }]
      stats-parked       = [{ role = "roles/pubsub.publisher", members = ["serviceAccount:${google_service_account.redrive.email}"] }]
      stats-publish      = []
    }
    error_message = "Only the service may publish dead letters, only redrive may park rows, and only owners may instruct publish."
  }
  assert {
    condition     = jsondecode(google_pubsub_subscription_iam_policy.parking.policy_data).bindings == []
    error_message = "Only owners may read parked rows."
  }
}

run "publishes_only_charts" {
  assert {
    condition = { for binding in google_storage_bucket_iam_binding.public : binding.role => binding.members } == {
      "roles/storage.objectUser"   = toset(["serviceAccount:${google_service_account.publish.email}"])
      "roles/storage.objectViewer" = toset(["serviceAccount:${google_service_account.service.email}"])
    }
    error_message = "Only the service may read the bucket of the public files, and only the function publish and owners may write it."
  }
  assert {
    condition     = google_storage_bucket.public.public_access_prevention == "enforced"
    error_message = "By default, no bucket may be public."
  }
  assert {
    condition     = google_storage_bucket.public.cors[0].origin == tolist(["*"]) && google_storage_bucket.public.cors[0].method == tolist(["GET", "HEAD"])
    error_message = "Other web pages must be able to fetch the public files."
  }
  assert {
    condition     = [for access in google_bigquery_dataset.public.access : "${access.role} ${access.special_group}"] == ["OWNER projectOwners"]
    error_message = "By default, only project owners may read the public dataset."
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
      && google_cloudfunctions2_function.functions["redrive"].service_config[0].service_account_email == google_service_account.redrive.email
      && google_cloudfunctions2_function.functions["redrive"].event_trigger[0].service_account_email == google_service_account.trigger.email
      && google_cloudfunctions2_function.functions["redrive"].build_config[0].service_account == google_service_account.build.id
      && google_cloudfunctions2_function.functions["publish"].service_config[0].service_account_email == google_service_account.publish.email
      && google_cloudfunctions2_function.functions["publish"].event_trigger[0].service_account_email == google_service_account.trigger.email
      && google_cloudfunctions2_function.functions["publish"].build_config[0].service_account == google_service_account.build.id
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
    condition = toset([
      for grant in [
        google_project_iam_member.build_log_writer, google_project_iam_member.build_source_reader,
        google_project_iam_member.publish_job_user, google_project_iam_member.trigger_event_receiver,
      ] : grant.role
      ]) == toset(["roles/bigquery.jobUser", "roles/eventarc.eventReceiver", "roles/logging.logWriter", "roles/storage.objectViewer"]) && toset(flatten([
        for name in fileset(".", "*.tf") : regexall("resource \"google_project_iam_member\" \"(\\w+)\"", file(name))
    ])) == toset(["build_log_writer", "build_source_reader", "publish_job_user", "trigger_event_receiver"])
    error_message = "No other role may be granted on the whole project."
  }
  assert {
    condition     = strcontains(google_project_iam_member.build_source_reader.condition[0].expression, "resource.name.startsWith(\"projects/_/buckets/gcf-v2-sources-\")")
    error_message = "The build account may read only the buckets with the source of functions."
  }
  assert {
    condition     = length(google_project_iam_member_remove.default_editor) == 0
    error_message = "By default, no role of other software in the project may be removed."
  }
}

run "exposes_only_the_service" {
  assert {
    condition     = google_cloud_run_v2_service.stats.invoker_iam_disabled && google_cloud_run_v2_service.stats.ingress == "INGRESS_TRAFFIC_ALL"
    error_message = "Anyone must be able to call the service."
  }
  assert {
    condition = keys(google_cloud_run_v2_service_iam_binding.function_invokers) == keys(google_cloudfunctions2_function.functions) && alltrue([
      for name, callers in google_cloud_run_v2_service_iam_binding.function_invokers :
      callers.members == toset(["serviceAccount:${google_service_account.trigger.email}"])
      && callers.role == "roles/run.invoker" && callers.name == google_cloudfunctions2_function.functions[name].name
    ])
    error_message = "Only the trigger account may call the functions."
  }
  assert {
    condition = alltrue([
      for function in google_cloudfunctions2_function.functions :
      function.service_config[0].ingress_settings == "ALLOW_INTERNAL_ONLY"
    ])
    error_message = "The functions must not be reachable from the internet."
  }
  assert {
    condition = (
      google_storage_bucket.packages.public_access_prevention == "enforced" && google_storage_bucket.packages.uniform_bucket_level_access
      && google_storage_bucket_iam_binding.packages.role == "roles/storage.objectViewer"
      && google_storage_bucket_iam_binding.packages.members == toset([google_project_service_identity.cloud_run.member])
    )
    error_message = "Only Cloud Run may read the packages, and only owners may write them."
  }
}

run "limits_scaling_and_cost" {
  assert {
    condition = (
      google_cloud_run_v2_service.stats.template[0].scaling[0].min_instance_count == 0
      && google_cloud_run_v2_service.stats.template[0].containers[0].resources[0].cpu_idle
      && google_cloudfunctions2_function.functions["redrive"].service_config[0].min_instance_count == 0
      && google_cloudfunctions2_function.functions["publish"].service_config[0].min_instance_count == 0
    )
    error_message = "The service and the functions must scale to zero."
  }
  assert {
    condition = (
      google_cloud_run_v2_service.stats.template[0].scaling[0].max_instance_count == 2
      && google_cloudfunctions2_function.functions["redrive"].service_config[0].max_instance_count == 1
      && google_cloudfunctions2_function.functions["publish"].service_config[0].max_instance_count == 1
    )
    error_message = "The maximum numbers of instances must be 2 (service), 1 (redrive) and 1 (publish)."
  }
  assert {
    condition = alltrue([
      for name, dollars in output.cost : strcontains(file("README.md"), "\n| `${name}` | ${dollars} |")
    ])
    error_message = "README.md does not state the current cost of the defaults; expected ${jsonencode(output.cost)}"
  }
  assert {
    condition     = output.cost.max_flood_per_month < 600
    error_message = "A flood for a month must cost less than 600 dollars."
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

run "limits_query_bytes_per_day" {
  assert {
    condition = (
      google_service_usage_consumer_quota_override.query_bytes.override_value == "102400"
      && google_service_usage_consumer_quota_override.query_bytes.metric == "bigquery.googleapis.com%2Fquota%2Fquery%2Fusage"
      && google_service_usage_consumer_quota_override.query_bytes.limit == "%2Fd%2Fproject"
    )
    error_message = "Queries in this project may read 100 GiB per day; the metric counts MiB."
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
    condition     = google_cloudfunctions2_function.functions["redrive"].event_trigger[0].retry_policy == "RETRY_POLICY_RETRY"
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
    condition = (
      length(google_storage_bucket.public.lifecycle_rule) == 0 && length(google_storage_bucket.public.versioning) == 0
      && google_storage_bucket.public.soft_delete_policy[0].retention_duration_seconds == 0
    )
    error_message = "There must be one copy of each public file, which is never deleted."
  }
  assert {
    condition = toset(keys(google_bigquery_table.publication)) == toset(["excluded", "salts"]) && alltrue([
      for table in merge(google_bigquery_table.chart_tables, google_bigquery_table.publication) :
      table.dataset_id == "stats" && table.deletion_protection && length(table.time_partitioning) == 0
    ])
    error_message = "Chart tables, salts and exclusions must be protected and never expire."
  }
  assert {
    condition = alltrue([
      for kept in [google_pubsub_topic.dead_letters, google_pubsub_topic.parking, google_pubsub_subscription.parking, google_storage_bucket.public] :
      kept.deletion_policy == "PREVENT"
    ])
    error_message = "Undelivered events and the public files must be protected against a destroy."
  }
}

run "runs_publish_daily" {
  assert {
    condition = (
      google_cloud_scheduler_job.publish.schedule == "17 3 * * *"
      && google_cloud_scheduler_job.publish.time_zone == "Etc/UTC"
      && google_cloud_scheduler_job.publish.pubsub_target[0].topic_name == google_pubsub_topic.publish.id
      && google_cloudfunctions2_function.functions["publish"].event_trigger[0].pubsub_topic == google_pubsub_topic.publish.id
      && google_cloudfunctions2_function.functions["publish"].event_trigger[0].retry_policy == "RETRY_POLICY_RETRY"
    )
    error_message = "The function publish must run once per day after midnight UTC, with retries."
  }
  assert {
    condition = google_cloudfunctions2_function.functions["publish"].service_config[0].environment_variables == tomap({
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
    condition     = output.data_url == "${output.page_url}/data"
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
      STATS_MAX_EVENTS_PER_SECOND    = "100"
      STATS_WEB_DATA_URL             = "https://storage.googleapis.com/${google_storage_bucket.public.name}"
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
      && google_cloud_run_v2_service.stats.template[0].containers[0].base_image_uri == "us-central1-docker.pkg.dev/serverless-runtimes/google-24/runtimes/osonly24"
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
    condition = { for key, metric in google_logging_metric.counters : key => metric.name } == {
      dead_lettered = "stats_dead_lettered", stored = "stats_stored", unknown_enum_value = "stats_unknown_enum_value"
    }
    error_message = "There must be log-based metrics for stored and dead-lettered rows and for unknown enum values."
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

run "probes_from_outside" {
  assert {
    condition = (
      google_monitoring_uptime_check_config.page.monitored_resource[0].labels.host == trimprefix(output.service_url, "https://")
      && google_monitoring_uptime_check_config.page.http_check[0].use_ssl
      && google_monitoring_uptime_check_config.page.http_check[0].validate_ssl
    )
    error_message = "The uptime check must request the page over TLS and look at the certificate."
  }
  assert {
    condition = (
      google_cloud_scheduler_job.synthetic_event.http_target[0].uri == "${output.page_url}/log"
      && google_cloud_scheduler_job.synthetic_event.http_target[0].http_method == "POST"
      && jsondecode(base64decode(google_cloud_scheduler_job.synthetic_event.http_target[0].body)).spinnakerInstance == {
        id = local.synthetic_instance, version = "smoke-test"
      }
      && strcontains(file("smoke.sh"), "instance=$(sha256 smoke-test)") && local.synthetic_instance == sha256("smoke-test")
    )
    error_message = "The synthetic event must be sent to the public host name, from the instance of smoke.sh."
  }
}

run "waits_until_permissions_are_in_effect" {
  assert {
    condition = terraform_data.permissions_in_effect.id != "" && alltrue([
      for name in ["functions.tf", "service.tf"] :
      strcontains(file(name), "\n  depends_on = [terraform_data.permissions_in_effect]\n")
    ])
    error_message = "The service and the functions must wait until their permissions are in effect."
  }
  # Roles of people and of the functions' callers come later.
  assert {
    condition = terraform_data.permissions_in_effect.id != "" && setsubtract(
      flatten([
        for name in fileset(".", "*.tf") : [
          for resource in regexall("\nresource \"(google_\\w+(?:_identity|_iam_\\w+))\" \"(\\w+)\" {", file(name)) : join(".", resource)
        ]
      ]),
      flatten(regexall("\n    (google_\\w+\\.\\w+),", file("apis.tf"))),
      ) == toset([
        "google_bigquery_table_iam_policy.raw_data_readers",
        "google_cloud_run_v2_service_iam_binding.function_invokers",
        "google_project_iam_custom_role.row_editor",
        "google_project_iam_custom_role.row_inserter",
        "google_project_iam_member_remove.default_editor",
        "google_pubsub_subscription_iam_policy.parking",
    ])
    error_message = "The wait must begin after every role that the service and the functions need."
  }
}

# The tests end with a destroy, which fails while keep_data is true.
run "permits_destroy_without_keep_data" {
  variables {
    keep_data = false
  }
  assert {
    condition     = !terraform_data.keep_data.output
    error_message = "With keep_data = false, a destroy must be permitted."
  }
}
