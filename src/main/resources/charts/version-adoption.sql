-- title: Version adoption (this release or newer)
-- question: How many instances already have a feature introduced in a given release?
-- section: Instances and versions
-- unit: instances
-- measure: instances
-- period: month
-- view: bars
-- order: label
-- labels: cumulative
-- Includes releases that enough instances run, the newest of them if there are too many. They are compared by release_order,
-- because 1.9 is older than 1.17. Instances whose release is unknown are not counted.
SELECT known.month AS period, known.release || ' or newer' AS label, ran.instance, 1 AS count, 0 AS part
FROM (
  SELECT month, release, release_order
  FROM last_seen
  WHERE release_order IS NOT NULL
  GROUP BY month, release, release_order
  HAVING COUNT(*) >= ${threshold}
  QUALIFY ROW_NUMBER() OVER (PARTITION BY month ORDER BY release_order DESC) <= ${max_labels}
) AS known
JOIN last_seen AS ran ON ran.month = known.month AND ran.release_order >= known.release_order
