-- title: Version adoption (this release or newer)
-- question: How many instances already have a feature introduced in a given release?
-- section: Instances and versions
-- numbers: instances
-- period: month
-- view: bars
-- order: label
-- labels: cumulative
-- annotation: 2026-09 From September 2026, Spinnaker reports the version of its build. Until then, every instance that Halyard did not deploy reported “unknown”.
-- Compares listed releases by release_order, because 1.9 is older than 1.17. Spinnaker reports since 1.17. Instances whose
-- release is unknown are not counted.
SELECT ran.period, r.release || ' or newer' AS label, ran.instance, 0 AS runs, 0 AS failed, NULL AS share
FROM releases AS r
JOIN last_seen AS ran ON ran.release_order >= r.release_order
WHERE r.release_order >= '00010017'
