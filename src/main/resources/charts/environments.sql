-- title: Environments
-- question: Where does Spinnaker run?
-- unit: instances
-- measure: share
-- period: month
-- As an instance said last in the month; (none) is mostly a Spinnaker before 1.21, which does not tell.
SELECT month AS period, environment AS label, instance, 1 AS count, 0 AS part
FROM last_seen
