-- What a chart publishes: the only way from the daily tables, where each row belongs to one instance, to numbers that
-- everybody may see. A chart reads what is defined here and yields facts (period, label, instance, count, part); this
-- makes cells of them.
--
-- A number stands for ${threshold} instances or more, and so does every sum and difference of numbers:
-- 1. A day with fewer instances counts nowhere. Else a chart of months minus a chart of days would tell of that day.
-- 2. A period is published when it is over.
-- 3. Executions are counted by whole combinations of type, status and trigger, stages by type and provider. A
--    combination that fewer instances have in a month is (other) in all its parts at once; if that is too few
--    instances, the smallest of the others is (other), too. So every count is a sum of the same combinations, and
--    (other) the same in each chart. With labels merged chart by chart, provider KUBERNETES minus the types of stages
--    that Kubernetes alone has is what one instance named after itself.
-- 4. Instances are rounded down: to a multiple of the threshold, and to three digits. Who is in one chart's set but not
--    in another's drowns in that. (What counts instances counts each once, and is rounded in the same way.)
-- 5. So are counts. What arrives late, or is deleted on request, changes a number that was published before: not by
--    just that much.
-- 6. Failures are told of those combinations of which enough instances failed, or none, and enough did not, or none.
-- 7. A label that fewer instances have in a period becomes (other) in that chart; of fewer instances than that, nothing
--    is said.
WITH
days AS (
  -- two more: the 30 days to the end of a February begin before it
  SELECT day, CAST(SUBSTR(CAST(day AS STRING), 1, 8) || '01' AS DATE) AS month
  FROM ${daily_instances}
  WHERE day BETWEEN DATE '${from}' - 2 AND DATE '${to}'
  GROUP BY day
  HAVING COUNT(DISTINCT instance) >= ${threshold}
),

-- Instances: one row an instance and day; and the last one of each month, with what orders releases (1.9 before 1.17).
instances AS (
  SELECT d.month, i.*
  FROM ${daily_instances} AS i
  JOIN days AS d ON d.day = i.day
  WHERE i.day BETWEEN DATE '${from}' - 2 AND DATE '${to}'
),
last_seen AS (
  SELECT
    *,
    LPAD(SUBSTR(release, 1, STRPOS(release, '.') - 1), 4, '0')
      || LPAD(SUBSTR(release, STRPOS(release, '.') + 1), 4, '0') AS release_order
  FROM instances
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (PARTITION BY month, instance ORDER BY day DESC) = 1
),

-- Applications: one row an application and month.
applications AS (
  SELECT DISTINCT d.month, a.instance, a.application
  FROM ${daily_applications} AS a
  JOIN days AS d ON d.day = a.day
  WHERE a.day BETWEEN DATE '${from}' - 2 AND DATE '${to}'
),

-- Executions (month, instance, type, status, trigger, runs). Instances of a rare combination stay with its parts, its
-- executions do not.
all_executions AS (
  SELECT
    d.month,
    e.instance,
    COALESCE(e.type, '(none)') AS type,
    COALESCE(e.status, '(none)') AS status,
    COALESCE(e.trigger, '(none)') AS trigger,
    SUM(e.executions) AS runs
  FROM ${daily_executions} AS e
  JOIN days AS d ON d.day = e.day
  WHERE e.day BETWEEN DATE '${from}' - 2 AND DATE '${to}'
  GROUP BY 1, 2, 3, 4, 5
),
execution_kinds AS (
  SELECT month, type, status, trigger, COUNT(*) AS instances
  FROM all_executions
  GROUP BY month, type, status, trigger
),
rare_executions AS (
  SELECT e.month, COUNT(DISTINCT e.instance) AS instances
  FROM all_executions AS e
  JOIN execution_kinds AS k
    ON k.month = e.month AND k.type = e.type AND k.status = e.status AND k.trigger = e.trigger
  WHERE k.instances < ${threshold}
  GROUP BY e.month
),
shown_executions AS (
  SELECT k.month, k.type, k.status, k.trigger
  FROM execution_kinds AS k
  LEFT JOIN rare_executions AS r ON r.month = k.month
  WHERE k.instances >= ${threshold}
  QUALIFY r.instances IS NULL
    OR r.instances >= ${threshold}
    OR ROW_NUMBER() OVER (PARTITION BY k.month ORDER BY k.instances, k.type, k.status, k.trigger) > 1
),
marked_executions AS (
  SELECT e.*, s.month IS NOT NULL AS shown
  FROM all_executions AS e
  LEFT JOIN shown_executions AS s
    ON s.month = e.month AND s.type = e.type AND s.status = e.status AND s.trigger = e.trigger
),
executions AS (
  SELECT month, instance, type, status, trigger, IF(shown, runs, 0) AS runs
  FROM marked_executions
  UNION ALL
  SELECT month, instance, '(other)', '(other)', '(other)', runs
  FROM marked_executions
  WHERE NOT shown
),

