-- title: Deployment methods
-- question: Which tools deploy Spinnaker, and are they worth maintaining?
-- unit: instances
-- measure: share
-- period: month
-- As an instance said last in the month; (none) is mostly a Spinnaker before 1.18, which does not tell.
SELECT month AS period, deployment_method AS label, instance, 1 AS count, 0 AS part
FROM last_seen
