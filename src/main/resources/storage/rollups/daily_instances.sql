-- The instances of a day: the number of their events, and the properties in the last one.
--
-- A version is one of four things:
-- 1. Not reported: missing, empty, "unknown" or "undefined".
-- 2. A development build: of the branch main or master, of a branch with the number of the build at the end (main-107,
--    pr7966-0), an unvalidated or snapshot build, or a release 0.x, which Spinnaker does not have.
-- 3. A release: it begins with two numbers, which may follow a "v" and zeros (v1.30.4 and 01.30 are 1.30).
-- 4. Not a release: everything else. The numbers of a release have four digits at most, because longer ones could carry free
--    text.
--
-- The third argument of REGEXP_EXTRACT is the start position in GoogleSQL and the group in DuckDB; 1 is right for both. If
-- nothing matches, GoogleSQL returns NULL and DuckDB an empty string.
WITH last_events AS (
  SELECT
    DATE(received_at) AS day,
    spinnaker_instance.id AS instance,
    COUNT(*) OVER (PARTITION BY DATE(received_at), spinnaker_instance.id) AS events,
    LOWER(TRIM(COALESCE(spinnaker_instance.version, ''))) AS version,
    spinnaker_instance.deployment_method.type AS deployment_method,
    spinnaker_instance.environment AS environment,
    spinnaker_instance.deployed_artifacts AS deployed_artifacts,
    spinnaker_instance.pipeline_count AS pipeline_count
  FROM (${counted_events}) AS event
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY DATE(received_at), spinnaker_instance.id ORDER BY received_at DESC, event_id DESC
  ) = 1
),
releases AS (
  SELECT
    *,
    NULLIF(REGEXP_EXTRACT(version, '^v?0*([0-9]{1,4}[.](?:0|[1-9][0-9]{0,3}))(?:[^0-9]|$)', 1), '') AS numbers,
    NULLIF(REGEXP_EXTRACT(version, '(^main$|^master$|^branch:|unvalidated$|snapshot$)', 1), '') AS branch,
    NULLIF(REGEXP_EXTRACT(version, '-([0-9]+)$', 1), '') AS build_number
  FROM last_events
)
SELECT
  day,
  instance,
  events,
  CASE
    WHEN version IN ('', 'unknown', 'undefined', 'null') THEN '(not reported)'
    WHEN STARTS_WITH(numbers, '0.') OR branch IS NOT NULL THEN '(development build)'
    WHEN numbers IS NOT NULL THEN numbers
    WHEN build_number IS NOT NULL THEN '(development build)'
    ELSE '(not a release)'
  END AS release,
  deployment_method,
  environment,
  deployed_artifacts,
  pipeline_count
FROM releases
