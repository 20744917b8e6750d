# What the functions redrive and publish share.

# The identity that Pub/Sub calls the functions as, this one and publish; the only one that may.
resource "google_service_account" "trigger" {
  account_id   = "stats-trigger"
  display_name = "Delivers messages to the functions"

  depends_on = [google_project_service.apis]
}

# Eventarc refuses some triggers whose account lacks this role. It lets events in, and nothing else.
resource "google_project_iam_member" "trigger_event_receiver" {
  project = var.project_id
  role    = "roles/eventarc.eventReceiver"
  member  = "serviceAccount:${google_service_account.trigger.email}"
}

# Pub/Sub's subscription of the function is Eventarc's own, which makes it when the function is made.
resource "google_project_service_identity" "eventarc" {
  provider = google-beta
  service  = "eventarc.googleapis.com"

  depends_on = [google_project_service.apis]
}

# The identity that Cloud Build makes a container of the jar as; else it would be the default compute account.
resource "google_service_account" "build" {
  account_id   = "stats-build"
  display_name = "Builds the functions"

  depends_on = [google_project_service.apis]
}

# What that takes: the jar, which Google copies to a bucket that is not there before, and the build's log.
resource "google_project_iam_member" "build_roles" {
  for_each = toset(["roles/logging.logWriter", "roles/storage.objectViewer"])

  project = var.project_id
  role    = each.key
  member  = "serviceAccount:${google_service_account.build.email}"
}

# What it builds. Of old builds the last two stay, so that deploying often does not cost more.
resource "google_artifact_registry_repository" "functions" {
  repository_id          = "stats-functions"
  location               = var.region
  format                 = "DOCKER"
  description            = "Containers that Cloud Functions builds of the jar."
  cleanup_policy_dry_run = false

  cleanup_policies {
    id     = "keep-two"
    action = "KEEP"

    most_recent_versions {
      keep_count = 2
    }
  }

  cleanup_policies {
    id     = "delete-others"
    action = "DELETE"

    condition {
      tag_state  = "ANY"
      older_than = "604800s" # a week: not what is being deployed
    }
  }

  depends_on = [google_project_service.apis]
}

resource "google_artifact_registry_repository_iam_member" "build_writer" {
  repository = google_artifact_registry_repository.functions.name
  location   = var.region
  role       = "roles/artifactregistry.writer"
  member     = "serviceAccount:${google_service_account.build.email}"
}

# Named by its content, so that another jar is deployed and the same one is not.
resource "google_storage_bucket_object" "functions" {
  bucket          = google_storage_bucket.packages.name
  name            = "functions-${try(filemd5(local.functions_package), "missing")}.zip"
  source          = local.functions_package
  deletion_policy = "ABANDON"

  lifecycle {
    precondition {
      condition     = fileexists(local.functions_package)
      error_message = "There is no ${local.functions_package}: run ./mvnw package -Dfunctions first."
    }
  }
}
