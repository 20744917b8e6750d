-- Makes the published numbers of a chart. It is the only path from the daily tables, where each row belongs to one instance,
-- to numbers that everyone may see. A chart reads the tables defined here and yields facts (period, label, instance, runs,
-- failed, share); a cell is all facts with one period and label. docs/privacy.md explains the rules:
--
-- 1. Contribution bound. A cell counts instances, never executions: those with the label, those that use it regularly (30 runs
--    or more) and those that see it fail (more than 10 % of their runs). A share is the mean over instances of each one's share,
--    in millionths, because sums of fractions depend on their order.
-- 2. Allow-lists. A name that is not in the folder lists is (own). A release that is newer than the newest listed one is a
--    label until the list has it, if its year is at most the next one.
-- 3. Second day and exclusion. See voters.sql. An excluded label is left out of each period that the exclusion touches.
-- 4. Threshold and noise. A number is published with noise (see noise.sql) if it is still ${threshold} or more.
WITH
${voters},

-- Instances: one row per instance and day; and the last one of each period. release_order is a sort key (1.9 before 1.17), NULL
-- for versions that are not releases.
instances AS (
  SELECT v.period, r.*
  FROM reports AS r
  JOIN voters AS v ON v.period = r.${period} AND v.instance = r.instance
  WHERE r.day >= DATE '${from}'
),
listed_releases AS (
  SELECT LPAD(CAST(major AS STRING), 4, '0') || LPAD(CAST(minor AS STRING), 4, '0') AS release_order
  FROM (${releases}) AS r
),
last_reports AS (
  SELECT
    *,
    IF(
      STARTS_WITH(release, '('),
      NULL,
      LPAD(SUBSTR(release, 1, STRPOS(release, '.') - 1), 4, '0')
        || LPAD(SUBSTR(release, STRPOS(release, '.') + 1), 4, '0')
    ) AS numbers
  FROM instances
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (PARTITION BY period, instance ORDER BY day DESC) = 1
),
last_listed AS (
  SELECT
    *,
    numbers IN (SELECT release_order FROM listed_releases)
    OR (
      numbers > (SELECT MAX(release_order) FROM listed_releases)
      AND SUBSTR(numbers, 1, 4) <= CAST(EXTRACT(YEAR FROM period) + 1 AS STRING)
      AND SUBSTR(numbers, 5) < '0010'
    ) AS is_listed
  FROM last_reports
),
last_seen AS (
  SELECT
    period,
    instance,
    CASE WHEN is_listed THEN release WHEN STARTS_WITH(release, '(') THEN release ELSE '(not a release)' END AS release,
    IF(is_listed, numbers, NULL) AS release_order,
    CASE
      WHEN COALESCE(deployment_method, '') = '' THEN '(not reported)'
      WHEN deployment_method IN (${deployment_method}) THEN deployment_method
      ELSE '(own)'
    END AS deployment_method,
    CASE
      WHEN COALESCE(environment, '') = '' THEN '(not reported)'
      WHEN environment IN (${environment}) THEN environment
      ELSE '(own)'
    END AS environment,
    CASE
      WHEN COALESCE(deployed_artifacts, '') = '' THEN '(not reported)'
      WHEN deployed_artifacts IN (${deployed_artifacts}) THEN deployed_artifacts
      ELSE '(own)'
    END AS deployed_artifacts,
    pipeline_count
  FROM last_listed
),

-- Releases that enough instances run: the label of another one would reveal that somebody runs it.
common_releases AS (
  SELECT period, release, release_order
  FROM (
    SELECT r.*, ${count_key} AS cell_key
    FROM (
      SELECT s.period, s.release, s.release_order, COUNT(*) AS count, SUM(v.record_key) AS record_keys
      FROM last_seen AS s
      JOIN voters AS v ON v.period = s.period AND v.instance = s.instance
      WHERE s.release_order IS NOT NULL
      GROUP BY s.period, s.release, s.release_order
    ) AS r
    CROSS JOIN secret
  ) AS keyed
  WHERE count + ${noise} >= ${threshold}
),

-- Applications: one row per application and period.
applications AS (
  SELECT DISTINCT i.period, a.instance, a.application
  FROM ${daily_applications} AS a
  JOIN instances AS i ON i.day = a.day AND i.instance = a.instance
  WHERE a.day BETWEEN DATE '${from}' AND DATE '${to}'
),

