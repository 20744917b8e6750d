-- Every public number: those in the files of the page, and those that have become too old for it.
SELECT point.chart, point.period, point.label, point.instances, point.count, point.part, watermark.complete_until AS as_of
FROM ${chart_points} AS point
JOIN ${chart_watermarks} AS watermark ON watermark.chart = point.chart
