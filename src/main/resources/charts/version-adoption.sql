-- title: Version adoption (this release or newer)
-- question: How many instances already have a feature introduced in a given release?
-- section: Instances and versions
-- unit: instances
-- measure: instances
-- period: month
-- view: bars
-- order: label
-- labels: cumulative
-- Includes releases that enough instances run. They are compared by release_order, because 1.9 is older than 1.17.
SELECT known.month AS period, known.release AS label, ran.instance, 1 AS count, 0 AS part
FROM (
  SELECT month, release, release_order
  FROM last_seen
  WHERE release IS NOT NULL
  GROUP BY month, release, release_order
  HAVING COUNT(*) >= ${threshold}
) AS known
JOIN last_seen AS ran ON ran.month = known.month AND ran.release_order >= known.release_order
