-- title: Adoption of releases
-- question: How fast do instances move to a new release, and how many already have a feature introduced in it?
-- section: Instances and versions
-- numbers: instances
-- period: month
-- view: age
-- order: label
-- labels: cumulative
-- annotation: 2026-09 From September 2026, Spinnaker reports the version of its build. Until then, every instance that Halyard did not deploy reported “unknown”.
-- Compares releases by release_order, because 1.9 is older than 1.17. Instances whose release is unknown are not counted.
SELECT ran.period, shown.release || ' or newer' AS label, ran.instance, 0 AS runs, 0 AS failed, NULL AS share
FROM common_releases AS shown
JOIN last_seen AS ran ON ran.period = shown.period AND ran.release_order >= shown.release_order
