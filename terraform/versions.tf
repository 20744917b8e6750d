terraform {
  required_version = ">= 1.9" # variable validation can refer to other variables since 1.9

  # Without this block, the state is a file in this folder. To share it, remove the # and run, with a bucket that keeps versions:
  # terraform init -backend-config=bucket=BUCKET -backend-config=prefix=stats
  #
  # backend "gcs" {}

  # Version 7.45 repairs a BigQuery update that overwrote the access list, and plans of Cloud Run that never become empty. Version 8
  # has not been tried. Each release has a lock file with the versions that were tested (README.md).
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 7.45, < 8"
    }
    # Cloud Run from an executable in a bucket (source_code) is a preview feature.
    google-beta = {
      source  = "hashicorp/google-beta"
      version = ">= 7.45, < 8"
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

# The budgets API requires a quota project. The default provider sets none, because its calls would then need APIs that are not
# enabled yet.
provider "google" {
  alias                 = "budget"
  project               = var.project_id
  billing_project       = var.project_id
  user_project_override = true
}
