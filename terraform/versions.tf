terraform {
  required_version = ">= 1.9" # variable validation can refer to other variables since 1.9

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 7.15, < 9"
    }
    # Cloud Run from an executable in a bucket (source_code) is a preview feature.
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

# The budgets API requires a quota project. The default provider sets none, because its calls would then need APIs that are not
# enabled yet.
provider "google" {
  alias                 = "budget"
  project               = var.project_id
  billing_project       = var.project_id
  user_project_override = true
}
