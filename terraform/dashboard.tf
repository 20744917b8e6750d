# The dashboard of Cloud Monitoring: what arrives, what fails, what it costs.

locals {
  dashboard = [
    {
      title = "Events per minute: stored, dead-lettered"
      queries = [
        "60 * sum(rate(${local.stored_selector}[10m]))",
        "60 * sum(rate(${local.dead_lettered_selector}[10m]))",
      ]
    },
    {
      title   = "Requests per second, by status"
      queries = ["sum by (response_code) (rate(run_googleapis_com:request_count{${local.service_selector}}[10m]))"]
    },
    {
      title = "Latency in ms: median, 99 %"
      queries = [
        for quantile in [0.5, 0.99] :
        "histogram_quantile(${quantile}, sum by (le) (rate(run_googleapis_com:request_latencies_bucket{${local.service_selector}}[10m])))"
      ]
    },
    {
      title   = "Instances"
      queries = ["sum by (state) (run_googleapis_com:container_instance_count{${local.service_selector}})"]
    },
    {
      title = "Messages that wait: dead letters, parked rows"
      queries = [
        for id in ["eventarc-.*redrive.*", google_pubsub_subscription.parking.name] :
        "sum(pubsub_googleapis_com:subscription_num_undelivered_messages{monitored_resource=\"pubsub_subscription\",subscription_id=~\"${id}\"})"
      ]
    },
    {
      title   = "Bytes per second that the service sends"
      queries = ["sum(rate(run_googleapis_com:container_network_sent_bytes_count{${local.service_selector}}[10m]))"]
    },
    {
      title   = "Bytes per hour that BigQuery bills"
      queries = ["sum(increase(bigquery_googleapis_com:query_statement_scanned_bytes_billed{monitored_resource=\"global\"}[1h]))"]
    },
    {
      title   = "Runs of publish per hour, by status"
      queries = ["sum by (response_code_class) (increase(run_googleapis_com:request_count{monitored_resource=\"cloud_run_revision\",service_name=\"publish\"}[1h]))"]
    },
  ]
}

resource "google_monitoring_dashboard" "stats" {
  dashboard_json = jsonencode({
    displayName = "Spinnaker usage statistics"
    mosaicLayout = {
      columns = 48
      tiles = [
        for index, chart in local.dashboard : merge(
          # Google leaves out a position of 0.
          { for name, position in { xPos = 24 * (index % 2), yPos = 16 * floor(index / 2) } : name => position if position > 0 },
          {
            width  = 24
            height = 16
            widget = {
              title = chart.title
              xyChart = {
                dataSets = [for query in chart.queries : { plotType = "LINE", targetAxis = "Y1", timeSeriesQuery = { prometheusQuery = query } }]
              }
            }
          },
        )
      ]
    }
  })
}
