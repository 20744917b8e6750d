-- title: Environments
-- question: Where does Spinnaker run?
-- section: Deployment and size
-- numbers: instances
-- period: month
-- view: bars
-- order: value
-- labels: exclusive
-- explain: (own) means a value that Spinnaker does not have.
-- explain: (not reported) means that the instance does not report this. Spinnaker reports it since 1.21.
-- Counts the last value that an instance reported in the month.
SELECT period, environment AS label, instance, 0 AS runs, 0 AS failed, NULL AS share
FROM last_seen
