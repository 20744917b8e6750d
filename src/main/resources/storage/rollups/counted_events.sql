-- The events of some days, each once. Left out: a row that a timeout or a redrive stored twice (same event_id), and an event
-- that the network delivered again (same content_hash within a minute of the one before, even if that was on the day
-- before). The query reads two columns of the day before, and of the days themselves the columns that the enclosing query
-- uses.
WITH distinct_events AS (
  SELECT *
  FROM ${events}
  WHERE received_at >= TIMESTAMP '${first_day} 00:00:00+00' AND received_at < TIMESTAMP '${next_day} 00:00:00+00'
  QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY received_at) = 1
),
evening AS (
  SELECT content_hash, MAX(received_at) AS received_at
  FROM ${events}
  WHERE received_at >= TIMESTAMP '${day_before} 23:59:00+00' AND received_at < TIMESTAMP '${first_day} 00:00:00+00'
  GROUP BY content_hash
)
SELECT e.*
FROM distinct_events AS e
LEFT JOIN evening AS b ON b.content_hash = e.content_hash
WHERE TRUE
QUALIFY COALESCE(
  e.received_at > COALESCE(
    LAG(e.received_at) OVER (PARTITION BY e.content_hash ORDER BY e.received_at, e.event_id),
    b.received_at
  ) + INTERVAL 1 MINUTE,
  TRUE
)
