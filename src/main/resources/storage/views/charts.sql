-- Every published number: those in the public files, and older ones.
SELECT point.chart, point.period, point.label, point.instances, point.count, point.part, watermark.complete_until AS as_of
FROM ${chart_points} AS point
JOIN ${chart_watermarks} AS watermark ON watermark.chart = point.chart
