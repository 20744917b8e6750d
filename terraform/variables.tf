variable "adopt_data" {
  description = "Whether the first apply takes over the data that a tear-down has kept in this project. All of it must exist."
  type        = bool
  nullable    = false
  default     = false
}

variable "alert_email" {
  description = "Email address to notify when an alert fires. Null: no alerts. Google has announced a charge per alert."
  type        = string
  default     = null

  validation {
    condition     = var.alert_email == null || can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", var.alert_email))
    error_message = "alert_email is not a valid email address; expected one address such as stats@example.org."
  }
}

variable "billing_account" {
  description = "ID of the billing account, for a budget on this project. Requires monthly_budget. Null: no budget."
  type        = string
  default     = null

  validation {
    condition     = var.billing_account == null || can(regex("^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$", var.billing_account))
    error_message = "billing_account is not a valid ID; expected the form 012345-6789AB-CDEF01, as `gcloud billing accounts list` prints it."
  }

  validation {
    condition     = (var.billing_account == null) == (var.monthly_budget == null)
    error_message = "Only one of billing_account and monthly_budget is set; set both, or neither."
  }
}

variable "contact" {
  description = "Address that the page gives for requests in private, such as to delete the events of an instance: an e-mail address or an https URL. Null: the page names SECURITY.md."
  type        = string
  default     = null

  validation {
    condition     = var.contact == null || can(regex("^([^@ ]+@[^@ ]+|https://[^ ]+)$", var.contact))
    error_message = "contact is not a valid address; expected an e-mail address or an https URL."
  }
}

variable "dataset_location" {
  description = "BigQuery location of the events: US, EU or a region. It cannot change while keep_data is true: export the tables, destroy everything and deploy again."
  type        = string
  nullable    = false
  default     = "US"

  validation {
    condition     = can(regex("^(US|EU|[a-z]+-[a-z]+[0-9]+)$", var.dataset_location))
    error_message = "dataset_location is not a valid location; expected US, EU or a region such as europe-west1."
  }
}

variable "domain" {
  description = "Host name of the service, such as stats.example.org; the output dns_records has its DNS records. Null: the URL that Cloud Run assigns."
  type        = string
  default     = null

  validation {
    condition     = var.domain == null || can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain))
    error_message = "domain is not a valid host name; expected lower case without https:// and without a path, such as stats.example.org."
  }

  validation {
    condition     = length(coalesce(var.domain, "-")) <= 64
    error_message = "domain is longer than the 64 characters that a certificate permits; choose a shorter host name."
  }

  validation {
    condition = var.domain == null || contains([
      "asia-east1", "asia-northeast1", "asia-southeast1", "europe-north1", "europe-west1", "europe-west4", "us-central1", "us-east1",
      "us-east4", "us-west1",
    ], var.region)
    error_message = "Cloud Run has no domain mappings in this region. Choose asia-east1, asia-northeast1, asia-southeast1, europe-north1, europe-west1, europe-west4, us-central1, us-east1, us-east4 or us-west1, or leave domain out and put Firebase Hosting or a load balancer in front of the service."
  }
}

variable "image" {
  description = "Container image to deploy, with its digest. In another project, the service agent of Cloud Run (service-NUMBER@serverless-robot-prod.iam.gserviceaccount.com) needs roles/artifactregistry.reader there. Null: the executable in packages, which needs no image."
  type        = string
  default     = null

  validation {
    condition     = var.image == null || can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "image has no digest; expected IMAGE@sha256:DIGEST, because a tag can be moved to another image."
  }
}

variable "keep_data" {
  description = "Whether `terraform destroy` refuses to destroy anything. Set it to false, and apply, only to delete all data permanently."
  type        = bool
  nullable    = false
  default     = true
}

variable "legacy_table" {
  description = "Log-sink table of the old server, project.dataset.table, or project.dataset.prefix_* for one table per day. Creates the view events_as_logged. Null: no view."
  type        = string
  default     = null

  validation {
    condition     = var.legacy_table == null || can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]\\.[A-Za-z0-9_]+\\.[A-Za-z0-9_]+\\*?$", var.legacy_table))
    error_message = "legacy_table is not a valid table name; expected project.dataset.table, or project.dataset.prefix_* for one table per day."
  }
}

