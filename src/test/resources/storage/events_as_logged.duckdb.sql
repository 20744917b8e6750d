-- events_as_logged.sql in DuckDB's SQL.
SELECT
  received_at AS "timestamp",
  {
    spinnakerinstance: {
      id: spinnaker_instance.id,
      version: NULLIF(spinnaker_instance.version, ''),
      deploymentmethod: {
        type: NULLIF(spinnaker_instance.deployment_method.type, 'NONE'),
        version: NULLIF(spinnaker_instance.deployment_method.version, '')
      },
      environment: NULLIF(spinnaker_instance.environment, 'ENVIRONMENT_UNKNOWN'),
      deployedartifacts: NULLIF(spinnaker_instance.deployed_artifacts, 'DEPLOYED_ARTIFACTS_UNKNOWN'),
      pipelinecount: CAST(NULLIF(spinnaker_instance.pipeline_count, 0) AS DOUBLE)
    },
    application: {
      id: application.id,
      pipelinecount: CAST(NULLIF(application.pipeline_count, 0) AS DOUBLE)
    },
    execution: {
      id: NULLIF(execution.id, ''),
      type: NULLIF(execution.type, 'UNKNOWN'),
      trigger: {type: NULLIF(execution.trigger.type, 'UNKNOWN')},
      stages: [
        {
          type: NULLIF(stage.type, ''),
          status: NULLIF(stage.status, 'UNKNOWN'),
          cloudprovider: {
            id: NULLIF(stage.cloud_provider.id, 'UNKNOWN'),
            variant: NULLIF(stage.cloud_provider.variant, '')
          }
        } FOR stage IN COALESCE(execution.stages, [])
      ],
      status: NULLIF(execution.status, 'UNKNOWN')
    }
  } AS jsonPayload
FROM ${events}
UNION ALL
SELECT
  "timestamp",
  {
    spinnakerinstance: {
      id: jsonPayload.spinnakerinstance.id,
      version: jsonPayload.spinnakerinstance.version,
      deploymentmethod: {
        type: jsonPayload.spinnakerinstance.deploymentmethod.type,
        version: jsonPayload.spinnakerinstance.deploymentmethod.version
      },
      environment: CAST(NULL AS VARCHAR),
      deployedartifacts: CAST(NULL AS VARCHAR),
      pipelinecount: CAST(NULL AS DOUBLE)
    },
    application: {
      id: jsonPayload.application.id,
      pipelinecount: CAST(NULL AS DOUBLE)
    },
    execution: {
      id: jsonPayload.execution.id,
      type: jsonPayload.execution.type,
      trigger: {type: jsonPayload.execution.trigger.type},
      stages: [
        {
          type: stage.type,
          status: stage.status,
          cloudprovider: {id: stage.cloudprovider.id, variant: stage.cloudprovider.variant}
        } FOR stage IN COALESCE(jsonPayload.execution.stages, [])
      ],
      status: jsonPayload.execution.status
    }
  } AS jsonPayload
FROM ${legacy_table}
