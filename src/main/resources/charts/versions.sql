-- title: Spinnaker versions
-- question: Which releases of Spinnaker are in use?
-- unit: instances
-- measure: share
-- period: month
-- As an instance said last in the month; (none) is a version that does not begin with two numbers.
SELECT month AS period, release AS label, instance, 1 AS count, 0 AS part
FROM last_seen
