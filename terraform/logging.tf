# Retention of logs, and the exclusion of request logs.

# Cloud Run logs the client's IP address and user agent with each request. This exclusion discards the request log before it is
# stored. Cloud Run's request metrics contain neither and are kept.
resource "google_logging_project_exclusion" "request_logs" {
  name        = "stats-requests"
  description = "Request logs hold the IP addresses and user agents of clients."
  filter      = "resource.type=\"cloud_run_revision\" AND log_id(\"run.googleapis.com/requests\")"

  depends_on = [google_project_service.apis]
}

# All other logs: counts and reasons. The bucket exists in every project; Terraform only sets its retention.
resource "google_logging_project_bucket_config" "default" {
  project        = var.project_id
  location       = "global"
  bucket_id      = "_Default"
  retention_days = var.log_retention_days

  depends_on = [google_project_service.apis]
}
