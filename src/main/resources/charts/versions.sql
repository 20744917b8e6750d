-- title: Spinnaker versions
-- question: Which releases of Spinnaker are in use?
-- section: Instances and versions
-- unit: instances
-- measure: share
-- period: month
-- view: trend
-- order: label
-- labels: exclusive
-- explain: (development build) means that the instance reports a build of a branch, such as main-107.
-- explain: (not reported) means that the instance reports no version, or “unknown”.
-- explain: (not a release) means that the instance reports a version that is neither a release nor a known development build.
-- tile: Most used version
-- tile-value: top
-- Counts the last value that an instance reported in the month.
-- The suffix keeps a label text: programs that read CSV files take 1.30 for the number 1.3.
SELECT month AS period, IF(release_order IS NULL, release, release || '.x') AS label, instance, 1 AS count, 0 AS part
FROM last_seen
