-- The events of each day: their number, and the sum of a hash of their ids, which changes if others take their place. Reads two
-- columns of those days.
SELECT
  DATE(received_at) AS day,
  COUNT(*) AS events,
  CAST(SUM(${event_key}) AS INT64) AS events_hash
FROM ${events}
WHERE received_at >= TIMESTAMP '${first_day} 00:00:00+00' AND received_at < TIMESTAMP '${next_day} 00:00:00+00'
GROUP BY DATE(received_at)
