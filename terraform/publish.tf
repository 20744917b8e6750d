# Publication: roll-ups and chart tables, the daily function that writes the public files, the public bucket and the public dataset.

locals {
  storage_dir       = "${local.resources_dir}/storage"
  public_bucket     = "${var.project_id}-stats-public" # also named in function.yaml
  public_bucket_url = "https://storage.googleapis.com/${google_storage_bucket.public.name}"
}

# Roll-ups: the activity of each instance on each day, the only source of the charts. Each row contains the hash of an instance, so
# the roll-ups are as private as the events and expire with them.
resource "google_bigquery_table" "rollups" {
  for_each = toset([for file in fileset("${local.storage_dir}/rollups", "*.schema.json") : trimsuffix(file, ".schema.json")])

  dataset_id          = google_bigquery_dataset.stats.dataset_id
  table_id            = each.key
  description         = "Rolled up from events by the function publish."
  schema              = file("${local.storage_dir}/rollups/${each.key}.schema.json")
  deletion_protection = var.keep_data

  time_partitioning {
    type          = "DAY"
    field         = "day"
    expiration_ms = var.retention_days * 24 * 60 * 60 * 1000
  }
}

# Published numbers, and the periods that are drawn. They contain counts of instances but no hashes, so they never expire and
# outlive the events.
resource "google_bigquery_table" "chart_tables" {
  for_each = toset([for file in fileset("${local.storage_dir}/charts", "*.schema.json") : trimsuffix(file, ".schema.json")])

  dataset_id          = google_bigquery_dataset.stats.dataset_id
  table_id            = each.key
  description         = "Computed from the roll-ups by the function publish."
  schema              = file("${local.storage_dir}/charts/${each.key}.schema.json")
  deletion_protection = var.keep_data
}

# Salts, which the function publish creates, and the instances and labels that owners have excluded. With the salts, noise can be
# removed and the ids of the shared view can be recognized. Nothing can compute these rows again, so they never expire.
resource "google_bigquery_table" "publication" {
  for_each = toset([for file in fileset("${local.storage_dir}/publication", "*.schema.json") : trimsuffix(file, ".schema.json")])

  dataset_id          = google_bigquery_dataset.stats.dataset_id
  table_id            = each.key
  description         = { excluded = "Written by owners (README.md).", salts = "Secret. Written by the function publish." }[each.key]
  schema              = file("${local.storage_dir}/publication/${each.key}.schema.json")
  deletion_protection = var.keep_data
}

# Identity of the function. No other account of this project's software may read events.
resource "google_service_account" "publish" {
  account_id   = "stats-publish"
  display_name = "Function publish: reads events, writes roll-ups and public files"

  depends_on = [google_project_service.apis]
}

# Permits running queries. The roles on the tables decide which data a query may read or write.
resource "google_project_iam_member" "publish_job_user" {
  project = var.project_id
  role    = "roles/bigquery.jobUser"
  member  = "serviceAccount:${google_service_account.publish.email}"
}

resource "google_bigquery_table_iam_binding" "event_readers" {
  dataset_id = google_bigquery_dataset.stats.dataset_id
  table_id   = google_bigquery_table.events.table_id
  role       = "roles/bigquery.dataViewer"
  members    = ["serviceAccount:${google_service_account.publish.email}"]
}

resource "google_bigquery_table_iam_binding" "excluded_readers" {
  dataset_id = google_bigquery_dataset.stats.dataset_id
  table_id   = google_bigquery_table.publication["excluded"].table_id
  role       = "roles/bigquery.dataViewer"
  members    = ["serviceAccount:${google_service_account.publish.email}"]
}

# Permits reading and writing rows and nothing else. The predefined role dataEditor also permits changing and deleting tables.
resource "google_project_iam_custom_role" "row_editor" {
  role_id     = "statsRowEditor"
  title       = "Stats row editor"
  description = "Reads and replaces rows."
  permissions = ["bigquery.tables.get", "bigquery.tables.getData", "bigquery.tables.updateData"]

  depends_on = [google_project_service.apis]
}

resource "google_bigquery_table_iam_binding" "row_editors" {
  for_each = merge(google_bigquery_table.rollups, google_bigquery_table.chart_tables, { salts = google_bigquery_table.publication["salts"] })

  dataset_id = google_bigquery_dataset.stats.dataset_id
  table_id   = each.value.table_id
  role       = google_project_iam_custom_role.row_editor.name
  members    = ["serviceAccount:${google_service_account.publish.email}"]
}

# Public files. Anyone can read and list this bucket, so store nothing else in it. There is one copy of each file: two copies of a
# number that is drawn twice would reveal what was deleted in between.
resource "google_storage_bucket" "public" {
  name                        = local.public_bucket
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "inherited"
  force_destroy               = true

  # Lets other web pages fetch the files.
  cors {
    origin          = ["*"]
    method          = ["GET", "HEAD"]
    response_header = ["Content-Type", "ETag"]
    max_age_seconds = 3600
  }

  depends_on = [google_project_service.apis]
}

resource "google_storage_bucket_iam_binding" "public_readers" {
  bucket  = google_storage_bucket.public.name
  role    = "roles/storage.objectViewer"
  members = ["allUsers"]
}

