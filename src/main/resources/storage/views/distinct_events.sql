-- Each event once. A timeout or a redrive can store a row twice, with the same event_id and received_at. Grouping by
-- received_at as well lets a query about one month read that month only.
SELECT *
FROM ${events}
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY received_at, event_id) = 1
