-- The events for readers of raw data, each once, without what can identify an instance:
--
-- 1. Ids. Those of instances and applications are hashed with the salt of the year, so an id that is known from elsewhere or from
--    another year does not match. Events of a year without a salt are left out. There is no id of an execution or an event, and
--    no content hash.
-- 2. Time. There is only the day, in UTC. Events of today are left out: a query repeated every minute would show their time.
-- 3. Names. A name that is not in the folder lists is (own). The version is reduced to its release, and other free text (the
--    version of the deployment method, the variant of the cloud provider) is left out.
--
-- Synthetic events, which the smoke test of a deployment sends, are left out.
--
-- Duplicate rows are left out, but an event that the network delivered twice counts twice. If a part is absent, all of its fields
-- are NULL; absent stages are an empty list. Grouping by the day lets a query about one month read that month only.
WITH distinct_events AS (
  SELECT
    DATE(received_at) AS day,
    spinnaker_instance.id AS instance_id,
    application.id AS application_id,
    LOWER(TRIM(COALESCE(spinnaker_instance.version, ''))) AS version,
    spinnaker_instance,
    application,
    execution
  FROM ${events}
  WHERE DATE(received_at) < CURRENT_DATE() AND spinnaker_instance.id <> TO_HEX(SHA256('smoke-test'))
  QUALIFY ROW_NUMBER() OVER (PARTITION BY DATE(received_at), event_id) = 1
)
SELECT
  event.day,
  STRUCT(
    TO_HEX(SHA256(CONCAT(secret.salt, event.instance_id))) AS id,
    ${release} AS release,
    STRUCT(
      IF(
        COALESCE(event.spinnaker_instance.deployment_method.type, '') IN ('', ${deployment_method}),
        event.spinnaker_instance.deployment_method.type,
        '(own)'
      ) AS type
    ) AS deployment_method,
    IF(
      COALESCE(event.spinnaker_instance.environment, '') IN ('', ${environment}),
      event.spinnaker_instance.environment,
      '(own)'
    ) AS environment,
    IF(
      COALESCE(event.spinnaker_instance.deployed_artifacts, '') IN ('', ${deployed_artifacts}),
      event.spinnaker_instance.deployed_artifacts,
      '(own)'
    ) AS deployed_artifacts,
    event.spinnaker_instance.pipeline_count AS pipeline_count
  ) AS spinnaker_instance,
  STRUCT(
    TO_HEX(SHA256(CONCAT(secret.salt, event.application_id))) AS id,
    event.application.pipeline_count AS pipeline_count
  ) AS application,
  STRUCT(
    IF(
      COALESCE(event.execution.type, '') IN ('', ${execution_type}), event.execution.type, '(own)'
    ) AS type,
    STRUCT(
      IF(
        COALESCE(event.execution.trigger.type, '') IN ('', ${trigger_type}), event.execution.trigger.type, '(own)'
      ) AS type
    ) AS trigger,
    ARRAY(
      SELECT AS STRUCT
        IF(COALESCE(stage.type, '') IN ('', ${stage_types}), stage.type, '(own)') AS type,
        IF(COALESCE(stage.status, '') IN ('', ${status}), stage.status, '(own)') AS status,
        STRUCT(
          IF(
            COALESCE(stage.cloud_provider.id, '') IN ('', ${cloud_provider}), stage.cloud_provider.id, '(own)'
          ) AS id
        ) AS cloud_provider
      FROM UNNEST(event.execution.stages) AS stage WITH OFFSET AS position
      ORDER BY position
    ) AS stages,
    IF(COALESCE(event.execution.status, '') IN ('', ${status}), event.execution.status, '(own)') AS status
  ) AS execution
FROM distinct_events AS event
JOIN (SELECT name, MIN(salt) AS salt FROM ${salts} GROUP BY name) AS secret
  ON secret.name = CAST(EXTRACT(YEAR FROM event.day) AS STRING)
