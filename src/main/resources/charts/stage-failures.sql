-- title: Stages that fail
-- question: Which stages fail, and how often?
-- unit: stage runs
-- measure: share
-- period: month
-- Failed: TERMINAL (and the execution with it), FAILED_CONTINUE (which goes on) and STOPPED (whose branch ends).
-- Of the providers where enough instances failed, or none, and enough did not, or none.
SELECT month AS period, type AS label, instance, runs AS count, failed AS part
FROM stages
WHERE failures_known
