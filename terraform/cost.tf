# Calculates the output `cost`. README.md explains each figure. bench/cost.js reads the numbers here and must come to the same worst month.

locals {
  # Google's list prices in us-central1, in US dollars, as of November 2026. Some regions cost 20 % more.
  price_alert_month      = 0.10
  price_cpu_second       = 0.000024
  price_gib_second       = 0.0000025
  price_gib_sent         = 0.12
  price_gib_stored_month = 0.02
  price_gib_streamed     = 0.0512 # 0.01 per 200 MiB
  price_million_requests = 0.40
  price_scheduler_job    = 0.10
  price_tib_queried      = 6.25

  service_cpus       = tonumber(local.container.resources.limits.cpu)
  service_memory     = local.container.resources.limits.memory
  service_memory_gib = try(tonumber(trimsuffix(local.service_memory, "Gi")), tonumber(trimsuffix(local.service_memory, "Mi")) / 1024)

  price_instance_second = local.service_cpus * local.price_cpu_second + local.service_memory_gib * local.price_gib_second
  price_function_second = local.price_cpu_second + 0.5 * local.price_gib_second

  row_bytes         = 2048 # a typical event
  bytes_per_token   = 4096 # bytes that count as much as a request, as Limits.PACING has it
  response_bytes    = 250  # with headers and TLS
  bytes_per_gib     = 1073741824
  days_per_month    = 31
  seconds_per_month = local.days_per_month * 24 * 60 * 60

  # The service delays requests beyond this rate of tokens, and rejects them when they have waited for rejected_after_seconds. A request
  # costs a token, and bytes_per_token of an event or a file cost another. A request that waits is one of the concurrent requests, so
  # the number of rejected ones is limited, too.
  max_tokens_per_second   = tonumber([for variable in local.container.env : variable.value if variable.name == "STATS_MAX_EVENTS_PER_SECOND"][0])
  rejected_after_seconds  = 1.5
  max_rejected_per_second = local.revision.spec.containerConcurrency / local.rejected_after_seconds
  max_tokens_per_month    = local.max_instances * local.max_tokens_per_second * local.seconds_per_month
  max_rejected_per_month  = local.max_instances * local.max_rejected_per_second * local.seconds_per_month
  max_query_tib_per_month = local.days_per_month * var.max_query_gib_per_day / 1024

  # Per event: one request, 0.1 s of an instance that serves no other request, one row stored for a year.
  cost_million_events = local.price_million_requests + 1000000 * (
    0.1 * local.price_instance_second + local.row_bytes / local.bytes_per_gib * (local.price_gib_streamed + 12 * local.price_gib_stored_month)
  )

  # All instances of the service and of both functions, busy for the whole month.
  cost_max_instances = local.seconds_per_month * (
    local.max_instances * local.price_instance_second
    + local.price_function_second * sum([for function in local.functions : function.max_instances])
  )

  # Per day: two minutes of the function and about 60 queries, each billed for at least 10 MiB.
  cost_publishing = local.price_scheduler_job + local.days_per_month * (120 * local.price_function_second + 60 * 10 / 1024 / 1024 * local.price_tib_queried)

  # Six uptime checks each five minutes and one synthetic event per hour, each 0.1 s of an otherwise idle instance.
  cost_monitoring = local.price_scheduler_job + (6 * 12 + local.synthetic_events_per_hour) * 24 * local.days_per_month * (
    local.price_million_requests / 1000000 + 0.1 * local.price_instance_second
  )

  # The most that a token can cost: for a small request with its response, for bytes of events that are stored and kept for a month, or
  # for bytes of files that are sent.
  price_request = local.price_million_requests / 1000000 + local.response_bytes / local.bytes_per_gib * local.price_gib_sent
  price_token = max(
    local.price_request,
    local.bytes_per_token / local.bytes_per_gib * (local.price_gib_streamed + local.price_gib_stored_month),
    local.bytes_per_token / local.bytes_per_gib * local.price_gib_sent,
  )

  # The most that abuse can cause: all instances of the service and of redrive busy, every token spent on what costs most, every request
  # that is rejected, and all queries that the quota permits. Nobody outside can start publish.
  cost_max_flood = (
    local.seconds_per_month * (
      local.max_instances * local.price_instance_second + local.functions.redrive.max_instances * local.price_function_second
    )
    + local.max_tokens_per_month * local.price_token
    + local.max_rejected_per_month * local.price_request
    + local.max_query_tib_per_month * local.price_tib_queried
    + local.cost_publishing
  )

  # Nothing limits what a public bucket sends.
  no_limit = "no limit: anyone can download from the public bucket, at ${local.price_gib_sent} dollars per GiB"
}
