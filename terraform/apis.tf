# APIs that an empty project has to enable. A destroy leaves them enabled, because other software may use them by then.
resource "google_project_service" "apis" {
  for_each = setunion(
    [
      "artifactregistry.googleapis.com", # stores the container images of the functions
      "bigquery.googleapis.com",
      "cloudbuild.googleapis.com", # builds the functions
      "cloudfunctions.googleapis.com",
      "cloudresourcemanager.googleapis.com", # grants roles on the project
      "cloudscheduler.googleapis.com",       # starts the function publish
      "eventarc.googleapis.com",             # delivers Pub/Sub messages to the functions
      "iam.googleapis.com",
      "logging.googleapis.com",
      "monitoring.googleapis.com",
      "pubsub.googleapis.com",
      "run.googleapis.com",
      "storage.googleapis.com",
    ],
    var.billing_account == null ? [] : ["billingbudgets.googleapis.com"],
  )

  service            = each.key
  disable_on_destroy = false
}
