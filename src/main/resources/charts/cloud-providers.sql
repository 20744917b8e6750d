-- title: Cloud providers
-- question: Which clouds do stages work on? Is a new one gaining traction? Can an old one be removed?
-- section: What Spinnaker is used for
-- numbers: instances, regular, failing
-- period: month
-- view: bars
-- order: value
-- labels: overlapping
-- explain: (own) means a cloud provider that Spinnaker does not have.
-- unreportable: provider
-- feature: cloud provider
-- tile: Most used cloud
-- tile-value: top
-- Excludes stages without a cloud provider, such as wait.
SELECT period, provider AS label, instance, runs, failed, NULL AS share
FROM stages
WHERE provider IS NOT NULL
