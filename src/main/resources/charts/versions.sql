-- title: Spinnaker versions
-- question: Which Spinnaker releases are in use?
-- section: Instances and versions
-- numbers: instances
-- period: month
-- view: trend
-- order: label
-- labels: exclusive
-- explain: (development build) means that the instance reports a build of a branch, such as main-107.
-- explain: (not reported) means that the instance reports no version, or “unknown”.
-- explain: (not a release) means that the instance reports a version that is neither a release of Spinnaker nor a known development build.
-- annotation: 2026-09 From September 2026, Spinnaker reports the version of its build. Until then, every instance that Halyard did not deploy reported “unknown”.
-- tile: Most used version
-- tile-value: top
-- Counts the last value that an instance reported in the month.
-- The suffix keeps a label text: programs that read CSV files take 1.30 for the number 1.3.
SELECT period, IF(release_order IS NULL, release, release || '.x') AS label, instance, 0 AS runs, 0 AS failed, NULL AS share
FROM last_seen
