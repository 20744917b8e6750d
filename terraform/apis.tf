# An empty project has next to none of these on. They stay on after a destroy: something else may use them by then.
resource "google_project_service" "apis" {
  for_each = setunion(
    [
      "artifactregistry.googleapis.com", # where Cloud Functions keeps what it builds of the jar
      "bigquery.googleapis.com",
      "cloudbuild.googleapis.com", # builds the functions
      "cloudfunctions.googleapis.com",
      "cloudresourcemanager.googleapis.com", # roles on the project
      "cloudscheduler.googleapis.com",       # says when to publish
      "eventarc.googleapis.com",             # takes messages to the functions
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
