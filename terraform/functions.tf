# The functions redrive and publish: one package, one build account, one trigger account. Each has its own account, in dead_letter.tf
# and publish.tf.

locals {
  functions_package = "${var.packages}/functions.zip"

  functions = {
    # Stores dead letters. While BigQuery is unavailable the function fails, and Pub/Sub retries with growing backoff.
    redrive = {
      description   = "Stores dead letters in BigQuery and parks rows that BigQuery rejects."
      account       = google_service_account.redrive
      topic         = google_pubsub_topic.dead_letters
      timeout       = 60 # 10 s for BigQuery, 10 s for parking, the rest for the start
      max_instances = 1  # limits the bill; dead letters are not urgent
      settings      = { STATS_DEAD_LETTER_PARKING_TOPIC = google_pubsub_topic.parking.id }
    }
    # Rolls up events, computes the charts and writes the public files.
    publish = {
      description   = "Computes the charts and writes the public files."
      account       = google_service_account.publish
      topic         = google_pubsub_topic.publish
      timeout       = 540 # the maximum; the first run has many days to roll up
      max_instances = 1   # two runs at a time would do the same work twice
      settings = merge(var.contact == null ? {} : { STATS_CHARTS_CONTACT = var.contact }, {
        STATS_CHARTS_RETENTION_DAYS = tostring(var.retention_days)
        STATS_PUBLISH_BUCKET        = google_storage_bucket.public.name
      })
    }
  }
}

resource "google_cloudfunctions2_function" "functions" {
  for_each = local.functions

  name        = each.key
  location    = var.region
  description = each.value.description

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
    service_account_email = each.value.account.email
    ingress_settings      = "ALLOW_INTERNAL_ONLY" # Pub/Sub counts as internal
    available_cpu         = "1"                   # a JVM starts slowly with less
    available_memory      = "512M"                # measured: redrive 400 MiB under load, publish 160 MiB
    timeout_seconds       = each.value.timeout
    min_instance_count    = 0
    max_instance_count    = each.value.max_instances

    max_instance_request_concurrency = 1 # a message never spends its deadline waiting for another one

    environment_variables = merge(each.value.settings, {
      QUARKUS_FUNQY_EXPORT           = each.key
      STATS_STORAGE_BIGQUERY_DATASET = google_bigquery_dataset.stats.dataset_id
      STATS_STORAGE_BIGQUERY_PROJECT = var.project_id
      STATS_STORAGE_BIGQUERY_TABLE   = google_bigquery_table.events.table_id
    })
  }

  event_trigger {
    trigger_region        = var.region
    event_type            = "google.cloud.pubsub.topic.v1.messagePublished"
    pubsub_topic          = each.value.topic.id
    service_account_email = google_service_account.trigger.email
    retry_policy          = "RETRY_POLICY_RETRY"
  }

  depends_on = [terraform_data.permissions_in_effect]
}

# Only Pub/Sub calls the functions.
resource "google_cloud_run_v2_service_iam_binding" "function_invokers" {
  for_each = google_cloudfunctions2_function.functions

  name     = each.value.name
  location = var.region
  role     = "roles/run.invoker"
  members  = ["serviceAccount:${google_service_account.trigger.email}"]
}

# The name contains a hash, so the functions are redeployed only if the jar has changed.
resource "google_storage_bucket_object" "functions" {
  bucket          = google_storage_bucket.packages.name
  name            = "functions-${try(filemd5(local.functions_package), "missing")}.zip"
  source          = local.functions_package
  deletion_policy = "ABANDON"

  lifecycle {
    precondition {
      condition     = fileexists(local.functions_package)
      error_message = "${local.functions_package} does not exist. Run ./mvnw package -Dfunctions first, or set packages to the folder that holds it."
    }
  }
}

# Identity of Cloud Build when it packs the jar into a container. The default would be the default compute account.
resource "google_service_account" "build" {
  account_id   = "stats-build"
  display_name = "Builds the functions"

  depends_on = [google_project_service.apis]
}

resource "google_project_iam_member" "build_log_writer" {
  project = var.project_id
  role    = "roles/logging.logWriter"
  member  = "serviceAccount:${google_service_account.build.email}"
}

# The build reads the jar from a bucket that Google makes at the first build, so the role is granted on the project. The condition
# has the names of these buckets, as Google's documentation lists them.
resource "google_project_iam_member" "build_source_reader" {
  project = var.project_id
  role    = "roles/storage.objectViewer"
  member  = "serviceAccount:${google_service_account.build.email}"

  condition {
    title       = "sources-of-functions"
    description = "Only the buckets to which Google copies the source of functions."
    expression  = join(" || ", [for name in ["gcf-v2-sources-", "gcf-v2-uploads-", "run-sources-"] : "resource.name.startsWith(\"projects/_/buckets/${name}\")"])
  }
}

# Container images of the functions. The cleanup policies keep the two newest builds, so frequent deployments do not cost more.
resource "google_artifact_registry_repository" "functions" {
  repository_id          = "stats-functions"
  location               = var.region
  format                 = "DOCKER"
  description            = "Container images that Cloud Functions builds from the jar."
  cleanup_policy_dry_run = false

  cleanup_policies {
    id     = "keep-two"
    action = "KEEP"

    most_recent_versions {
      keep_count = 2
    }
  }

  cleanup_policies {
    id     = "delete-others"
    action = "DELETE"

    condition {
      tag_state  = "ANY"
      older_than = "604800s" # one week; protects a deployment in progress
    }
  }

  depends_on = [google_project_service.apis]
}

resource "google_artifact_registry_repository_iam_member" "build_writer" {
  repository = google_artifact_registry_repository.functions.name
  location   = var.region
  role       = "roles/artifactregistry.writer"
  member     = "serviceAccount:${google_service_account.build.email}"
}

# Identity with which Pub/Sub calls the functions. No other account may call them.
resource "google_service_account" "trigger" {
  account_id   = "stats-trigger"
  display_name = "Delivers messages to the functions"

  depends_on = [google_project_service.apis]
}

# Eventarc rejects some triggers whose account lacks this role. The role permits receiving events and nothing more.
resource "google_project_iam_member" "trigger_event_receiver" {
  project = var.project_id
  role    = "roles/eventarc.eventReceiver"
  member  = "serviceAccount:${google_service_account.trigger.email}"
}

# Service agent of Eventarc. It creates the Pub/Sub subscription of each function when the function is created.
resource "google_project_service_identity" "eventarc" {
  provider = google-beta
  service  = "eventarc.googleapis.com"

  depends_on = [google_project_service.apis]
}
