# Dead letters: events wait in a topic while BigQuery is unavailable, and the function redrive stores them later.

locals {
  dead_letter_topic     = "stats-dead-letters"    # also named in function.yaml
  max_message_retention = "${31 * 24 * 60 * 60}s" # the maximum of Pub/Sub
}

# The topic keeps messages after their delivery, too, so that they can be replayed (runbook.md).
resource "google_pubsub_topic" "dead_letters" {
  name                       = local.dead_letter_topic
  message_retention_duration = local.max_message_retention
  deletion_policy            = local.deletion_policy

  depends_on = [google_project_service.apis]
}

# Parking topic: rows that BigQuery rejects permanently, for a person to inspect.
resource "google_pubsub_topic" "parking" {
  name                       = "stats-parked"
  message_retention_duration = local.max_message_retention
  deletion_policy            = local.deletion_policy

  depends_on = [google_project_service.apis]
}

# Holds parked rows until a person acknowledges them. Pub/Sub deletes a subscription after 31 days without activity; an empty ttl
# prevents that.
resource "google_pubsub_subscription" "parking" {
  name                       = "stats-parked"
  topic                      = google_pubsub_topic.parking.id
  message_retention_duration = local.max_message_retention
  deletion_policy            = local.deletion_policy
  ack_deadline_seconds       = 600 # time to inspect a row

  expiration_policy {
    ttl = ""
  }
}

# Topics and the subscription hold events, and a message to the topic of publish can release a month. Nobody else has a role on them:
# the next plan shows and removes what was granted otherwise.
resource "google_pubsub_topic_iam_policy" "topics" {
  for_each = {
    (google_pubsub_topic.dead_letters.name) = [google_service_account.service.email]
    (google_pubsub_topic.parking.name)      = [google_service_account.redrive.email]
    (google_pubsub_topic.publish.name)      = []
  }

  topic = each.key
  policy_data = jsonencode({
    bindings = [for email in each.value : { role = "roles/pubsub.publisher", members = ["serviceAccount:${email}"] }]
  })
}

resource "google_pubsub_subscription_iam_policy" "parking" {
  subscription = google_pubsub_subscription.parking.name
  policy_data  = jsonencode({ bindings = [] })
}

# Identity of the function redrive. It may insert rows (bigquery.tf) and publish to the parking topic.
resource "google_service_account" "redrive" {
  account_id   = "stats-redrive"
  display_name = "Function redrive: inserts rows, parks rejected rows"

  depends_on = [google_project_service.apis]
}
