-- Every public number: those in the files of the page, and those that have become too old for it.
SELECT cell.chart, cell.period, cell.label, cell.instances, cell.count, cell.part, drawn.day AS as_of
FROM ${cells} AS cell
JOIN ${drawn} AS drawn ON drawn.chart = cell.chart
