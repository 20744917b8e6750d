variable "alert_email" {
  description = "Address that is told when something is wrong. Null: no alerts, for which Google means to charge."
  type        = string
  default     = null

  validation {
    condition     = var.alert_email == null || can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", var.alert_email))
    error_message = "alert_email: write one address, such as stats@example.org."
  }
}

variable "billing_account" {
  description = "Id of the billing account, for a budget on this project. Null: no budget."
  type        = string
  default     = null

  validation {
    condition     = var.billing_account == null || can(regex("^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$", var.billing_account))
    error_message = "billing_account: write it as `gcloud billing accounts list` does: 012345-6789AB-CDEF01."
  }

  validation {
    condition     = (var.billing_account == null) == (var.monthly_budget == null)
    error_message = "billing_account and monthly_budget belong together: set both, or none."
  }
}

variable "dataset_location" {
  description = "Where BigQuery keeps the events: US, EU or a region. It cannot be changed later without moving the data."
  type        = string
  nullable    = false
  default     = "US"

  validation {
    condition     = can(regex("^(US|EU|[a-z]+-[a-z]+[0-9]+)$", var.dataset_location))
    error_message = "dataset_location: write US, EU or a region such as europe-west1."
  }
}

variable "domain" {
  description = "Host name that the service gets, such as stats.example.org; the output dns_records says what to set. Null: only the address that Cloud Run gives it."
  type        = string
  default     = null

  validation {
    condition     = var.domain == null || can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain))
    error_message = "domain: write a host name in lower case, without https:// or a path."
  }
}

variable "image" {
  description = "Container image to run, by digest. Null: the executable in packages, for which no image is needed."
  type        = string
  default     = null

  validation {
    condition     = var.image == null || can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "image: write it with its digest (…@sha256:…): what a tag names can change unseen."
  }
}

variable "keep_data" {
  description = "Whether a destroy is refused while there are events. Only who gives up the events for good sets it to false."
  type        = bool
  nullable    = false
  default     = true
}

variable "legacy_table" {
  description = "The old server's log-sink table, project.dataset.table; with a * at the end when there is one table a day. Makes the view events_as_logged. Null: no such view."
  type        = string
  default     = null

  validation {
    condition     = var.legacy_table == null || can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]\\.[A-Za-z0-9_]+\\.[A-Za-z0-9_]+\\*?$", var.legacy_table))
    error_message = "legacy_table: write project.dataset.table, or project.dataset.prefix_* for tables by date."
  }
}

variable "log_retention_days" {
  description = "How long Cloud Logging keeps what the service and the function log. Beyond 30 days it is paid for."
  type        = number
  nullable    = false
  default     = 30

  validation {
    condition     = var.log_retention_days >= 1 && var.log_retention_days <= 3650 && floor(var.log_retention_days) == var.log_retention_days
    error_message = "log_retention_days: write a whole number from 1 to 3650."
  }
}

variable "max_instances" {
  description = "Most instances of the service that run at a time: the cap on what abuse can cost. Null: as function.yaml says."
  type        = number
  default     = null

  # A null has no bounds, and || looks at both of its sides.
  validation {
    condition     = contains(range(1, 11), coalesce(var.max_instances, 1))
    error_message = "max_instances: write a whole number from 1 to 10; one was tried with 300 events a second."
  }
}

variable "monthly_budget" {
  description = "What a month may cost, in whole units of the billing account's currency, before its administrators are told. It ends nothing. Null: no budget."
  type        = number
  default     = null

  validation {
    condition     = coalesce(var.monthly_budget, 1) >= 1 && floor(coalesce(var.monthly_budget, 1)) == coalesce(var.monthly_budget, 1)
    error_message = "monthly_budget: write a whole number, 1 or more."
  }
}

variable "packages" {
  description = "Folder with service.tar.gz and functions.zip, as ./mvnw package makes them."
  type        = string
  nullable    = false
  default     = "../target/packages"
}

variable "project_id" {
  description = "Google Cloud project that all of it is made in; it should hold nothing else."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "project_id: write the project's id, not its name or number."
  }
}

variable "public_data" {
  description = "Whether everybody with a Google account may query the public numbers, for reports of their own. The files in the bucket are everybody's in any case: the page is drawn from them."
  type        = bool
  nullable    = false
  default     = true
}

variable "raw_data_readers" {
  description = "Groups and users that may read the view of single events, each once: group:… or user:…. Nobody by default."
  type        = set(string)
  nullable    = false
  default     = []

  validation {
    condition     = alltrue([for reader in var.raw_data_readers : can(regex("^(group|user):[^@\\s]+@[^@\\s]+$", reader))])
    error_message = "raw_data_readers: write group:ADDRESS or user:ADDRESS. The data is nobody else's to read; allUsers least of all."
  }
}

variable "region" {
  description = "Where the service and the function run. Domain mappings exist in some regions only; us-central1 is one."
  type        = string
  nullable    = false
  default     = "us-central1"

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "region: write a region such as us-central1."
  }
}

variable "retention_days" {
  description = "How long an event is kept; then BigQuery deletes its day."
  type        = number
  nullable    = false
  default     = 730

  validation {
    condition     = var.retention_days >= 1 && floor(var.retention_days) == var.retention_days
    error_message = "retention_days: write a whole number of days, 1 or more."
  }
}
