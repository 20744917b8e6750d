-- title: Events a day
-- question: How much arrives, and does it still arrive?
-- unit: events
-- measure: count
-- period: day
SELECT day AS period, 'events' AS label, instance, events AS count, 0 AS part
FROM instances
