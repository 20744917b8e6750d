-- The number of events of each day; reads one column of those days.
SELECT DATE(received_at) AS day, COUNT(*) AS events
FROM ${events}
WHERE received_at >= TIMESTAMP '${first_day} 00:00:00+00' AND received_at < TIMESTAMP '${next_day} 00:00:00+00'
GROUP BY DATE(received_at)
