# The private dataset with the events, the shared dataset with its view, and the permissions to write and read events.

locals {
  resources_dir = "${path.module}/../src/main/resources"
  storage_dir   = "${local.resources_dir}/storage"
  views_dir     = "${local.storage_dir}/views"
  enum_rows     = [for row in split("\n", chomp(file("${local.resources_dir}/lists/enums.tsv"))) : split("\t", row)]
  stage_types   = [for row in split("\n", chomp(file("${local.resources_dir}/lists/stage-types.tsv"))) : split("\t", row)[0]]

  # The names that Spinnaker itself can report, by kind, each kind as a list for IN. The first line of a file has the column names.
  allow_lists = {
    for kind, names in merge(
      { for row in slice(local.enum_rows, 1, length(local.enum_rows)) : row[0] => row[1]... },
      { stage_types = slice(local.stage_types, 1, length(local.stage_types)) },
    ) : kind => join(", ", [for name in names : "'${name}'"])
  }

  # The names of the private tables in SQL. A view that uses one is created after all tables.
  sql_tables = {
    for table in concat(
      [google_bigquery_table.events],
      values(google_bigquery_table.rollups),
      values(google_bigquery_table.chart_tables),
      values(google_bigquery_table.publication),
    ) : table.table_id => "`${var.project_id}.${table.dataset_id}.${table.table_id}`"
  }

  retention_ms = var.retention_days * 24 * 60 * 60 * 1000
}

# Private dataset. Without `access`, every editor and viewer of the project could read the events. The list is complete: the next plan
# shows and removes what anyone else has added.
resource "google_bigquery_dataset" "stats" {
  dataset_id                 = "stats"
  description                = "Usage events of Spinnaker instances, and the tables derived from them."
  location                   = var.dataset_location
  delete_contents_on_destroy = !var.keep_data

  access {
    role          = "OWNER"
    special_group = "projectOwners"
  }

  # Authorized datasets: their views read these tables on behalf of readers who cannot. Only owners can make views there.
  dynamic "access" {
    for_each = [google_bigquery_dataset.public.dataset_id, google_bigquery_dataset.shared.dataset_id]

    content {
      dataset {
        target_types = ["VIEWS"]

        dataset {
          project_id = var.project_id
          dataset_id = access.value
        }
      }
    }
  }

  depends_on = [google_project_service.apis]
}

# One row per event, in the columns that the service writes.
resource "google_bigquery_table" "events" {
  dataset_id          = google_bigquery_dataset.stats.dataset_id
  table_id            = "events"
  description         = "One row per event, rarely two. The view distinct_events contains each event once."
  schema              = file("${local.storage_dir}/events.schema.json")
  deletion_protection = var.keep_data

  # A query for one month reads only the partitions of that month, and BigQuery deletes expired days as a whole.
  time_partitioning {
    type          = "DAY"
    field         = "received_at"
    expiration_ms = local.retention_ms
  }

  # BigQuery clusters by top-level columns only, so spinnaker_instance.id is not possible. Clustering by event_id places duplicate
  # rows next to each other, which makes deduplication in the view cheap.
  clustering = ["event_id"]
}

# View for owners. A view holds no data, so it needs no deletion protection.
resource "google_bigquery_table" "distinct_events" {
  dataset_id          = google_bigquery_dataset.stats.dataset_id
  table_id            = "distinct_events"
  description         = "Each event once, with all columns of events."
  deletion_protection = false

  view {
    query          = chomp(templatefile("${local.views_dir}/distinct_events.sql", local.sql_tables))
    use_legacy_sql = false
  }
}

# View for owners: candidates for the lists of names that charts show.
resource "google_bigquery_table" "unlisted_names" {
  dataset_id          = google_bigquery_dataset.stats.dataset_id
  table_id            = "unlisted_names"
  description         = "Names that charts show as (own) although 20 instances or more sent them in the last 90 days."
  deletion_protection = false

  view {
    query          = chomp(templatefile("${local.views_dir}/unlisted_names.sql", merge(local.sql_tables, local.allow_lists)))
    use_legacy_sql = false
  }
}

# Shared dataset. It contains only views, so that access to it never includes the events table.
resource "google_bigquery_dataset" "shared" {
  dataset_id  = "stats_shared"
  description = "Views for readers without access to the dataset stats."
  location    = var.dataset_location

  access {
    role          = "OWNER"
    special_group = "projectOwners"
  }

  depends_on = [google_project_service.apis]
}

