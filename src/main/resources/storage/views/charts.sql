-- Every published number: those in the public files, and older ones. A drawn period without a published label has one row, whose
-- label is NULL.
SELECT
  drawn.chart,
  drawn.period,
  point.label,
  point.instances,
  point.regular,
  point.failing,
  point.share,
  drawn.instances AS of_instances,
  drawn.days,
  drawn.days_with_data
FROM ${drawn_periods} AS drawn
LEFT JOIN ${chart_points} AS point ON point.chart = drawn.chart AND point.period = drawn.period
