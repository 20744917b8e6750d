-- title: Instances per day
-- question: How many instances report each day?
-- section: Instances and versions
-- numbers: instances
-- period: day
-- view: trend
-- order: value
-- labels: exclusive
SELECT period, 'instances' AS label, instance, 0 AS runs, 0 AS failed, NULL AS share
FROM instances