# View for raw_data_readers, without what can identify an instance.
resource "google_bigquery_table" "shared_events" {
  dataset_id          = google_bigquery_dataset.shared.dataset_id
  table_id            = "events"
  description         = "Each event once, up to yesterday: the day in place of the time, ids that change every year, releases in place of versions, and (own) in place of names that Spinnaker does not have."
  deletion_protection = false

  view {
    query = chomp(templatefile("${local.views_dir}/shared_events.sql", merge(local.sql_tables, local.allow_lists, {
      release = chomp(file("${local.storage_dir}/rollups/release.sql"))
    })))
    use_legacy_sql = false
  }
}

# Readers of the view. Nobody else has a role on it: the next apply removes what was granted otherwise. Readers run and pay for their
# queries in their own projects, so they need no role in this project.
resource "google_bigquery_table_iam_policy" "raw_data_readers" {
  dataset_id = google_bigquery_dataset.shared.dataset_id
  table_id   = google_bigquery_table.shared_events.table_id
  policy_data = jsonencode({
    bindings = length(var.raw_data_readers) == 0 ? [] : [{ role = "roles/bigquery.dataViewer", members = var.raw_data_readers }]
  })
}

# Old and new events in the columns of the old server's log sink, so that old queries keep working. Only for owners: it has times,
# ids and free text that raw_data_readers must not see, as the old table had.
resource "google_bigquery_table" "events_as_logged" {
  count = var.legacy_table == null ? 0 : 1

  dataset_id          = google_bigquery_dataset.stats.dataset_id
  table_id            = "events_as_logged"
  description         = "Old and new events in the columns of the old server's log sink."
  deletion_protection = false

  view {
    query = chomp(templatefile("${local.views_dir}/events_as_logged.sql", {
      events       = "`${var.project_id}.stats.${google_bigquery_table.distinct_events.table_id}`"
      legacy_table = "`${var.legacy_table}`"
    }))
    use_legacy_sql = false
  }
}

# Permits inserting rows and nothing else. The predefined role dataEditor also permits reading and deleting.
resource "google_project_iam_custom_role" "row_inserter" {
  role_id     = "statsRowInserter"
  title       = "Stats row inserter"
  description = "Inserts rows. Cannot read, change or delete rows."
  permissions = ["bigquery.tables.updateData"]

  depends_on = [google_project_service.apis]
}

# Permits reading and writing rows and nothing else. The predefined role dataEditor also permits changing and deleting tables.
resource "google_project_iam_custom_role" "row_editor" {
  role_id     = "statsRowEditor"
  title       = "Stats row editor"
  description = "Reads and replaces rows."
  permissions = ["bigquery.tables.get", "bigquery.tables.getData", "bigquery.tables.updateData"]

  depends_on = [google_project_service.apis]
}

locals {
  # All roles on the private tables. The service and the function redrive write events; the function publish reads them.
  table_bindings = merge(
    { for name in setunion(local.table_names.rollups, local.table_names.charts, ["salts"]) : name => [
      { role = google_project_iam_custom_role.row_editor.name, members = ["serviceAccount:${google_service_account.publish.email}"] },
    ] },
    {
      events = [
        { role = google_project_iam_custom_role.row_inserter.name, members = [
          "serviceAccount:${google_service_account.redrive.email}",
          "serviceAccount:${google_service_account.service.email}",
        ] },
        { role = "roles/bigquery.dataViewer", members = ["serviceAccount:${google_service_account.publish.email}"] },
      ]
      excluded = [
        { role = "roles/bigquery.dataViewer", members = ["serviceAccount:${google_service_account.publish.email}"] },
      ]
    },
  )
}

# Nobody else has a role on a private table: the next plan shows and removes what was granted otherwise.
resource "google_bigquery_table_iam_policy" "tables" {
  for_each = local.table_bindings

  dataset_id  = google_bigquery_dataset.stats.dataset_id
  table_id    = each.key
  policy_data = jsonencode({ bindings = each.value })

  depends_on = [
    google_bigquery_table.chart_tables,
    google_bigquery_table.events,
    google_bigquery_table.publication,
    google_bigquery_table.rollups,
  ]
}

# Caps what queries cost. Readers of shared data query in their own projects, so only owners and the function publish count.
resource "google_service_usage_consumer_quota_override" "query_bytes" {
  provider = google-beta

  service        = "bigquery.googleapis.com"
  metric         = urlencode("bigquery.googleapis.com/quota/query/usage")
  limit          = urlencode("/d/project")
  override_value = tostring(var.max_query_gib_per_day * 1024) # in MiB
  force          = true                                       # the default is 200 TiB, and Google asks before a large reduction

  depends_on = [google_project_service.apis]
}
