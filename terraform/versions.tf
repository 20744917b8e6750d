terraform {
  required_version = ">= 1.9" # a variable's validation may look at other variables

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 7.15, < 9"
    }
    # Has what is in preview: an executable from a bucket on Cloud Run.
    google-beta = {
      source  = "hashicorp/google-beta"
      version = ">= 7.15, < 9"
    }
  }
}

provider "google" {
  project = var.project_id
  region  = var.region
}

provider "google-beta" {
  project = var.project_id
  region  = var.region
}

# The budgets API wants to know a project that its calls are counted for; others would then need APIs that are not on yet.
provider "google" {
  alias                 = "budget"
  project               = var.project_id
  billing_project       = var.project_id
  user_project_override = true
}

# An empty project has next to none of these on. They stay on after a destroy: something else may use them by then.
resource "google_project_service" "needed" {
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
