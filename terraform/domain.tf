# The host name. A domain mapping is free and comes with a certificate; a load balancer would cost 18 dollars a month. Google has
# it in preview, and in some regions only. Whoever applies must have verified the domain (README.md).
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
