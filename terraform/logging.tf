# What is logged, and for how long.

# Cloud Run logs each request with the caller's address and user agent. Thrown away before they are stored; what is counted
# of requests are metrics, which know neither.
resource "google_logging_project_exclusion" "request_logs" {
  name        = "stats-requests"
  description = "Remote address and user agent of whoever sends events or opens the page."
  filter      = "resource.type=\"cloud_run_revision\" AND log_id(\"run.googleapis.com/requests\")"

  depends_on = [google_project_service.apis]
}

# Everything else that is logged, counts and reasons. This bucket is there in every project and is only set here.
resource "google_logging_project_bucket_config" "default" {
  project        = var.project_id
  location       = "global"
  bucket_id      = "_Default"
  retention_days = var.log_retention_days

  depends_on = [google_project_service.apis]
}
