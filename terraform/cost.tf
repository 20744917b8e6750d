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
