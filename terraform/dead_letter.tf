# What happens to events while BigQuery does not take them: they wait in a topic, and a function brings them.

locals {
  functions_package     = "${var.packages}/functions.zip"
  max_message_retention = "${31 * 24 * 60 * 60}s" # the longest that Pub/Sub keeps a message
  dead_letter_topic     = "stats-dead-letters"    # function.yaml names it, too
}

# Where events wait. Kept a month even once they were delivered: they can be delivered again (README.md, replay).
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

# What BigQuery will never take, for somebody to look at.
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

# Holds what is parked until it is acknowledged by hand. Without a reader a subscription would itself expire after a month.
resource "google_pubsub_subscription" "parking" {
  name                       = "stats-parked"
  topic                      = google_pubsub_topic.parking.id
  message_retention_duration = local.max_message_retention
  ack_deadline_seconds       = 600 # time to look at one

  expiration_policy {
    ttl = ""
  }
}

# The identity of the function: see warehouse.tf for the rows, above for what it parks.
resource "google_service_account" "redrive" {
  account_id   = "stats-redrive"
  display_name = "Function redrive: appends rows, parks what is refused"

  depends_on = [google_project_service.apis]
}

resource "google_cloud_run_v2_service_iam_binding" "redrive_invokers" {
  name     = google_cloudfunctions2_function.redrive.name
  location = var.region
  role     = "roles/run.invoker"
  members  = ["serviceAccount:${google_service_account.trigger.email}"]
}

# Brings dead letters to BigQuery: fails while it is down, and is called again, later and later.
resource "google_cloudfunctions2_function" "redrive" {
  name        = "redrive"
  location    = var.region
  description = "Brings dead letters to BigQuery, and parks what it refuses."

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
    available_cpu         = "1"                   # a JVM starts slowly on less
    available_memory      = "512M"                # it was seen to need 115 MiB at the start, 400 MiB under load
    timeout_seconds       = 60                    # 10 s for BigQuery, 10 s for parking, the rest for the start
    min_instance_count    = 0
    max_instance_count    = 2 # an outage's events need not arrive at once, and this caps the bill

    max_instance_request_concurrency = 1 # so one row never waits for another's deadline

    environment_variables = {
      QUARKUS_FUNQY_EXPORT            = "redrive"
      STATS_STORAGE_BIGQUERY_PROJECT  = var.project_id
      STATS_STORAGE_BIGQUERY_DATASET  = google_bigquery_dataset.stats.dataset_id
      STATS_STORAGE_BIGQUERY_TABLE    = google_bigquery_table.events.table_id
      STATS_DEAD_LETTER_PARKING_TOPIC = google_pubsub_topic.parking.id
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
