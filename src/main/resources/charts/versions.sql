-- title: Spinnaker versions
-- question: Which releases of Spinnaker are in use?
-- section: Instances and versions
-- unit: instances
-- measure: share
-- period: month
-- view: trend
-- order: label
-- labels: exclusive
-- unreported: (none) means that the reported version is missing or does not start with a release number.
-- tile: Most used version
-- tile-value: top
-- Counts the last value that an instance reported in the month.
SELECT month AS period, release AS label, instance, 1 AS count, 0 AS part
FROM last_seen
