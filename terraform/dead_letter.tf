# Dead letters: events wait in a topic while BigQuery is unavailable, and the function redrive stores them later.

locals {
  dead_letter_topic     = "stats-dead-letters"    # also named in function.yaml
  max_message_retention = "${31 * 24 * 60 * 60}s" # the maximum of Pub/Sub
}

# The topic keeps messages after their delivery, too, so that they can be replayed (README.md).
resource "google_pubsub_topic" "dead_letters" {
  name                       = local.dead_letter_topic
  message_retention_duration = local.max_message_retention

  depends_on = [google_project_service.apis]
}

resource "google_pubsub_topic_iam_binding" "dead_letter_publisher" {
  topic   = google_pubsub_topic.dead_letters.name
  role    = "roles/pubsub.publisher"
  members = ["serviceAccount:${google_service_account.service.email}"]
}

# Parking topic: rows that BigQuery rejects permanently, for a person to inspect.
resource "google_pubsub_topic" "parking" {
  name                       = "stats-parked"
  message_retention_duration = local.max_message_retention

  depends_on = [google_project_service.apis]
}

resource "google_pubsub_topic_iam_binding" "parking_publisher" {
  topic   = google_pubsub_topic.parking.name
  role    = "roles/pubsub.publisher"
  members = ["serviceAccount:${google_service_account.redrive.email}"]
}

# Holds parked rows until a person acknowledges them. Pub/Sub deletes a subscription after 31 days without activity; an empty ttl
# prevents that.
resource "google_pubsub_subscription" "parking" {
  name                       = "stats-parked"
  topic                      = google_pubsub_topic.parking.id
  message_retention_duration = local.max_message_retention
  ack_deadline_seconds       = 600 # time to inspect a row

  expiration_policy {
    ttl = ""
  }
}

# Identity of the function. It may insert rows (bigquery.tf) and publish to the parking topic.
resource "google_service_account" "redrive" {
  account_id   = "stats-redrive"
  display_name = "Function redrive: inserts rows, parks rejected rows"

  depends_on = [google_project_service.apis]
}

resource "google_cloud_run_v2_service_iam_binding" "redrive_invokers" {
  name     = google_cloudfunctions2_function.redrive.name
  location = var.region
  role     = "roles/run.invoker"
  members  = ["serviceAccount:${google_service_account.trigger.email}"]
}

# Stores dead letters in BigQuery. While BigQuery is unavailable the function fails, and Pub/Sub retries with growing backoff.
resource "google_cloudfunctions2_function" "redrive" {
  name        = "redrive"
  location    = var.region
  description = "Stores dead letters in BigQuery and parks rows that BigQuery rejects."

  build_config {
    runtime           = "java21"
    entry_point       = "io.quarkus.funqy.gcp.functions.FunqyCloudEventsFunction"
    service_account   = google_service_account.build.id
    docker_repository = google_artifact_registry_repository.functions.id

    source {
      storage_source {
        bucket = google_storage_bucket.packages.name
        object = google_storage_bucket_object.functions.name
      }
    }
  }

  service_config {
    service_account_email = google_service_account.redrive.email
    ingress_settings      = "ALLOW_INTERNAL_ONLY" # Pub/Sub counts as internal
    available_cpu         = "1"                   # a JVM starts slowly with less
    available_memory      = "512M"                # measured: 115 MiB after the start, 400 MiB under load
    timeout_seconds       = 60                    # 10 s for BigQuery, 10 s for parking, the rest for the start
    min_instance_count    = 0
    max_instance_count    = 2 # limits the bill; dead letters are not urgent

    max_instance_request_concurrency = 1 # a row never spends its deadline waiting for another row

    environment_variables = {
      QUARKUS_FUNQY_EXPORT            = "redrive"
      STATS_DEAD_LETTER_PARKING_TOPIC = google_pubsub_topic.parking.id
      STATS_STORAGE_BIGQUERY_DATASET  = google_bigquery_dataset.stats.dataset_id
      STATS_STORAGE_BIGQUERY_PROJECT  = var.project_id
      STATS_STORAGE_BIGQUERY_TABLE    = google_bigquery_table.events.table_id
    }
  }

  event_trigger {
    trigger_region        = var.region
    event_type            = "google.cloud.pubsub.topic.v1.messagePublished"
    pubsub_topic          = google_pubsub_topic.dead_letters.id
    service_account_email = google_service_account.trigger.email
    retry_policy          = "RETRY_POLICY_RETRY"
  }

  depends_on = [
    google_artifact_registry_repository_iam_member.build_writer,
    google_bigquery_table_iam_binding.row_inserters,
    google_project_iam_member.build_roles,
    google_project_iam_member.trigger_event_receiver,
    google_project_service_identity.eventarc,
    google_pubsub_topic_iam_binding.parking_publisher,
  ]
}
