-- title: Cloud providers
-- question: Which cloud providers do stages use?
-- section: What Spinnaker is used for
-- numbers: instances, regular, failing
-- period: month
-- view: bars
-- order: value
-- labels: overlapping
-- explain: (own) means a cloud provider that is not part of Spinnaker.
-- unreportable: provider
-- feature: cloud provider
-- tile: Most used cloud provider
-- tile-value: top
-- Excludes stages without a cloud provider, such as wait.
SELECT period, provider AS label, instance, runs, failed, NULL AS share
FROM stages
WHERE provider IS NOT NULL
