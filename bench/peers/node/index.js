// The service in Node: a function on Google's functions framework, with Google's BigQuery client.
import { createHash, randomBytes } from 'node:crypto';
import { BigQuery } from '@google-cloud/bigquery';
import { http } from '@google-cloud/functions-framework';

const MAX_BODY_BYTES = 1 << 20;
const PATHS = ['/log', '/log/', '/log/log'];

const bigquery = new BigQuery({
  projectId: process.env.BIGQUERY_PROJECT,
  apiEndpoint: process.env.BIGQUERY_HOST,
  timeout: 3_000, // the oldest clients disconnect after 5 s
  retryOptions: { totalTimeout: 3 },
});
const table = bigquery.dataset('stats').table('events');

http('log', async (request, response) => {
  if (!PATHS.includes(request.path)) {
    return response.sendStatus(404);
  }
  if (request.method !== 'POST') {
    return response.set('Allow', 'POST').sendStatus(405);
  }
  if (!request.is('application/json')) {
    return response.sendStatus(415);
  }
  if (request.rawBody.length > MAX_BODY_BYTES) {
    return response.sendStatus(413);
  }
  const event = request.body;
  const rule = violatedRule(event);
  if (rule) {
    return response.status(422).send(rule);
  }
  const row = toRow(event);
  try {
    await table.insert([{ insertId: row.event_id, json: row }], { raw: true });
  } catch (error) {
    console.error('event not stored:', error.name, error.code ?? '');
    return response.status(503).send('the event could not be stored');
  }
  response.sendStatus(204);
});

/** Returns the rule that the event violates; undefined if the event is valid. */
function violatedRule(event) {
  const ids = {
    'spinnakerInstance.id': event?.spinnakerInstance?.id,
    'application.id': event?.application?.id,
    'execution.id': event?.execution?.id || '0'.repeat(64), // optional
  };
  const field = Object.keys(ids).find((name) => !/^[0-9a-f]{64}$/.test(ids[name]));
  return field && `${field} must be a SHA-256: 64 lower-case hex digits`;
}

function toRow({ spinnakerInstance: instance, application, execution }) {
  const columns = {
    spinnaker_instance: {
      id: instance.id,
      version: instance.version,
      deployment_method: instance.deploymentMethod && {
        type: instance.deploymentMethod.type,
        version: instance.deploymentMethod.version,
      },
      environment: instance.environment,
      deployed_artifacts: instance.deployedArtifacts,
      pipeline_count: instance.pipelineCount,
    },
    application: { id: application.id, pipeline_count: application.pipelineCount },
    execution: execution && {
      id: execution.id,
      type: execution.type,
      trigger: execution.trigger && { type: execution.trigger.type },
      stages: execution.stages?.map((stage) => ({
        type: stage.type,
        status: stage.status,
        cloud_provider: stage.cloudProvider && {
          id: stage.cloudProvider.id,
          variant: stage.cloudProvider.variant,
        },
      })),
      status: execution.status,
    },
  };
  return {
    event_id: uuidV7(),
    received_at: new Date().toISOString(),
    content_hash: createHash('sha256').update(JSON.stringify(columns)).digest('hex'),
    ...columns,
  };
}

/** Returns a UUID version 7 (RFC 9562): ids sort by time, because they start with milliseconds. The rest is random. */
function uuidV7() {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}
