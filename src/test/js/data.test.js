import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { featureLoader, firstPublication, load, loadOrNull } from '../../main/resources/page/js/data.js';

describe('a file', () => {
  const { fetch } = globalThis;
  afterEach(() => {
    globalThis.fetch = fetch;
  });

  it('is loaded once, and again after a failure', async () => {
    let requests = 0;
    globalThis.fetch = async () => (++requests === 1 ? new Response('', { status: 503 }) : Response.json({ a: 1 }));
    assert.equal(await loadOrNull('once'), null);
    assert.deepEqual(await load('once'), { a: 1 });
    assert.deepEqual(await load('once'), { a: 1 });
    assert.equal(requests, 2);
  });

  it('that does not exist differs from one that cannot be loaded', async () => {
    globalThis.fetch = async () => new Response('', { status: 404 });
    await assert.rejects(load('missing'), { status: 404 });
    globalThis.fetch = async () => {
      throw new TypeError('no network');
    };
    await assert.rejects(load('missing'), error => error.status === undefined);
  });

  it('of features gives each a noun, and is loaded again after a failure', async () => {
    const index = { charts: [{ name: 'environments', title: 'Environments' }] };
    const features = [
      { chart: 'stage-types', noun: 'stage type', label: 'deploy' },
      { chart: 'environments', label: 'KUBERNETES' },
    ];
    const loadFeatures = featureLoader(index);
    globalThis.fetch = async () => new Response('', { status: 503 });
    await assert.rejects(loadFeatures(), { status: 503 });
    globalThis.fetch = async () => Response.json({ features });
    const nouns = (await loadFeatures()).features.map(({ noun }) => noun);
    assert.deepEqual(nouns, ['stage type', 'Environments']);
  });
});

describe('monthly numbers', () => {
  it('begin with the first month that can be complete', () => {
    const first = day => firstPublication(new Date(`${day}T12:00:00Z`));
    assert.deepEqual(first('2026-11-28'), { month: '2026-12-01', day: '2027-01-05' });
    assert.deepEqual(first('2026-11-01'), { month: '2026-11-01', day: '2026-12-05' });
  });
});
