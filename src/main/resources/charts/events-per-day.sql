-- title: Events per day
-- question: How many events do we receive, and is the flow steady?
-- section: Instances and versions
-- unit: events
-- measure: count
-- period: day
-- view: trend
-- order: value
-- labels: exclusive
SELECT day AS period, 'events' AS label, instance, events AS count, 0 AS part
FROM instances
