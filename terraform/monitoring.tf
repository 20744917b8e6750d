# Log-based metrics, alerts and the budget. Each alert has a section in runbook.md.

locals {
  # Google has announced a charge per alert, so there are none without an address to notify.
  alerts = var.alert_email == null ? {} : merge(local.service_alerts, var.public_bucket ? local.bucket_alerts : {})

  service_alerts = {
    # Google renews a certificate about a month before it expires, unless DNS no longer points to Google.
    certificate-expires = {
      title = "The certificate expires within two weeks"
      for   = "600s"
      query = <<-PROMQL
        min(monitoring_googleapis_com:uptime_check_time_until_ssl_cert_expires{${local.uptime_selector}}) < 14
      PROMQL
    }
    # A constant rate of one request per second costs a few dollars per month. A bill shows it only after a day.
    high-request-rate = {
      title = "More than ${local.high_request_rate} requests per second"
      for   = "600s"
      query = <<-PROMQL
        sum(rate(run_googleapis_com:request_count{${local.service_selector}}[10m])) > ${local.high_request_rate}
      PROMQL
    }
    # Clients sent more events than the scheduler yesterday, and almost none for six hours. Spinnaker also sends events at night.
    no-client-events = {
      title = "No event of a client for six hours"
      for   = "0s"
      query = <<-PROMQL
        (sum(increase(${local.stored_selector}[24h])) > ${2 * 24 * local.synthetic_events_per_hour})
          unless (sum(increase(${local.stored_selector}[6h])) > ${2 * 6 * local.synthetic_events_per_hour})
      PROMQL
    }
    # Not even the synthetic event. The duration gives a new deployment time for its first one.
    no-events-stored = {
      title = "No event stored for two hours"
      for   = "5400s"
      query = <<-PROMQL
        absent(sum(increase(${local.stored_selector}[2h])) > 0)
      PROMQL
    }
    # The subscription of the function keeps a message for 24 hours. A row that BigQuery rejects is parked after an hour and a retry.
    old-dead-letters = {
      title = "A dead letter is more than 75 minutes old"
      for   = "300s"
      query = <<-PROMQL
        max(pubsub_googleapis_com:subscription_oldest_unacked_message_age{
          monitored_resource="pubsub_subscription",subscription_id=~"eventarc-.*redrive.*"}) > 4500
      PROMQL
    }
    parked-rows = {
      title = "BigQuery rejected a row permanently; the row is parked"
      for   = "0s"
      query = <<-PROMQL
        max(pubsub_googleapis_com:subscription_num_undelivered_messages{
          monitored_resource="pubsub_subscription",subscription_id="${google_pubsub_subscription.parking.name}"}) > 0
      PROMQL
    }
    # The function publish runs once per day, so the alert stays open until the month is published.
    publication-held = {
      title = "A month is held until an owner has looked at it"
      for   = "0s"
      query = <<-PROMQL
        sum(increase(logging_googleapis_com:user_${google_logging_metric.publication_held.name}{monitored_resource="cloud_run_revision"}[24h])) > 0
      PROMQL
    }
    responses-5xx = {
      title = "More than 1 % of responses are 5xx or 429"
      for   = "300s"
      query = <<-PROMQL
        sum(rate(run_googleapis_com:request_count{${local.service_selector},response_code=~"5..|429"}[10m]))
          / sum(rate(run_googleapis_com:request_count{${local.service_selector}}[10m])) > 0.01
      PROMQL
    }
    # No successful run within 24 hours, for almost another 24 hours. Cloud Monitoring does not look back further.
    stale-charts = {
      title = "No successful publication for two days"
      for   = "82800s"
      query = <<-PROMQL
        absent(sum(increase(run_googleapis_com:request_count{
          monitored_resource="cloud_run_revision",service_name="${google_cloudfunctions2_function.functions["publish"].name}",response_code_class="2xx"}[24h])) > 0)
      PROMQL
    }
    # Most checks of the last quarter of an hour failed: host name, certificate, or the service.
    unreachable = {
      title = "The page is unreachable from the internet"
      for   = "300s"
      query = <<-PROMQL
        avg(avg_over_time(monitoring_googleapis_com:uptime_check_check_passed{${local.uptime_selector}}[15m])) < 0.5
      PROMQL
    }
    # Unknown values per stored event: the last six hours compared with the last day. A ratio of 0.1 or less never alerts.
    unknown-enum-values = {
      title = "Rising share of UNKNOWN enum values"
      for   = "0s"
      query = <<-PROMQL
        (sum(increase(${local.unknown_selector}[6h])) / sum(increase(${local.stored_selector}[6h])))
          > 1.5 * (sum(increase(${local.unknown_selector}[24h])) / sum(increase(${local.stored_selector}[24h])))
          > 0.1
      PROMQL
    }
  }

  # Nothing limits what anyone can read from a public bucket, and each GiB costs 0.12 dollars.
  bucket_alerts = {
    high-egress = {
      title = "More than ${local.high_egress_gib} GiB per hour leave the public bucket"
      for   = "0s"
      query = <<-PROMQL
        sum(increase(storage_googleapis_com:network_sent_bytes_count{
          monitored_resource="gcs_bucket",bucket_name="${google_storage_bucket.public.name}"}[1h])) > ${local.high_egress_gib * 1024 * 1024 * 1024}
      PROMQL
    }
  }

  high_egress_gib        = 1
  high_request_rate      = 50
  service_selector       = "monitored_resource=\"cloud_run_revision\",service_name=\"${google_cloud_run_v2_service.stats.name}\""
  dead_lettered_selector = "logging_googleapis_com:user_${google_logging_metric.counters["dead_lettered"].name}_sum{monitored_resource=\"cloud_run_revision\"}"
  stored_selector        = "logging_googleapis_com:user_${google_logging_metric.counters["stored"].name}_sum{monitored_resource=\"cloud_run_revision\"}"
  uptime_selector        = "monitored_resource=\"uptime_url\",check_id=\"${google_monitoring_uptime_check_config.page.uptime_check_id}\""
  unknown_selector       = "logging_googleapis_com:user_${google_logging_metric.counters["unknown_enum_value"].name}_sum{monitored_resource=\"cloud_run_revision\"}"
}

