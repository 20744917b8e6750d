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
