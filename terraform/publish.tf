# Publication: roll-ups and chart tables, the daily function that writes the public files, the public bucket and the public dataset.

locals {
  public_bucket = "${var.project_id}-stats-public" # also named in function.yaml

  # One table per schema file.
  table_names = {
    for folder in ["charts", "publication", "rollups"] :
    folder => toset([for file in fileset("${local.storage_dir}/${folder}", "*.schema.json") : trimsuffix(file, ".schema.json")])
  }
}

# Roll-ups: the activity of each instance on each day, the only source of the charts. Each row contains the hash of an instance, so
# the roll-ups are as private as the events and expire with them.
resource "google_bigquery_table" "rollups" {
  for_each = local.table_names.rollups

  dataset_id          = google_bigquery_dataset.stats.dataset_id
  table_id            = each.key
  description         = "Rolled up from events by the function publish."
  schema              = file("${local.storage_dir}/rollups/${each.key}.schema.json")
  deletion_protection = var.keep_data

  time_partitioning {
    type          = "DAY"
    field         = "day"
    expiration_ms = local.retention_ms
  }
}

# Published numbers, and the periods that are drawn. They contain counts of instances but no hashes, so they never expire and
# outlive the events.
resource "google_bigquery_table" "chart_tables" {
  for_each = local.table_names.charts

  dataset_id          = google_bigquery_dataset.stats.dataset_id
  table_id            = each.key
  description         = "Computed from the roll-ups by the function publish."
  schema              = file("${local.storage_dir}/charts/${each.key}.schema.json")
  deletion_protection = var.keep_data
}

# Salts, which the function publish creates, and the instances and labels that owners have excluded. With the salts, noise can be
# removed and the ids of the shared view can be recognized. Nothing can compute these rows again, so they never expire.
resource "google_bigquery_table" "publication" {
  for_each = local.table_names.publication

  dataset_id          = google_bigquery_dataset.stats.dataset_id
  table_id            = each.key
  description         = { excluded = "Written by owners (runbook.md).", salts = "Secret. Written by the function publish." }[each.key]
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

# Public files. The service reads them with its own identity and serves them at /data; with public_bucket, anyone can read and list the
# bucket, so store nothing else in it. There is one copy of each file: two copies of a number that is drawn twice would reveal what
# was deleted in between.
resource "google_storage_bucket" "public" {
  name                        = local.public_bucket
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = var.public_bucket ? "inherited" : "enforced"
  force_destroy               = true
  deletion_policy             = local.deletion_policy

  # An overwritten file is gone at once, so nobody can compare two versions of a redrawn month.
  soft_delete_policy {
    retention_duration_seconds = 0
  }

  # With public_bucket, lets other web pages fetch the files.
  cors {
    origin          = ["*"]
    method          = ["GET", "HEAD"]
    response_header = ["Content-Type", "ETag"]
    max_age_seconds = 3600
  }

  depends_on = [google_project_service.apis]
}

# Complete for each role: the next plan shows and removes what anyone else has been granted. Not the whole policy of the bucket, because
# without it, owners themselves could not delete the bucket.
resource "google_storage_bucket_iam_binding" "public" {
  for_each = {
    objectUser   = ["serviceAccount:${google_service_account.publish.email}"] # overwriting requires permission to delete
    objectViewer = concat(var.public_bucket ? ["allUsers"] : [], ["serviceAccount:${google_service_account.service.email}"])
  }

  bucket  = google_storage_bucket.public.name
  role    = "roles/storage.${each.key}"
  members = each.value
}

# A message starts the function publish. Its attributes `release` and `redraw` are decisions of an owner (runbook.md).
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

# Chart data for reports in SQL or Looker Studio. With public_data, anyone with a Google account can query its view; readers pay
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
    query          = chomp(templatefile("${local.views_dir}/charts.sql", local.sql_tables))
    use_legacy_sql = false
  }
}
