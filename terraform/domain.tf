# Host name of the service. A domain mapping is free and includes a certificate; a load balancer costs 18 dollars per month. Domain
# mappings are in preview and exist only in some regions. The account that applies must have verified the domain (README.md).
resource "google_cloud_run_domain_mapping" "stats" {
  count = var.domain == null ? 0 : 1

  name     = var.domain
  location = var.region

  metadata {
    namespace = var.project_id
  }

  spec {
    route_name = google_cloud_run_v2_service.stats.name
  }
}
