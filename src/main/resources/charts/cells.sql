-- Makes published numbers of a chart. It is the only path from the daily tables, where each row belongs to one instance, to
-- numbers that everyone may see. A chart reads the tables defined here and yields facts (period, label, instance, count,
-- part); a cell is the aggregate of all facts with one period and label. The rules are those of statistical disclosure
-- control: see the Handbook on Statistical Disclosure Control, https://sdctools.github.io/HandbookSDC/.
--
-- 1. Threshold. A cell is published if ${threshold} instances or more stand behind it. Days with fewer instances are left
--    out of every chart; otherwise a chart of months minus a chart of days would reveal such a day.
-- 2. Complete periods. A period is published when it is over.
-- 3. Primary suppression. Executions are counted by whole combinations of type, status and trigger, stages by combinations
--    of type and provider. A combination below the threshold in a month counts as (other) in every chart, so that all
--    charts are sums of the same combinations. If labels were suppressed chart by chart, the provider KUBERNETES minus the
--    stage types that only Kubernetes has could reveal the stage type that one instance named after itself.
-- 4. Complementary suppression. If (other) is below the threshold, the smallest other combination is suppressed too.
-- 5. Rounding. Instances and counts are rounded down to a multiple of the threshold and to three significant digits, so
--    that small differences between charts, and small changes over time, are usually not visible.
-- 6. Failures. A number of failures is published only if enough instances had failures, or none, and enough instances had
--    successes, or none.
-- 7. Labels. A label below the threshold in a period counts as (other) in that chart. If (other) is below the threshold, it
--    is left out.
-- 8. Bounded files. Labels of more than ${max_label_length} characters count as (other), and so do all but the ${max_labels}
--    labels of a period that most instances have, so that nobody can make a file too large to be served. The rules above are
--    applied first, so what is added to (other) covers enough instances.
-- docs/privacy.md says what these rules do not protect against.
WITH
days AS (
  -- two more days, because the 30 days before the end of a February begin in January
  SELECT day, CAST(SUBSTR(CAST(day AS STRING), 1, 8) || '01' AS DATE) AS month
  FROM ${daily_instances}
  WHERE day BETWEEN DATE '${from}' - 2 AND DATE '${to}'
  GROUP BY day
  HAVING COUNT(DISTINCT instance) >= ${threshold}
),

-- Instances: one row per instance and day; and the last one of each month, with a sort key for releases (1.9 before 1.17) that is
-- NULL for other versions.
instances AS (
  SELECT d.month, i.*
  FROM ${daily_instances} AS i
  JOIN days AS d ON d.day = i.day
  WHERE i.day BETWEEN DATE '${from}' - 2 AND DATE '${to}'
),
last_seen AS (
  SELECT
    *,
    IF(
      STARTS_WITH(release, '('),
      NULL,
      LPAD(SUBSTR(release, 1, STRPOS(release, '.') - 1), 4, '0')
        || LPAD(SUBSTR(release, STRPOS(release, '.') + 1), 4, '0')
    ) AS release_order
  FROM instances
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (PARTITION BY month, instance ORDER BY day DESC) = 1
),

-- Applications: one row per application and month.
applications AS (
  SELECT DISTINCT d.month, a.instance, a.application
  FROM ${daily_applications} AS a
  JOIN days AS d ON d.day = a.day
  WHERE a.day BETWEEN DATE '${from}' - 2 AND DATE '${to}'
),

-- Executions (month, instance, type, status, trigger, runs). A suppressed combination still counts its instances for its
-- parts, but no executions.
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

-- Stages (month, instance, type, provider, runs, failed, failures_known), suppressed in the same way.
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
  SELECT
    period,
    IF(LENGTH(label) > ${max_label_length}, '(other)', COALESCE(label, '(none)')) AS label,
    instance,
    count,
    part
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
  QUALIFY ROW_NUMBER() OVER (PARTITION BY period ORDER BY COUNT(DISTINCT instance) DESC, label) <= ${max_labels}
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
