# The first steps in an empty project: APIs, and a wait until permissions are in effect.

# A destroy leaves the APIs enabled, because other software may use them by then.
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

# Google needs up to two minutes until a new service agent or role is in effect. A function that is built earlier fails, and Terraform
# then replaces it. So the service and the functions wait: with them, the first apply of an empty project succeeds. The wait happens
# once. A provisioner of Terraform itself waits as well as the provider hashicorp/time, and is one provider less to trust.
resource "terraform_data" "permissions_in_effect" {
  provisioner "local-exec" {
    command = "sleep ${var.permission_wait_seconds}"
  }

  depends_on = [
    google_artifact_registry_repository_iam_member.build_writer,
    google_bigquery_table_iam_policy.tables,
    google_project_iam_member.build_log_writer,
    google_project_iam_member.build_source_reader,
    google_project_iam_member.publish_job_user,
    google_project_iam_member.trigger_event_receiver,
    google_project_service_identity.cloud_run,
    google_project_service_identity.eventarc,
    google_pubsub_topic_iam_policy.topics,
    google_storage_bucket_iam_binding.packages,
    google_storage_bucket_iam_binding.public,
  ]
}

# Outside of an organisation, Google makes the default compute account an editor of the project. Nothing here uses this account, but
# software that runs as it could read dead letters. Not google_project_default_service_accounts: it removes every role of two accounts,
# and writes the project's policy back without its conditions.
resource "google_project_iam_member_remove" "default_editor" {
  count = var.remove_default_editor ? 1 : 0

  project = var.project_id
  role    = "roles/editor"
  member  = "serviceAccount:${google_storage_bucket.packages.project_number}-compute@developer.gserviceaccount.com"

  depends_on = [terraform_data.permissions_in_effect]
}