resource "google_storage_bucket_iam_binding" "public_writers" {
  bucket  = google_storage_bucket.public.name
  role    = "roles/storage.objectUser" # overwriting requires permission to delete
  members = ["serviceAccount:${google_service_account.publish.email}"]
}

# A message starts the function publish. Its attributes `release` and `redraw` are decisions of an owner (README.md).
resource "google_pubsub_topic" "publish" {
  name = "stats-publish"

  depends_on = [google_project_service.apis]
}

# Once per day. Charts use UTC days; three hours after midnight most late events have arrived. Cloud Scheduler publishes with its
# own service agent, which Google permits to publish in the whole project.
resource "google_cloud_scheduler_job" "publish" {
  name        = "stats-publish"
  region      = var.region
  description = "Starts the function publish once per day."
  schedule    = "17 3 * * *"
  time_zone   = "Etc/UTC"

  pubsub_target {
    topic_name = google_pubsub_topic.publish.id
    data       = base64encode("publish")
  }

  retry_config {
    retry_count = 5
  }

  depends_on = [google_project_service.apis]
}

resource "google_cloud_run_v2_service_iam_binding" "publish_invokers" {
  name     = google_cloudfunctions2_function.publish.name
  location = var.region
  role     = "roles/run.invoker"
  members  = ["serviceAccount:${google_service_account.trigger.email}"]
}

# Rolls up events, computes the charts and writes the public files. Same jar as redrive.
resource "google_cloudfunctions2_function" "publish" {
  name        = "publish"
  location    = var.region
  description = "Computes the charts and writes them to the public bucket."

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
    service_account_email = google_service_account.publish.email
    ingress_settings      = "ALLOW_INTERNAL_ONLY" # Pub/Sub counts as internal
    available_cpu         = "1"                   # a JVM starts slowly with less
    available_memory      = "512M"                # measured: 160 MiB
    timeout_seconds       = 540                   # the maximum; the first run has many days to roll up
    min_instance_count    = 0
    max_instance_count    = 1 # two runs at a time would do the same work twice

    max_instance_request_concurrency = 1

    environment_variables = merge(var.contact == null ? {} : { STATS_CHARTS_CONTACT = var.contact }, {
      QUARKUS_FUNQY_EXPORT           = "publish"
      STATS_PUBLISH_BUCKET           = google_storage_bucket.public.name
      STATS_CHARTS_RETENTION_DAYS    = tostring(var.retention_days)
      STATS_STORAGE_BIGQUERY_DATASET = google_bigquery_dataset.stats.dataset_id
      STATS_STORAGE_BIGQUERY_PROJECT = var.project_id
      STATS_STORAGE_BIGQUERY_TABLE   = google_bigquery_table.events.table_id
    })
  }

  event_trigger {
    trigger_region        = var.region
    event_type            = "google.cloud.pubsub.topic.v1.messagePublished"
    pubsub_topic          = google_pubsub_topic.publish.id
    service_account_email = google_service_account.trigger.email
    retry_policy          = "RETRY_POLICY_RETRY"
  }

  depends_on = [
    google_artifact_registry_repository_iam_member.build_writer,
    google_bigquery_table_iam_binding.event_readers,
    google_bigquery_table_iam_binding.excluded_readers,
    google_bigquery_table_iam_binding.row_editors,
    google_project_iam_member.build_roles,
    google_project_iam_member.publish_job_user,
    google_project_iam_member.trigger_event_receiver,
    google_project_service_identity.eventarc,
    google_storage_bucket_iam_binding.public_writers,
  ]
}

# Public dataset, for reports in SQL or Looker Studio. With public_data, anyone with a Google account can query its view; readers pay
# for their queries in their own projects.
resource "google_bigquery_dataset" "public" {
  dataset_id  = "stats_public"
  description = "The public chart data, as shown on the page."
  location    = var.dataset_location

  access {
    role          = "OWNER"
    special_group = "projectOwners"
  }

  dynamic "access" {
    for_each = var.public_data ? ["allAuthenticatedUsers"] : []

    content {
      role          = "READER"
      special_group = access.value
    }
  }

  depends_on = [google_project_service.apis]
}

# A view holds no data, so it needs no deletion protection.
resource "google_bigquery_table" "charts" {
  dataset_id          = google_bigquery_dataset.public.dataset_id
  table_id            = "charts"
  description         = "Every published number of every chart."
  deletion_protection = false

  view {
    query = chomp(templatefile("${local.views_dir}/charts.sql", {
      chart_points  = "`${var.project_id}.stats.chart_points`"
      drawn_periods = "`${var.project_id}.stats.drawn_periods`"
    }))
    use_legacy_sql = false
  }

  depends_on = [google_bigquery_table.chart_tables]
}

# Authorized view: it reads the chart tables on behalf of readers who cannot.
resource "google_bigquery_dataset_access" "charts" {
  dataset_id = google_bigquery_dataset.stats.dataset_id

  view {
    project_id = var.project_id
    dataset_id = google_bigquery_dataset.public.dataset_id
    table_id   = google_bigquery_table.charts.table_id
  }

  # Both resources change the access list of the same dataset; concurrent changes conflict.
  depends_on = [google_bigquery_dataset_access.shared_events]
}
