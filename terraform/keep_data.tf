# Protects data against a destroy, and takes kept data back into a new deployment.

# Terraform destroys this resource first, because it depends on all others: if it refuses, nothing is destroyed. Without it,
# Terraform would notice a protected table only after it had destroyed the service, the domain and undelivered dead letters. A change of
# a location would destroy as much, so it replaces this resource, too.
resource "terraform_data" "keep_data" {
  input            = var.keep_data
  triggers_replace = [var.dataset_location, var.region]

  provisioner "local-exec" {
    when    = destroy
    command = "[ ${self.output} = false ] || { echo 'keep_data is true, so nothing was destroyed. Locations cannot change; to tear down, see README.md.' >&2; exit 1; }"
  }

  # Every resource on which no other one depends. .ci/check-terraform fails if one is missing.
  depends_on = [
    google_bigquery_table.charts,
    google_bigquery_table.events_as_logged,
    google_bigquery_table.unlisted_names,
    google_bigquery_table_iam_policy.raw_data_readers,
    google_billing_budget.monthly,
    google_cloud_run_domain_mapping.stats,
    google_cloud_run_v2_service_iam_binding.function_invokers,
    google_cloud_scheduler_job.publish,
    google_cloud_scheduler_job.synthetic_event,
    google_logging_project_bucket_config.default,
    google_logging_project_exclusion.request_logs,
    google_monitoring_alert_policy.alerts,
    google_monitoring_dashboard.stats,
    google_project_iam_member_remove.default_editor,
    google_pubsub_subscription_iam_policy.parking,
    google_service_usage_consumer_quota_override.query_bytes,
  ]
}

locals {
  # Protection of what is not a table. The provider refuses to delete a resource with PREVENT.
  deletion_policy = var.keep_data ? "PREVENT" : "DELETE"

  adopted = var.adopt_data ? toset(["kept"]) : toset([])
}

# With adopt_data, the data of an earlier deployment in this project. A resource that is in the state already stays as it is.
import {
  for_each = local.adopted
  to       = google_bigquery_dataset.stats
  id       = "projects/${var.project_id}/datasets/stats"
}

import {
  for_each = local.adopted
  to       = google_bigquery_table.events
  id       = "projects/${var.project_id}/datasets/stats/tables/events"
}

import {
  for_each = var.adopt_data ? local.table_names.rollups : toset([])
  to       = google_bigquery_table.rollups[each.key]
  id       = "projects/${var.project_id}/datasets/stats/tables/${each.key}"
}

import {
  for_each = var.adopt_data ? local.table_names.charts : toset([])
  to       = google_bigquery_table.chart_tables[each.key]
  id       = "projects/${var.project_id}/datasets/stats/tables/${each.key}"
}

import {
  for_each = var.adopt_data ? local.table_names.publication : toset([])
  to       = google_bigquery_table.publication[each.key]
  id       = "projects/${var.project_id}/datasets/stats/tables/${each.key}"
}

import {
  for_each = local.adopted
  to       = google_pubsub_topic.dead_letters
  id       = "projects/${var.project_id}/topics/stats-dead-letters"
}

import {
  for_each = local.adopted
  to       = google_pubsub_topic.parking
  id       = "projects/${var.project_id}/topics/stats-parked"
}

import {
  for_each = local.adopted
  to       = google_pubsub_subscription.parking
  id       = "projects/${var.project_id}/subscriptions/stats-parked"
}

import {
  for_each = local.adopted
  to       = google_storage_bucket.public
  id       = "${var.project_id}/${local.public_bucket}"
}
