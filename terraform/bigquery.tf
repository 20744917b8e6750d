# Where the events are, and who may read them.

locals {
  views_dir = "${path.module}/../src/main/resources/storage/views"
}

# The events themselves. Without `access`, every editor and viewer of the project could read them.
resource "google_bigquery_dataset" "stats" {
  dataset_id                 = "stats"
  description                = "Usage events of Spinnakers, as they arrived."
  location                   = var.dataset_location
  delete_contents_on_destroy = !var.keep_data

  access {
    role          = "OWNER"
    special_group = "projectOwners"
  }

  # Or it would take back what google_bigquery_dataset_access adds below.
  lifecycle {
    ignore_changes = [access]
  }

  depends_on = [google_project_service.apis]
}

# One row an event, in the columns that the service writes.
resource "google_bigquery_table" "events" {
  dataset_id          = google_bigquery_dataset.stats.dataset_id
  table_id            = "events"
  description         = "One row for each event, seldom two: the view events of the dataset stats_shared has each once."
  schema              = file("${path.module}/../src/main/resources/storage/events.schema.json")
  deletion_protection = var.keep_data

  # By day: a query about a month reads a month, and a day can be dropped as a whole.
  time_partitioning {
    type          = "DAY"
    field         = "received_at"
    expiration_ms = var.retention_days * 24 * 60 * 60 * 1000
  }

  # BigQuery clusters by columns at the top level only, so spinnaker_instance.id, by which one would, is none. By this one the
  # two rows of an event that was stored twice lie side by side, where the view looks for them.
  clustering = ["event_id"]
}

# What others may read stands apart from what they may not.
resource "google_bigquery_dataset" "shared" {
  dataset_id  = "stats_shared"
  description = "Views of the dataset stats, for those who may not read that."
  location    = var.dataset_location

  access {
    role          = "OWNER"
    special_group = "projectOwners"
  }

  depends_on = [google_project_service.apis]
}

# Each event once. Needs no protection: it holds nothing.
resource "google_bigquery_table" "distinct_events" {
  dataset_id          = google_bigquery_dataset.shared.dataset_id
  table_id            = "events"
  description         = "Each event once, with all columns of stats.events."
  deletion_protection = false

  view {
    query          = chomp(templatefile("${local.views_dir}/distinct_events.sql", { events = "`${var.project_id}.stats.events`" }))
    use_legacy_sql = false
  }

  depends_on = [google_bigquery_table.events]
}

# The view may read the events, whoever asks it.
resource "google_bigquery_dataset_access" "distinct_events" {
  dataset_id = google_bigquery_dataset.stats.dataset_id

  view {
    project_id = var.project_id
    dataset_id = google_bigquery_dataset.shared.dataset_id
    table_id   = google_bigquery_table.distinct_events.table_id
  }
}

# The view, and no other: whoever is not in the list loses this role on it at the next apply. Readers pay for their own queries,
# in projects of their own, so they need no role in this one.
resource "google_bigquery_table_iam_binding" "raw_data_readers" {
  count = length(var.raw_data_readers) > 0 ? 1 : 0

  dataset_id = google_bigquery_dataset.shared.dataset_id
  table_id   = google_bigquery_table.distinct_events.table_id
  role       = "roles/bigquery.dataViewer"
  members    = var.raw_data_readers
}

# Old and new events under the columns of the old log sink, so that old queries go on. In the private dataset: nobody but owners
# could read the old table, either.
resource "google_bigquery_table" "events_as_logged" {
  count = var.legacy_table == null ? 0 : 1

  dataset_id          = google_bigquery_dataset.stats.dataset_id
  table_id            = "events_as_logged"
  description         = "Old and new events, in the columns of the old server's log sink."
  deletion_protection = false

  view {
    query = chomp(templatefile("${local.views_dir}/events_as_logged.sql", {
      events       = "`${var.project_id}.stats_shared.events`"
      legacy_table = "`${var.legacy_table}`"
    }))
    use_legacy_sql = false
  }

  depends_on = [google_bigquery_table.distinct_events]
}

# Insert, and nothing else. Google's own role for it, dataEditor, may read and delete as well.
resource "google_project_iam_custom_role" "row_inserter" {
  role_id     = "statsRowInserter"
  title       = "Stats row inserter"
  description = "Inserts rows; reads, changes and deletes none."
  permissions = ["bigquery.tables.updateData"]

  depends_on = [google_project_service.apis]
}

# Who writes: the service, and the function that catches up for it.
resource "google_bigquery_table_iam_binding" "row_inserters" {
  dataset_id = google_bigquery_dataset.stats.dataset_id
  table_id   = google_bigquery_table.events.table_id
  role       = google_project_iam_custom_role.row_inserter.name
  members = [
    "serviceAccount:${google_service_account.service.email}",
    "serviceAccount:${google_service_account.redrive.email}",
  ]
}