-- Executions; share is the row's share of the executions of its instance.
executions AS (
  SELECT
    i.period,
    e.instance,
    CASE
      WHEN COALESCE(e.type, '') = '' THEN '(not reported)'
      WHEN e.type IN (${execution_type}) THEN e.type
      ELSE '(own)'
    END AS type,
    CASE
      WHEN COALESCE(e.status, '') = '' THEN '(not reported)'
      WHEN e.status IN (${status}) THEN e.status
      ELSE '(own)'
    END AS status,
    CASE
      WHEN COALESCE(e.trigger, '') = '' THEN '(not reported)'
      WHEN e.trigger IN (${trigger_type}) THEN e.trigger
      ELSE '(own)'
    END AS trigger,
    SUM(e.executions) AS runs,
    SUM(IF(e.status = 'TERMINAL', e.executions, 0)) AS failed,
    CAST(
      FLOOR(1000000 * SUM(e.executions) / SUM(SUM(e.executions)) OVER (PARTITION BY i.period, e.instance)) AS INT64
    ) AS share
  FROM ${daily_executions} AS e
  JOIN instances AS i ON i.day = e.day AND i.instance = e.instance
  WHERE e.day BETWEEN DATE '${from}' AND DATE '${to}'
  GROUP BY 1, 2, 3, 4, 5
),

-- Stages; the provider is NULL for stages that do not use a cloud.
stages AS (
  SELECT
    i.period,
    s.instance,
    CASE
      WHEN COALESCE(s.type, '') = '' THEN '(not reported)'
      WHEN s.type IN (${stage_types}) THEN s.type
      ELSE '(own)'
    END AS type,
    CASE
      WHEN COALESCE(s.provider, '') = '' THEN NULL
      WHEN s.provider IN (${cloud_provider}) THEN s.provider
      ELSE '(own)'
    END AS provider,
    SUM(s.runs) AS runs,
    SUM(IF(s.status IN ('TERMINAL', 'FAILED_CONTINUE', 'STOPPED'), s.runs, 0)) AS failed,
    CAST(
      FLOOR(1000000 * SUM(s.runs) / SUM(SUM(s.runs)) OVER (PARTITION BY i.period, s.instance)) AS INT64
    ) AS share
  FROM ${daily_stages} AS s
  JOIN instances AS i ON i.day = s.day AND i.instance = s.instance
  WHERE s.day BETWEEN DATE '${from}' AND DATE '${to}'
  GROUP BY 1, 2, 3, 4
),

-- The chart, with one vote per instance.
votes AS (
  SELECT
    f.period,
    f.label,
    v.record_key,
    SUM(f.runs) AS runs,
    SUM(f.failed) AS failed,
    SUM(f.share) AS share
  FROM (
${chart}
  ) AS f
  JOIN voters AS v ON v.period = f.period AND v.instance = f.instance
  LEFT JOIN (SELECT * FROM ${excluded} WHERE label IS NOT NULL) AS x
    ON x.label = f.label
    AND x.first_day <= IF('${period}' = 'day', f.period, LAST_DAY(f.period))
    AND COALESCE(x.last_day, f.period) >= f.period
  WHERE x.label IS NULL
  GROUP BY f.period, f.label, f.instance, v.record_key
),

-- The numbers of each cell, and their noise: one instance more or less is 1 in a count and a million in a share.
cells AS (
  SELECT period, label, 'instances' AS number, COUNT(*) AS value, 1 AS vote, SUM(record_key) AS record_keys
  FROM votes
  GROUP BY period, label
  UNION ALL
  SELECT period, label, 'regular', COUNT(*), 1, SUM(record_key)
  FROM votes
  WHERE runs >= 30
  GROUP BY period, label
  UNION ALL
  SELECT period, label, 'failing', COUNT(*), 1, SUM(record_key)
  FROM votes
  WHERE failed * 10 > runs
  GROUP BY period, label
  UNION ALL
  SELECT period, label, 'share', SUM(share), 1000000, SUM(record_key)
  FROM votes
  GROUP BY period, label
),
noisy AS (
  SELECT period, label, number, value + vote * ${noise} AS value
  FROM (
    SELECT c.*, IF(c.number = 'share', ${share_key}, ${count_key}) AS cell_key
    FROM cells AS c
    CROSS JOIN secret
  ) AS keyed
),
points AS (
  SELECT
    period,
    label,
    MAX(IF(number = 'instances', value, NULL)) AS instances,
    MAX(IF(number = 'regular' AND value >= ${threshold}, value, NULL)) AS regular,
    MAX(IF(number = 'failing' AND value >= ${threshold}, value, NULL)) AS failing,
    MAX(IF(number = 'share', value, NULL)) AS share
  FROM noisy
  GROUP BY period, label
)
SELECT
  '${name}' AS chart,
  p.period,
  p.label,
  p.instances,
  IF(p.regular > p.instances, p.instances, p.regular) AS regular,
  IF(p.failing > p.instances, p.instances, p.failing) AS failing,
  CASE
    WHEN p.share < 0 THEN 0
    WHEN p.share > 1000000 * o.instances THEN 100
    ELSE CAST(ROUND(p.share / (10000 * o.instances)) AS INT64)
  END AS share
FROM points AS p
JOIN periods AS o ON o.period = p.period
WHERE p.instances >= ${threshold} AND o.instances >= ${threshold}
