-- title: Stage types on new releases
-- question: How many instances on a given release or newer use a stage type?
-- section: Instances and versions
-- numbers: instances
-- period: month
-- view: bars
-- order: value
-- labels: independent
-- breakdown: stage-types on version-adoption
-- annotation: 2026-09 From September 2026, Spinnaker reports the version of its build. Until then, every instance that Halyard did not deploy reported “unknown” and is not counted here.
-- Has the newest 3 common releases of the list: releases that are not listed can be invented to displace real ones.
--
-- Complementary suppression: a label is left out if too few of its instances are not in the stage type's next newer label.
-- Otherwise, the two numbers together would reveal that somebody on the releases between them uses the stage type.
--
-- Has at most 50 stage types, which are 150 labels, so that nobody can make the file too large.
WITH
-- The releases; age is 1 for the newest one.
shown AS (
  SELECT period, release, release_order, ROW_NUMBER() OVER (PARTITION BY period ORDER BY release_order DESC) AS age
  FROM common_releases
  WHERE release_order IN (SELECT release_order FROM listed_releases)
  QUALIFY ROW_NUMBER() OVER (PARTITION BY period ORDER BY release_order DESC) <= 3
),
-- One row per stage type and instance that uses it; age is that of the newest label that it has. An excluded stage type is left
-- out with all its labels.
users AS (
  SELECT s.period, s.type, s.instance, v.record_key, MIN(n.age) AS age
  FROM stages AS s
  JOIN last_seen AS l ON l.period = s.period AND l.instance = s.instance
  JOIN shown AS n ON n.period = l.period AND n.release_order <= l.release_order
  JOIN voters AS v ON v.period = s.period AND v.instance = s.instance
  LEFT JOIN ${excluded} AS x
    ON x.label = s.type AND x.first_day <= LAST_DAY(s.period) AND COALESCE(x.last_day, s.period) >= s.period
  WHERE x.label IS NULL AND s.type NOT IN ('(own)', '(not reported)', 'UNKNOWN')
  GROUP BY s.period, s.type, s.instance, v.record_key
),
-- The pairs of labels of a stage type that differ by enough instances; newer is 0 where there is no newer label.
steps AS (
  SELECT period, type, newer, age, count + ${noise} AS instances
  FROM (
    SELECT d.*, ${count_key} AS cell_key
    FROM (
      SELECT u.period, u.type, b.newer, n.age, COUNT(*) AS count, SUM(u.record_key) AS record_keys
      FROM users AS u
      JOIN shown AS n ON n.period = u.period AND n.age >= u.age
      JOIN (SELECT 0 AS newer UNION ALL SELECT 1 UNION ALL SELECT 2) AS b ON b.newer < u.age
      GROUP BY u.period, u.type, b.newer, n.age
    ) AS d
    CROSS JOIN secret
  ) AS keyed
  WHERE count + ${noise} >= ${threshold}
),
-- From the newest label of each stage type to the next one that differs enough.
newest AS (
  SELECT period, type, MIN(age) AS age
  FROM steps
  WHERE newer = 0
  GROUP BY period, type
  QUALIFY ROW_NUMBER() OVER (PARTITION BY period ORDER BY MAX(instances) DESC, type) <= 50
),
second AS (
  SELECT s.period, s.type, MIN(s.age) AS age
  FROM newest AS b
  JOIN steps AS s ON s.period = b.period AND s.type = b.type AND s.newer = b.age
  GROUP BY s.period, s.type
),
third AS (
  SELECT s.period, s.type, MIN(s.age) AS age
  FROM second AS b
  JOIN steps AS s ON s.period = b.period AND s.type = b.type AND s.newer = b.age
  GROUP BY s.period, s.type
),
labels AS (
  SELECT * FROM newest
  UNION ALL
  SELECT * FROM second
  UNION ALL
  SELECT * FROM third
)
SELECT
  u.period,
  u.type || ' on ' || n.release || ' or newer' AS label,
  u.instance,
  0 AS runs,
  0 AS failed,
  NULL AS share
FROM labels AS b
JOIN shown AS n ON n.period = b.period AND n.age = b.age
JOIN users AS u ON u.period = b.period AND u.type = b.type AND u.age <= b.age
