# Calculates the output `cost`. README.md explains each figure.

locals {
  # Google's list prices in us-central1, in US dollars, as of November 2026. Some regions cost 20 % more.
  price_alert_month      = 0.10
  price_cpu_second       = 0.000024
  price_gib_second       = 0.0000025
  price_gib_stored_month = 0.02
  price_gib_streamed     = 0.05
  price_million_requests = 0.40
  price_scheduler_job    = 0.10
  price_tib_queried      = 6.25

  service_cpus       = tonumber(local.container.resources.limits.cpu)
  service_memory     = local.container.resources.limits.memory
  service_memory_gib = try(tonumber(trimsuffix(local.service_memory, "Gi")), tonumber(trimsuffix(local.service_memory, "Mi")) / 1024)

  price_instance_second = local.service_cpus * local.price_cpu_second + local.service_memory_gib * local.price_gib_second
  price_function_second = local.price_cpu_second + 0.5 * local.price_gib_second

  row_gib               = 2 / 1024 / 1024 # a typical event of 2 KiB
  cpu_seconds_per_event = 0.00006         # the lowest CPU time that was measured
  seconds_per_month     = 31 * 24 * 60 * 60
  max_events_per_month  = local.max_instances * local.service_cpus * local.seconds_per_month / local.cpu_seconds_per_event

  # Per event: one request, 0.1 s of an instance that serves no other request, one row stored for a year.
  cost_million_events = local.price_million_requests + 1000000 * (
    0.1 * local.price_instance_second + local.row_gib * (local.price_gib_streamed + 12 * local.price_gib_stored_month)
  )

  # All instances of the service and of both functions, busy for the whole month.
  cost_max_instances = local.seconds_per_month * (
    local.max_instances * local.price_instance_second
    + local.price_function_second * sum([
      google_cloudfunctions2_function.redrive.service_config[0].max_instance_count,
      google_cloudfunctions2_function.publish.service_config[0].max_instance_count,
    ])
  )

  # Per day: two minutes of the function and about 60 queries, each billed for at least 10 MiB.
  cost_publishing = local.price_scheduler_job + 31 * (120 * local.price_function_second + 60 * 10 / 1024 / 1024 * local.price_tib_queried)

  # All instances busy, plus the requests and rows of as many typical events as they can store.
  cost_max_flood = local.cost_max_instances + local.max_events_per_month * (
    local.price_million_requests / 1000000 + local.row_gib * (local.price_gib_streamed + local.price_gib_stored_month)
  )
}