variable "log_retention_days" {
  description = "Days for which Cloud Logging keeps the logs. Google charges for more than 30 days."
  type        = number
  nullable    = false
  default     = 30

  validation {
    condition     = var.log_retention_days >= 1 && var.log_retention_days <= 3650 && floor(var.log_retention_days) == var.log_retention_days
    error_message = "log_retention_days is out of range; expected an integer from 1 to 3650."
  }
}

variable "max_instances" {
  description = "Maximum number of instances of the service, which limits the cost of abuse. Null: the value in function.yaml."
  type        = number
  default     = null

  # coalesce, because a comparison with null fails and || evaluates both operands.
  validation {
    condition     = contains(range(1, 11), coalesce(var.max_instances, 1))
    error_message = "max_instances is out of range; expected an integer from 1 to 10. One instance takes 29 usual events per second."
  }
}

variable "max_query_gib_per_day" {
  description = "GiB that queries in this project may read per day, which limits the cost of queries. The function publish fails beyond it until the next day; it needs 28 for 10 million events per day."
  type        = number
  nullable    = false
  default     = 100

  validation {
    condition     = var.max_query_gib_per_day >= 1 && floor(var.max_query_gib_per_day) == var.max_query_gib_per_day
    error_message = "max_query_gib_per_day is out of range; expected an integer of 1 or more."
  }
}

variable "monthly_budget" {
  description = "Monthly budget, in whole units of the billing account's currency. Exceeding it sends alerts; it does not stop spending. Requires billing_account. Null: no budget."
  type        = number
  default     = null

  validation {
    condition     = coalesce(var.monthly_budget, 1) >= 1 && floor(coalesce(var.monthly_budget, 1)) == coalesce(var.monthly_budget, 1)
    error_message = "monthly_budget is out of range; expected an integer of 1 or more."
  }
}

variable "packages" {
  description = "Folder with service.tar.gz and functions.zip, as built by ./mvnw package. If only its path changes, the plan replaces both objects by the same ones."
  type        = string
  nullable    = false
  default     = "../target/packages"
}

variable "permission_wait_seconds" {
  description = "Seconds to wait, once, until new service agents and roles are in effect. Google needs up to two minutes."
  type        = number
  nullable    = false
  default     = 120

  validation {
    condition     = var.permission_wait_seconds >= 0 && floor(var.permission_wait_seconds) == var.permission_wait_seconds
    error_message = "permission_wait_seconds is out of range; expected an integer of 0 or more."
  }
}

variable "project_id" {
  description = "ID of the Google Cloud project to deploy to. Use a project that contains nothing else."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "project_id is not a valid project ID; expected the ID, such as spinnaker-stats, not the project's name or number."
  }
}

variable "public_bucket" {
  description = "Whether anyone can read the public files from their bucket, too. Many organisations forbid that, and egress from a bucket has no limit. The service serves the same files at /data."
  type        = bool
  nullable    = false
  default     = false
}

variable "public_data" {
  description = "Whether anyone with a Google account can query the chart data in BigQuery. Many organisations forbid that. The page and its files have the same numbers."
  type        = bool
  nullable    = false
  default     = false
}

variable "raw_data_readers" {
  description = "Groups and users that can query the view stats_shared.events: group:ADDRESS or user:ADDRESS. Default: none."
  type        = set(string)
  nullable    = false
  default     = []

  validation {
    condition     = alltrue([for reader in var.raw_data_readers : can(regex("^(group|user):[^@\\s]+@[^@\\s]+$", reader))])
    error_message = "raw_data_readers contains an invalid member; expected group:ADDRESS or user:ADDRESS. Raw data must never be public, so allUsers is not accepted."
  }
}

variable "region" {
  description = "Region of the service, the functions and the bucket of public files. `domain` requires one of ten regions. It cannot change while keep_data is true."
  type        = string
  nullable    = false
  default     = "us-central1"

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "region is not a valid region; expected a name such as us-central1."
  }
}

variable "remove_default_editor" {
  description = "Whether to take the role Editor from the default compute account, which nothing here uses. Only in a project that contains nothing else; a destroy does not give the role back."
  type        = bool
  nullable    = false
  default     = false
}

variable "retention_days" {
  description = "Days for which BigQuery keeps events and roll-ups before it deletes them."
  type        = number
  nullable    = false
  default     = 730

  validation {
    condition     = var.retention_days >= 1 && floor(var.retention_days) == var.retention_days
    error_message = "retention_days is out of range; expected an integer of 1 or more."
  }
}
