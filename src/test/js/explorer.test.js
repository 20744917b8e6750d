import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { loadFeatures } from '../../main/resources/page/js/explorer.js';
import { chartFile, month, row } from './chart-files.js';

const CHARTS = [
  { name: 'stage-types', title: 'Stage types' },
  { name: 'triggers', title: 'Triggers' },
];

const TRIGGERS = chartFile({
  name: 'triggers',
  feature: 'trigger',
  rows: [row(month(-1), 'DOCKER', 50), row(month(0), 'GIT', 5), row(month(0), 'MANUAL', 10), row(month(0), '(own)', 5)],
  unreportable: [{ name: 'cron', reportedAs: 'UNKNOWN' }],
});

describe('the features of the explorer', () => {
  const { fetch } = globalThis;
  afterEach(() => {
    globalThis.fetch = fetch;
  });

  it('are those of the charts that can be loaded', async () => {
    globalThis.fetch = async url =>
      url === '/data/triggers.json' ? Response.json(TRIGGERS) : new Response('', { status: 503 });
    const { features, missing } = await loadFeatures(CHARTS);
    assert.deepEqual(
      features.map(({ chart, noun, label, instances, reportedAs }) => [chart, noun, label, instances, reportedAs]),
      [
        ['triggers', 'trigger', 'MANUAL', 10, undefined],
        ['triggers', 'trigger', 'GIT', 5, undefined],
        ['triggers', 'trigger', 'DOCKER', null, undefined],
        ['triggers', 'trigger', 'cron', null, 'UNKNOWN'],
      ],
    );
    assert.deepEqual(missing, ['Stage types']);
  });

  it('are complete after the failed chart can be loaded again', async () => {
    globalThis.fetch = async url =>
      Response.json(url === '/data/triggers.json' ? TRIGGERS : chartFile({ rows: [row(month(0), 'deploy', 5)] }));
    const { features, missing } = await loadFeatures(CHARTS);
    assert.equal(features.length, 5);
    assert.deepEqual(missing, []);
  });
});
