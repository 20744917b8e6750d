-- Each event once. A time-out or a redrive can store a row twice: the same row, received_at and all. By received_at as well,
-- so that a query about a month still reads a month only.
SELECT *
FROM ${events}
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY received_at, event_id) = 1
