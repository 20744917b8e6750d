locals {
  # Google's list prices in us-central1, in US dollars, as of November 2026; some regions cost a fifth more.
  cpu_second   = 0.000024
  gib_second   = 0.0000025
  million_http = 0.40
  gib_streamed = 0.05
  gib_month    = 0.02
  alert_month  = 0.10
  job_month    = 0.10 # of Cloud Scheduler
  tib_queried  = 6.25

  month      = 31 * 24 * 60 * 60
  event_gib  = 2 / 1024 / 1024 # a usual event, as a row
  event_cpu  = 0.00006         # seconds that one was measured to take at best
  cpus       = tonumber(local.container.resources.limits.cpu)
  gib        = try(tonumber(trimsuffix(local.container.resources.limits.memory, "Gi")), tonumber(trimsuffix(local.container.resources.limits.memory, "Mi")) / 1024)
  second     = local.cpus * local.cpu_second + local.gib * local.gib_second
  function   = local.cpu_second + 0.5 * local.gib_second
  most_calls = local.max_instances * local.cpus * local.month / local.event_cpu

  # Each event: its call, a tenth of a second of an instance that nothing shares, its row for a year.
  cost_of_a_million = local.million_http + 1000000 * (0.1 * local.second + local.event_gib * (local.gib_streamed + 12 * local.gib_month))

  # Every instance that there may be, all month.
  cost_of_instances = local.month * (
    local.max_instances * local.second
    + local.function * sum([
      google_cloudfunctions2_function.redrive.service_config[0].max_instance_count,
      google_cloudfunctions2_function.publish.service_config[0].max_instance_count,
    ])
  )

  # Each day two minutes, and some sixty queries of the 10 MiB that BigQuery asks money for at least.
  cost_of_publishing = local.job_month + 31 * (120 * local.function + 60 * 10 / 1024 / 1024 * local.tib_queried)

  # And all the usual events that these could take.
  cost_of_flood = local.cost_of_instances + local.most_calls * (
    local.million_http / 1000000 + local.event_gib * (local.gib_streamed + local.gib_month)
  )
}

output "cost" {
  description = "In US dollars, by list prices, without the free tiers. README.md says what each stands for."
  value = {
    nobody_calls     = 0
    a_million_events = ceil(local.cost_of_a_million)
    alerts_a_month   = local.alert_month * length(local.alerts)
    publish_a_month  = ceil(local.cost_of_publishing)
    # The caps: max_instances and the functions', busy without a pause.
    instances_a_month_at_most = ceil(local.cost_of_instances)
    flood_an_hour_at_most     = ceil(local.cost_of_flood * 3600 / local.month)
    flood_a_month_at_most     = ceil(local.cost_of_flood)
  }
}

output "data_url" {
  description = "Where the public files are: index.json says which there are, DATE/index.json which there were."
  value       = "${local.public_url}/data"
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

output "shared_view" {
  description = "What raw_data_readers may read."
  value       = "${var.project_id}.${google_bigquery_table.distinct_events.dataset_id}.${google_bigquery_table.distinct_events.table_id}"
  depends_on  = [google_bigquery_table_iam_binding.raw_data_readers]
}

output "url" {
  description = "Where the service is, with or without a domain."
  value       = google_cloud_run_v2_service.stats.uri
}
