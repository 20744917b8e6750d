-- title: Stages that fail
-- question: Which stages fail, and how often?
-- section: What Spinnaker is used for
-- unit: stage runs
-- measure: share
-- period: month
-- view: bars
-- order: value
-- labels: overlapping
-- part: stage runs that failed
-- explain: (none) means that the stage has no type.
-- A stage failed if its status is TERMINAL (the execution fails, too), FAILED_CONTINUE (the execution continues) or
-- STOPPED (the branch ends).
-- Includes only combinations of type and provider whose failures may be published; see cells.sql.
SELECT month AS period, type AS label, instance, runs AS count, failed AS part
FROM stages
WHERE failures_known
