-- title: Stage types
-- question: Which stage types do pipelines use?
-- section: What Spinnaker is used for
-- numbers: instances, regular, failing
-- period: month
-- view: bars
-- order: value
-- labels: overlapping
-- explain: (own) means a stage type that is not part of Spinnaker, such as one from a plugin or a company.
-- explain: (not reported) means that the event does not have the type of the stage.
-- explain: UNKNOWN means that the stage has no type.
-- feature: stage type
-- tile: Most used stage type
-- tile-value: top
-- A stage fails if its status is TERMINAL (the execution fails, too), FAILED_CONTINUE (the execution continues) or STOPPED (the
-- branch ends).
SELECT period, type AS label, instance, runs, failed, NULL AS share
FROM stages