# Cloud Monitoring cannot alert on a number in a log line, so these metrics extract it. Once per minute, the service writes each count
# in a line with the labels `metric` and `count`. The filter skips lines without `count`: they report a first failure at once.
resource "google_logging_metric" "counters" {
  # Each key is a value of the label `metric`: the Java enum Metric, in lower case.
  for_each = {
    dead_lettered      = "Rows that the dead-letter topic confirmed."
    stored             = "Rows that BigQuery confirmed."
    unknown_enum_value = "Enum values in events that are UNKNOWN, or that log.proto does not define."
  }

  name        = "stats_${each.key}"
  description = each.value
  filter = join(" AND ", [
    "resource.type=\"cloud_run_revision\"",
    "resource.labels.service_name=\"${google_cloud_run_v2_service.stats.name}\"",
    "jsonPayload.labels.metric=\"${each.key}\"",
    "jsonPayload.labels.count:*",
  ])
  value_extractor = "EXTRACT(jsonPayload.labels.count)"

  # Cloud Logging extracts numbers only into distributions. The sum of the distribution is the count.
  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
    unit        = "1"
  }
}

# The invoker of Cloud Functions logs text. Each run that holds a month logs the metric's name and the reason once.
resource "google_logging_metric" "publication_held" {
  name        = "stats_publication_held"
  description = "Runs of the function publish that held a month until an owner has looked at it."
  filter = join(" AND ", [
    "resource.type=\"cloud_run_revision\"",
    "resource.labels.service_name=\"${google_cloudfunctions2_function.functions["publish"].name}\"",
    "(textPayload:\"publication_held: \" OR jsonPayload.message:\"publication_held: \")",
  ])

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    unit        = "1"
  }
}

resource "google_monitoring_notification_channel" "email" {
  count = var.alert_email == null ? 0 : 1

  display_name = "Maintainers of the statistics service"
  type         = "email"
  labels       = { email_address = var.alert_email }

  depends_on = [google_project_service.apis]
}

resource "google_monitoring_alert_policy" "alerts" {
  for_each = local.alerts

  display_name          = "stats: ${each.value.title}"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.email[0].name]

  conditions {
    display_name = each.value.title

    condition_prometheus_query_language {
      query    = chomp(each.value.query)
      duration = each.value.for
      # In a new project these metrics do not exist yet.
      disable_metric_validation = true
      # Each evaluation is billed, and no alert needs a faster reaction.
      evaluation_interval = "300s"
    }
  }

  documentation {
    mime_type = "text/markdown"
    content   = "Runbook: terraform/runbook.md, section \"${each.key}\"."
  }
}

# Notifies the administrators of the billing account and alert_email at 50, 90 and 100 %. A budget does not stop spending and is
# up to a day late; the alert high-request-rate is faster.
resource "google_billing_budget" "monthly" {
  provider = google.budget
  count    = var.billing_account == null ? 0 : 1

  billing_account = var.billing_account
  display_name    = "Spinnaker usage statistics (${var.project_id})"

  budget_filter {
    projects = ["projects/${google_storage_bucket.packages.project_number}"] # the API takes project numbers only
  }

  amount {
    specified_amount {
      units = tostring(var.monthly_budget)
    }
  }

  dynamic "threshold_rules" {
    for_each = [0.5, 0.9, 1]

    content {
      threshold_percent = threshold_rules.value
    }
  }

  dynamic "all_updates_rule" {
    for_each = google_monitoring_notification_channel.email

    content {
      monitoring_notification_channels = [all_updates_rule.value.name]
    }
  }

  depends_on = [google_project_service.apis]
}
