output "cost" {
  description = "In US dollars, by list prices, without the free tiers. README.md says what each stands for."
  value = {
    idle                 = 0
    per_million_events   = ceil(local.cost_of_a_million)
    alerts_per_month     = local.alert_month * length(local.alerts)
    publishing_per_month = ceil(local.cost_of_publishing)
    # The caps: max_instances and the functions', busy without a pause.
    max_instances_per_month = ceil(local.cost_of_instances)
    max_flood_per_hour      = ceil(local.cost_of_flood * 3600 / local.month)
    max_flood_per_month     = ceil(local.cost_of_flood)
  }
}

output "data_url" {
  description = "Where the public files are: index.json says which there are, DATE/index.json which there were."
  value       = "${local.public_bucket_url}/data"
  depends_on  = [google_storage_bucket_iam_binding.public_readers]
}

output "dead_letter_trigger" {
  description = "Eventarc's trigger of the function; its subscription is sought back for a replay."
  value       = google_cloudfunctions2_function.redrive.event_trigger[0].trigger
}

output "dns_records" {
  description = "What to set at the domain's DNS. None without a domain. Google may need a minute to know them: refresh then."
  value       = flatten([for mapping in google_cloud_run_domain_mapping.stats : [for status in mapping.status : status.resource_records]])
}

output "looker_studio_url" {
  description = "Opens a new report on the public numbers. Who opens it adds &ds.billingProjectId= and a project of their own."
  value = "https://lookerstudio.google.com/reporting/create?${join("&", [
    "c.mode=edit",
    "ds.connector=bigQuery",
    "ds.type=TABLE",
    "ds.projectId=${var.project_id}",
    "ds.datasetId=${google_bigquery_dataset.public.dataset_id}",
    "ds.tableId=${google_bigquery_table.charts.table_id}",
  ])}"
}

output "page_url" {
  description = "Where everybody sees the numbers."
  value       = var.domain == null ? google_cloud_run_v2_service.stats.uri : "https://${var.domain}"
}

output "raw_data_view" {
  description = "What raw_data_readers may read."
  value       = "${var.project_id}.${google_bigquery_table.distinct_events.dataset_id}.${google_bigquery_table.distinct_events.table_id}"
  depends_on  = [google_bigquery_table_iam_binding.raw_data_readers]
}

output "service_url" {
  description = "Where the service is, with or without a domain."
  value       = google_cloud_run_v2_service.stats.uri
}
