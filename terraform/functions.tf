# Resources that the functions redrive and publish share: one package, one build account, one trigger account.

locals {
  functions_package = "${var.packages}/functions.zip"
}

# The name contains a hash, so the functions are redeployed only if the jar has changed.
resource "google_storage_bucket_object" "functions" {
  bucket          = google_storage_bucket.packages.name
  name            = "functions-${try(filemd5(local.functions_package), "missing")}.zip"
  source          = local.functions_package
  deletion_policy = "ABANDON"

  lifecycle {
    precondition {
      condition     = fileexists(local.functions_package)
      error_message = "${local.functions_package} does not exist. Run ./mvnw package -Dfunctions first, or set packages to the folder that holds it."
    }
  }
}

# Identity of Cloud Build when it packs the jar into a container. The default would be the default compute account.
resource "google_service_account" "build" {
  account_id   = "stats-build"
  display_name = "Builds the functions"

  depends_on = [google_project_service.apis]
}

# The build writes a log and reads the jar. Google copies the jar to a bucket that does not exist before the first build, so the
# role is granted on the project.
resource "google_project_iam_member" "build_roles" {
  for_each = toset(["roles/logging.logWriter", "roles/storage.objectViewer"])

  project = var.project_id
  role    = each.key
  member  = "serviceAccount:${google_service_account.build.email}"
}

# Container images of the functions. The cleanup policies keep the two newest builds, so frequent deployments do not cost more.
resource "google_artifact_registry_repository" "functions" {
  repository_id          = "stats-functions"
  location               = var.region
  format                 = "DOCKER"
  description            = "Container images that Cloud Functions builds from the jar."
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
      older_than = "604800s" # one week; protects a deployment in progress
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

# Identity with which Pub/Sub calls the functions. No other account may call them.
resource "google_service_account" "trigger" {
  account_id   = "stats-trigger"
  display_name = "Delivers messages to the functions"

  depends_on = [google_project_service.apis]
}

# Eventarc rejects some triggers whose account lacks this role. The role permits receiving events and nothing more.
resource "google_project_iam_member" "trigger_event_receiver" {
  project = var.project_id
  role    = "roles/eventarc.eventReceiver"
  member  = "serviceAccount:${google_service_account.trigger.email}"
}

# Service agent of Eventarc. It creates the Pub/Sub subscription of each function when the function is created.
resource "google_project_service_identity" "eventarc" {
  provider = google-beta
  service  = "eventarc.googleapis.com"

  depends_on = [google_project_service.apis]
}
