# The public service on Cloud Run: POST /log, the page at / and its data files at /data.

locals {
  # CPU, memory, limits and environment variables of the service are defined in function.yaml and nowhere else.
  manifest = yamldecode(replace(replace(
    file("${path.module}/../function.yaml"), "my-project", var.project_id), "my-region", var.region,
  ))
  revision  = local.manifest.spec.template
  container = local.revision.spec.containers[0]
  probe     = local.container.startupProbe

  max_instances      = coalesce(var.max_instances, tonumber(local.revision.metadata.annotations["autoscaling.knative.dev/maxScale"]))
  service_package    = "${var.packages}/service.tar.gz"
  deploys_executable = var.image == null
}

# Identity of the service. bigquery.tf, dead_letter.tf and publish.tf grant its only three permissions.
resource "google_service_account" "service" {
  account_id   = split("@", local.revision.spec.serviceAccountName)[0]
  display_name = "Public service: inserts rows, publishes dead letters, reads public files"

  depends_on = [google_project_service.apis]
}

# Deployed packages. A build makes them again, so a destroy deletes them.
resource "google_storage_bucket" "packages" {
  name                        = "${var.project_id}-stats-packages"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = true

  depends_on = [google_project_service.apis]
}

# The name contains a hash, so a new executable is a new object and causes a new revision. Old objects stay in the bucket,
# because old revisions need them to start after a rollback.
resource "google_storage_bucket_object" "executable" {
  count = local.deploys_executable ? 1 : 0

  bucket          = google_storage_bucket.packages.name
  name            = "service-${try(filemd5(local.service_package), "missing")}.tar.gz"
  source          = local.service_package
  deletion_policy = "ABANDON"

  lifecycle {
    precondition {
      condition     = fileexists(local.service_package)
      error_message = "${local.service_package} does not exist. Run ./mvnw package -Dnative first, or set packages to the folder that holds it."
    }
  }
}

# Service agent of Cloud Run. It downloads the executable from the bucket.
resource "google_project_service_identity" "cloud_run" {
  provider = google-beta
  service  = "run.googleapis.com"

  depends_on = [google_project_service.apis]
}

resource "google_storage_bucket_iam_binding" "packages" {
  bucket  = google_storage_bucket.packages.name
  role    = "roles/storage.objectViewer"
  members = [google_project_service_identity.cloud_run.member]
}

# The service is stateless, so it needs no deletion protection.
resource "google_cloud_run_v2_service" "stats" {
  provider = google-beta

  name                 = local.manifest.metadata.name
  location             = var.region
  description          = "Receives usage events from Spinnaker instances and serves the public charts."
  ingress              = "INGRESS_TRAFFIC_ALL"
  invoker_iam_disabled = true # public; many organizations forbid granting roles to allUsers
  deletion_protection  = false

  template {
    service_account                  = google_service_account.service.email
    max_instance_request_concurrency = local.revision.spec.containerConcurrency
    timeout                          = "${local.revision.spec.timeoutSeconds}s"

    scaling {
      min_instance_count = tonumber(local.revision.metadata.annotations["autoscaling.knative.dev/minScale"])
      max_instance_count = local.max_instances
    }

    containers {
      image          = local.deploys_executable ? local.container.image : var.image
      command        = local.deploys_executable ? local.container.command : null
      base_image_uri = local.deploys_executable ? jsondecode(local.revision.metadata.annotations["run.googleapis.com/base-images"])[""] : null

      dynamic "source_code" {
        for_each = google_storage_bucket_object.executable

        content {
          cloud_storage_source {
            bucket = source_code.value.bucket
            object = source_code.value.name
          }
        }
      }

      ports {
        container_port = local.container.ports[0].containerPort
      }

      resources {
        cpu_idle          = tobool(local.revision.metadata.annotations["run.googleapis.com/cpu-throttling"])
        startup_cpu_boost = tobool(local.revision.metadata.annotations["run.googleapis.com/startup-cpu-boost"])
        limits            = local.container.resources.limits
      }

      startup_probe {
        period_seconds    = local.probe.periodSeconds
        timeout_seconds   = local.probe.timeoutSeconds
        failure_threshold = local.probe.failureThreshold

        tcp_socket {
          port = local.probe.tcpSocket.port
        }
      }

      dynamic "env" {
        for_each = local.container.env

        content {
          name  = env.value.name
          value = env.value.value
        }
      }
    }
  }

  # `terraform apply` undoes a rollback made with `gcloud run services update-traffic`.
  traffic {
    type    = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST"
    percent = 100
  }

  depends_on = [terraform_data.permissions_in_effect]
}
