# What everybody gets to see: the roll-ups, the function that publishes once a day, the files, and the view for reports of one's own.

locals {
  storage_dir       = "${path.module}/../src/main/resources/storage"
  public_bucket     = "${var.project_id}-stats-public" # function.yaml names it, too
  public_bucket_url = "https://storage.googleapis.com/${google_storage_bucket.public.name}"
  dated_copy_days   = 400 # more than a year, so that one can see what was said a year ago
}

# What each instance did on each day. Small, and all that charts are drawn from; with an instance's hash in each row, it is no more
# public than the events are, and kept for no longer.
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

# The numbers of the charts, and how far they go. Of instances they only have how many, so they are kept for good, longer than what
# they could be made from.
resource "google_bigquery_table" "chart_tables" {
  for_each = toset([for file in fileset("${local.storage_dir}/charts", "*.schema.json") : trimsuffix(file, ".schema.json")])

  dataset_id          = google_bigquery_dataset.stats.dataset_id
  table_id            = each.key
  description         = "Drawn from the daily tables by the function publish."
  schema              = file("${local.storage_dir}/charts/${each.key}.schema.json")
  deletion_protection = var.keep_data
}

# The identity of the function. It alone reads events; what it writes, it has to protect.
resource "google_service_account" "publish" {
  account_id   = "stats-publish"
  display_name = "Function publish: reads events, rolls up, writes what is public"

  depends_on = [google_project_service.apis]
}

# To ask BigQuery anything at all. What it may ask about, the tables say.
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

# Rows, and nothing else. Google's own role for it, dataEditor, may change a table's schema and delete it as well.
resource "google_project_iam_custom_role" "row_editor" {
  role_id     = "statsRowEditor"
  title       = "Stats row editor"
  description = "Reads and replaces rows."
  permissions = ["bigquery.tables.get", "bigquery.tables.getData", "bigquery.tables.updateData"]

  depends_on = [google_project_service.apis]
}

resource "google_bigquery_table_iam_binding" "row_editors" {
  for_each = merge(google_bigquery_table.rollups, google_bigquery_table.chart_tables)

  dataset_id = google_bigquery_dataset.stats.dataset_id
  table_id   = each.value.table_id
  role       = google_project_iam_custom_role.row_editor.name
  members    = ["serviceAccount:${google_service_account.publish.email}"]
}

# The public files: data/FILE are the latest, data/DATE/FILE what they were on that day. All of it may be read and listed by
# everybody, so nothing else belongs in here. It can be made again.
resource "google_storage_bucket" "public" {
  name                        = local.public_bucket
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "inherited"
  force_destroy               = true

  # So that pages of others can draw from it.
  cors {
    origin          = ["*"]
    method          = ["GET", "HEAD"]
    response_header = ["Content-Type", "ETag"]
    max_age_seconds = 3600
  }

  # Dates begin with the year, names of files with a letter.
  lifecycle_rule {
    action {
      type = "Delete"
    }

    condition {
      age            = local.dated_copy_days
      matches_prefix = ["data/2"]
    }
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
  role    = "roles/storage.objectUser" # to overwrite is to delete, too
  members = ["serviceAccount:${google_service_account.publish.email}"]
}

# Says that it is time. What the message holds, nobody reads.
resource "google_pubsub_topic" "publish" {
  name = "stats-publish"

  depends_on = [google_project_service.apis]
}

# Once a day, when the day before is over everywhere on the clock that charts go by, and most late events are there. Cloud Scheduler
# publishes as its own service agent, whom Google has given that right in the whole project.
resource "google_cloud_scheduler_job" "publish" {
  name        = "stats-publish"
  region      = var.region
  description = "Has the public numbers drawn."
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

# Rolls up, draws, writes. Of the same jar as redrive.
resource "google_cloudfunctions2_function" "publish" {
  name        = "publish"
  location    = var.region
  description = "Draws the public numbers and writes them to the public bucket."

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
    available_cpu         = "1"                   # a JVM starts slowly on less
    available_memory      = "512M"                # it was seen to need 160 MiB
    timeout_seconds       = 540                   # the longest that there is: the first time there are many days to roll up
    min_instance_count    = 0
    max_instance_count    = 1 # two at a time would do no harm, but twice the work

    max_instance_request_concurrency = 1

    environment_variables = {
      QUARKUS_FUNQY_EXPORT           = "publish"
      STATS_STORAGE_BIGQUERY_PROJECT = var.project_id
      STATS_STORAGE_BIGQUERY_DATASET = google_bigquery_dataset.stats.dataset_id
      STATS_STORAGE_BIGQUERY_TABLE   = google_bigquery_table.events.table_id
      STATS_PUBLISH_BUCKET           = google_storage_bucket.public.name
      STATS_CHARTS_RETENTION_DAYS    = tostring(var.retention_days)
    }
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
    google_bigquery_table_iam_binding.row_editors,
    google_project_iam_member.build_roles,
    google_project_iam_member.publish_job_user,
    google_project_iam_member.trigger_event_receiver,
    google_project_service_identity.eventarc,
    google_storage_bucket_iam_binding.public_writers,
  ]
}

# For reports of one's own. Everybody with a Google account reads the view in it, and pays for that in a project of their own.
resource "google_bigquery_dataset" "public" {
  dataset_id  = "stats_public"
  description = "The public numbers about Spinnakers, as on the page."
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

# Needs no protection: it holds nothing.
resource "google_bigquery_table" "charts" {
  dataset_id          = google_bigquery_dataset.public.dataset_id
  table_id            = "charts"
  description         = "Every number of every chart. as_of is the last day that they describe."
  deletion_protection = false

  view {
    query = chomp(templatefile("${local.views_dir}/charts.sql", {
      chart_points     = "`${var.project_id}.stats.chart_points`"
      chart_watermarks = "`${var.project_id}.stats.chart_watermarks`"
    }))
    use_legacy_sql = false
  }

  depends_on = [google_bigquery_table.chart_tables]
}

# The view may read the numbers, whoever asks it.
resource "google_bigquery_dataset_access" "charts" {
  dataset_id = google_bigquery_dataset.stats.dataset_id

  view {
    project_id = var.project_id
    dataset_id = google_bigquery_dataset.public.dataset_id
    table_id   = google_bigquery_table.charts.table_id
  }

  # Both change the same list; at the same time, one of them would be told to try again.
  depends_on = [google_bigquery_dataset_access.distinct_events]
}