-- Stages (month, instance, type, provider, runs, failed, failures_known), in the same way.
all_stages AS (
  SELECT
    d.month,
    s.instance,
    COALESCE(s.type, '(none)') AS type,
    COALESCE(s.provider, '(none)') AS provider,
    SUM(s.runs) AS runs,
    SUM(IF(s.status IN ('TERMINAL', 'FAILED_CONTINUE', 'STOPPED'), s.runs, 0)) AS failed
  FROM ${daily_stages} AS s
  JOIN days AS d ON d.day = s.day
  WHERE s.day BETWEEN DATE '${from}' - 2 AND DATE '${to}'
  GROUP BY 1, 2, 3, 4
),
stage_kinds AS (
  SELECT
    month,
    type,
    provider,
    COUNT(*) AS instances,
    COUNTIF(failed > 0) AS failing,
    COUNTIF(failed < runs) AS passing
  FROM all_stages
  GROUP BY month, type, provider
),
rare_stages AS (
  SELECT s.month, COUNT(DISTINCT s.instance) AS instances
  FROM all_stages AS s
  JOIN stage_kinds AS k ON k.month = s.month AND k.type = s.type AND k.provider = s.provider
  WHERE k.instances < ${threshold}
  GROUP BY s.month
),
shown_stages AS (
  SELECT
    k.month,
    k.type,
    k.provider,
    (k.failing = 0 OR k.failing >= ${threshold}) AND (k.passing = 0 OR k.passing >= ${threshold}) AS failures_known
  FROM stage_kinds AS k
  LEFT JOIN rare_stages AS r ON r.month = k.month
  WHERE k.instances >= ${threshold}
  QUALIFY r.instances IS NULL
    OR r.instances >= ${threshold}
    OR ROW_NUMBER() OVER (PARTITION BY k.month ORDER BY k.instances, k.type, k.provider) > 1
),
marked_stages AS (
  SELECT a.*, s.month IS NOT NULL AS shown, COALESCE(s.failures_known, FALSE) AS failures_known
  FROM all_stages AS a
  LEFT JOIN shown_stages AS s ON s.month = a.month AND s.type = a.type AND s.provider = a.provider
),
stages AS (
  SELECT month, instance, type, provider, IF(shown, runs, 0) AS runs, IF(shown, failed, 0) AS failed, failures_known
  FROM marked_stages
  UNION ALL
  SELECT month, instance, '(other)', '(other)', runs, 0, FALSE
  FROM marked_stages
  WHERE NOT shown
),

-- The chart, and its cells.
facts AS (
  SELECT period, COALESCE(label, '(none)') AS label, instance, count, part
  FROM (
${chart}
  ) AS chart
  WHERE period BETWEEN DATE '${from}' AND DATE '${to}'
),
labels AS (
  SELECT period, label
  FROM facts
  WHERE label <> '(other)'
  GROUP BY period, label
  HAVING COUNT(DISTINCT instance) >= ${threshold}
),
cells AS (
  SELECT
    f.period,
    COALESCE(l.label, '(other)') AS label,
    COUNT(DISTINCT f.instance) AS instances,
    CAST(SUM(f.count) AS INT64) AS count,
    CAST(SUM(f.part) AS INT64) AS part,
    COUNT(DISTINCT IF(f.part > 0, f.instance, NULL)) AS instances_in,
    COUNT(DISTINCT IF(f.count > f.part, f.instance, NULL)) AS instances_out
  FROM facts AS f
  LEFT JOIN labels AS l ON l.period = f.period AND l.label = f.label
  GROUP BY f.period, COALESCE(l.label, '(other)')
  HAVING COUNT(DISTINCT f.instance) >= ${threshold}
),
totals AS (
  SELECT period, COUNT(DISTINCT instance) AS instances
  FROM facts
  GROUP BY period
)
SELECT
  '${name}' AS chart,
  c.period,
  c.label,
  c.instances - MOD(c.instances, GREATEST(${threshold}, CAST(POW(10, LENGTH(CAST(c.instances AS STRING)) - 3) AS INT64))) AS instances,
  NULLIF(c.count - MOD(c.count, GREATEST(${threshold}, CAST(POW(10, LENGTH(CAST(c.count AS STRING)) - 3) AS INT64))), 0) AS count,
  IF(
    (c.instances_in = 0 OR c.instances_in >= ${threshold}) AND (c.instances_out = 0 OR c.instances_out >= ${threshold}),
    c.part - MOD(c.part, GREATEST(${threshold}, CAST(POW(10, LENGTH(CAST(c.part AS STRING)) - 3) AS INT64))),
    NULL
  ) AS part,
  t.instances - MOD(t.instances, GREATEST(${threshold}, CAST(POW(10, LENGTH(CAST(t.instances AS STRING)) - 3) AS INT64))) AS of_instances
FROM cells AS c
JOIN totals AS t ON t.period = c.period
