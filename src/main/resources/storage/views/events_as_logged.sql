-- Old and new events in the columns of the old server's log sink, so that queries written for it keep working.
--
-- NULL: the old server left out proto3's default values ('', 0, UNKNOWN), so they are NULL here for new events too. If a part
-- is absent, all of its fields are NULL; absent stages are an empty list.
-- Types: the sink stored every number as FLOAT64. Fields that the old server did not have (environment, deployedartifacts and
-- both pipelinecounts) are NULL for old events.
-- Old rows are unchanged; new events appear once each.
SELECT
  received_at AS timestamp,
  STRUCT(
    STRUCT(
      spinnaker_instance.id AS id,
      NULLIF(spinnaker_instance.version, '') AS version,
      STRUCT(
        NULLIF(spinnaker_instance.deployment_method.type, 'NONE') AS type,
        NULLIF(spinnaker_instance.deployment_method.version, '') AS version
      ) AS deploymentmethod,
      NULLIF(spinnaker_instance.environment, 'ENVIRONMENT_UNKNOWN') AS environment,
      NULLIF(spinnaker_instance.deployed_artifacts, 'DEPLOYED_ARTIFACTS_UNKNOWN') AS deployedartifacts,
      CAST(NULLIF(spinnaker_instance.pipeline_count, 0) AS FLOAT64) AS pipelinecount
    ) AS spinnakerinstance,
    STRUCT(
      application.id AS id,
      CAST(NULLIF(application.pipeline_count, 0) AS FLOAT64) AS pipelinecount
    ) AS application,
    STRUCT(
      NULLIF(execution.id, '') AS id,
      NULLIF(execution.type, 'UNKNOWN') AS type,
      STRUCT(NULLIF(execution.trigger.type, 'UNKNOWN') AS type) AS trigger,
      ARRAY(
        SELECT AS STRUCT
          NULLIF(stage.type, '') AS type,
          NULLIF(stage.status, 'UNKNOWN') AS status,
          STRUCT(
            NULLIF(stage.cloud_provider.id, 'UNKNOWN') AS id,
            NULLIF(stage.cloud_provider.variant, '') AS variant
          ) AS cloudprovider
        FROM UNNEST(execution.stages) AS stage WITH OFFSET AS position
        ORDER BY position
      ) AS stages,
      NULLIF(execution.status, 'UNKNOWN') AS status
    ) AS execution
  ) AS jsonPayload
FROM ${events}
UNION ALL
SELECT
  timestamp,
  STRUCT(
    STRUCT(
      jsonPayload.spinnakerinstance.id AS id,
      jsonPayload.spinnakerinstance.version AS version,
      STRUCT(
        jsonPayload.spinnakerinstance.deploymentmethod.type AS type,
        jsonPayload.spinnakerinstance.deploymentmethod.version AS version
      ) AS deploymentmethod,
      CAST(NULL AS STRING) AS environment,
      CAST(NULL AS STRING) AS deployedartifacts,
      CAST(NULL AS FLOAT64) AS pipelinecount
    ) AS spinnakerinstance,
    STRUCT(
      jsonPayload.application.id AS id,
      CAST(NULL AS FLOAT64) AS pipelinecount
    ) AS application,
    STRUCT(
      jsonPayload.execution.id AS id,
      jsonPayload.execution.type AS type,
      STRUCT(jsonPayload.execution.trigger.type AS type) AS trigger,
      ARRAY(
        SELECT AS STRUCT
          stage.type AS type,
          stage.status AS status,
          STRUCT(
            stage.cloudprovider.id AS id,
            stage.cloudprovider.variant AS variant
          ) AS cloudprovider
        FROM UNNEST(jsonPayload.execution.stages) AS stage WITH OFFSET AS position
        ORDER BY position
      ) AS stages,
      jsonPayload.execution.status AS status
    ) AS execution
  ) AS jsonPayload
FROM ${legacy_table}
