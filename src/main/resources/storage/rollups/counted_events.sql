-- The events of some days, each once. Left out: a row that a timeout or a redrive stored twice (same event_id), and an event
-- that the network delivered again. Such copies have the same content_hash and an execution.id; events without an
-- execution.id can have the same content and are all counted.
--
-- Copies form a run as long as each follows the one before by less than 10 seconds. A run is divided into windows of 10
-- seconds, beginning with its first copy, and the first copy of each window is counted. So a copy is left out only if a copy
-- less than 10 seconds before it is counted, and a run of any length hides nothing more. A chain in which each copy is
-- compared with the last one counted would need a recursive query, which BigQuery ends with an error after 500 steps.
--
-- The query reads two columns of the day before, because a run can begin there, and of the days themselves the columns that
-- the enclosing query uses, event_id, content_hash and execution.id. A run that began earlier is taken to begin on the day
-- before.
WITH distinct_events AS (
  SELECT *
  FROM ${events}
  WHERE received_at >= TIMESTAMP '${first_day} 00:00:00+00' AND received_at < TIMESTAMP '${next_day} 00:00:00+00'
  QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY received_at) = 1
),

-- The last run of each content on the day before.
earlier_copies AS (
  SELECT
    content_hash,
    received_at,
    LAG(received_at) OVER (PARTITION BY content_hash ORDER BY received_at) AS copy_before
  FROM ${events}
  WHERE received_at >= TIMESTAMP '${day_before} 00:00:00+00' AND received_at < TIMESTAMP '${first_day} 00:00:00+00'
),
earlier_runs AS (
  SELECT
    content_hash,
    MAX(received_at) AS last_copy,
    MAX(IF(COALESCE(received_at >= copy_before + INTERVAL 10 SECOND, TRUE), received_at, NULL)) AS run_start
  FROM earlier_copies
  GROUP BY content_hash
),

-- The events of the days, each with the copy before it and the first copy of its run.
copies AS (
  SELECT
    e.*,
    r.run_start AS earlier_run_start,
    COALESCE(
      LAG(e.received_at) OVER (PARTITION BY e.content_hash ORDER BY e.received_at, e.event_id),
      r.last_copy
    ) AS copy_before
  FROM distinct_events AS e
  LEFT JOIN earlier_runs AS r ON r.content_hash = e.content_hash
),
runs AS (
  SELECT
    *,
    COALESCE(
      MAX(IF(COALESCE(received_at >= copy_before + INTERVAL 10 SECOND, TRUE), received_at, NULL))
        OVER (PARTITION BY content_hash ORDER BY received_at, event_id),
      earlier_run_start
    ) AS run_start
  FROM copies
)
-- A copy and the one before it are in the same window or in neighbouring ones, so comparing the tens of the seconds is enough.
SELECT *
FROM runs
WHERE COALESCE(execution.id, '') = ''
  OR COALESCE(received_at >= copy_before + INTERVAL 10 SECOND, TRUE)
  OR FLOOR(EXTRACT(SECOND FROM received_at - run_start) / 10) <> FLOOR(EXTRACT(SECOND FROM copy_before - run_start) / 10)
