-- title: Spinnaker versions, that one or a later one
-- question: Who has a feature already that came with some release?
-- unit: instances
-- measure: instances
-- period: month
-- Releases that enough instances run. 1.9 comes before 1.17, so they are compared by what last_seen orders them by.
SELECT known.month AS period, known.release AS label, ran.instance, 1 AS count, 0 AS part
FROM (
  SELECT month, release, release_order
  FROM last_seen
  WHERE release IS NOT NULL
  GROUP BY month, release, release_order
  HAVING COUNT(*) >= ${threshold}
) AS known
JOIN last_seen AS ran ON ran.month = known.month AND ran.release_order >= known.release_order
