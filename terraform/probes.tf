# Requests from outside, so that silence means something: an uptime check of the page and a synthetic event.

locals {
  base_url = var.domain == null ? google_cloud_run_v2_service.stats.uri : "https://${var.domain}"

  # The instance of terraform/smoke.sh, which sends the same event. The rules of the charts leave it out.
  synthetic_instance        = sha256("smoke-test")
  synthetic_events_per_hour = 1
}

# Google requests the page from six places on four continents and looks at the certificate. Free up to a million checks per month.
resource "google_monitoring_uptime_check_config" "page" {
  display_name = "stats: page"
  period       = "300s"
  timeout      = "10s"

  http_check {
    path         = "/"
    port         = 443
    use_ssl      = true
    validate_ssl = true
  }

  monitored_resource {
    type = "uptime_url"

    labels = {
      host       = trimprefix(local.base_url, "https://")
      project_id = var.project_id
    }
  }

  depends_on = [google_project_service.apis]
}

# One event per hour through the public host name, on the way of every other event.
resource "google_cloud_scheduler_job" "synthetic_event" {
  name             = "stats-synthetic-event"
  region           = var.region
  description      = "Sends the event of the smoke test once per hour."
  schedule         = "41 * * * *"
  time_zone        = "Etc/UTC"
  attempt_deadline = "30s"

  http_target {
    http_method = "POST"
    uri         = "${local.base_url}/log"
    headers     = { "Content-Type" = "application/json" }
    body = base64encode(jsonencode({
      spinnakerInstance = { id = local.synthetic_instance, version = "smoke-test" }
      application       = { id = sha256("synthetic event") }
    }))
  }

  depends_on = [google_project_service.apis]
}
