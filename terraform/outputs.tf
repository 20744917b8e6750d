output "cost" {
  description = "Estimated cost in US dollars, by list prices and without free tiers. README.md explains each figure."

  # max_flood_per_month takes an element of a list, because a condition would make a string of the number, too.
  value = {
    alerts_per_month        = local.price_alert_month * length(local.alerts)
    idle                    = 0
    max_flood_per_month     = [ceil(local.cost_max_flood), local.no_limit][var.public_bucket ? 1 : 0]
    max_instances_per_month = ceil(local.cost_max_instances)
    monitoring_per_month    = ceil(local.cost_monitoring)
    per_million_events      = ceil(local.cost_million_events)
    publishing_per_month    = ceil(local.cost_publishing)
  }
}

output "data_url" {
  description = "Base URL of the public files. index.json lists them."
  value       = "${local.base_url}/data"
}

output "dead_letter_trigger" {
  description = "Eventarc trigger of the function redrive. To replay dead letters, seek its subscription."
  value       = google_cloudfunctions2_function.functions["redrive"].event_trigger[0].trigger
}

output "dns_records" {
  description = "DNS records to create for the domain. Empty without a domain. If Google has not provided them yet, wait a minute and run `terraform apply -refresh-only`."
  value       = flatten([for mapping in google_cloud_run_domain_mapping.stats : [for status in mapping.status : status.resource_records]])
}

output "looker_studio_url" {
  description = "Opens a new Looker Studio report on the public chart data. Append &ds.billingProjectId= and the id of your project."
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
  description = "URL of the public page."
  value       = local.base_url
}

output "raw_data_view" {
  description = "View that raw_data_readers can query."
  value       = "${var.project_id}.${google_bigquery_table.shared_events.dataset_id}.${google_bigquery_table.shared_events.table_id}"
  depends_on  = [google_bigquery_table_iam_policy.raw_data_readers]
}

output "service_url" {
  description = "URL that Cloud Run assigns to the service, with or without a domain."
  value       = google_cloud_run_v2_service.stats.uri
}
