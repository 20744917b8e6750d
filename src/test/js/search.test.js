import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findFeature, normalize, search, searchIndex } from '../../main/resources/page/js/search.js';

const feature = (chart, label, instances, others = {}) => ({ chart, noun: 'feature', label, instances, ...others });

const FEATURES = [
  feature('stage-types', 'deployManifest', 96, { name: 'Deploy (Manifest)' }),
  feature('stage-types', 'bakeManifest', 80, { name: 'Bake (Manifest)' }),
  feature('stage-types', 'deploy', 40, { name: 'Deploy' }),
  feature('stage-types', 'bake', 20, { name: 'Bake' }),
  feature('stage-types', 'undoRolloutManifest', 30, { name: 'Undo Rollout (Manifest)' }),
  feature('stage-types', 'webhook', 60, { name: 'Webhook' }),
  feature('stage-types', '(own)', 70),
  feature('cloud-providers', 'KUBERNETES', 110, { aliases: ['k8s', 'kube'] }),
  feature('cloud-providers', 'GCE', 12, { aliases: ['gcp', 'google'] }),
  feature('cloud-providers', 'UNKNOWN', 25),
  feature('triggers', 'WEBHOOK', 50),
  feature('triggers', 'cron', null, { reportedAs: 'UNKNOWN' }),
  feature('versions', '2026.2.x', 65),
  feature('versions', '1.17.x', 5),
  feature('version-adoption', '2026.2 or newer', 66),
  feature('version-adoption', '1.17 or newer', 140),
  feature('deployment-methods', 'HALYARD', 50, { aliases: ['hal'] }),
];

const INDEX = searchIndex(FEATURES);
const find = query => search(INDEX, query).map(({ chart, label }) => `${chart}/${label}`);
const first = query => find(query)[0];

describe('the search', () => {
  for (const [query, expected] of [
    ['deploy', 'stage-types/deploy'],
    ['bake', 'stage-types/bake'],
    ['WEBHOOK', 'triggers/WEBHOOK'],
    ['webhook', 'stage-types/webhook'],
    ['Deploy (Manifest)', 'stage-types/deployManifest'],
    ['deploy manifest', 'stage-types/deployManifest'],
    ['DEPLOY-MANIFEST', 'stage-types/deployManifest'],
    ['manifest deploy', 'stage-types/deployManifest'],
    ['rollout', 'stage-types/undoRolloutManifest'],
    ['k8s', 'cloud-providers/KUBERNETES'],
    ['gcp', 'cloud-providers/GCE'],
    ['halyard', 'deployment-methods/HALYARD'],
    ['cron', 'triggers/cron'],
    ['2026.2', 'version-adoption/2026.2 or newer'],
    ['2026.2.x', 'versions/2026.2.x'],
    ['1.17', 'version-adoption/1.17 or newer'],
    ['v1.17', 'version-adoption/1.17 or newer'],
    ['ubernete', 'cloud-providers/KUBERNETES'],
    ['  deploy  ', 'stage-types/deploy'],
  ]) {
    it(`finds ${expected} by “${query}”`, () => assert.equal(first(query), expected));
  }

  it('ranks features that more instances use first, if they match equally', () => {
    assert.deepEqual(find('manifest'), [
      'stage-types/deployManifest',
      'stage-types/bakeManifest',
      'stage-types/undoRolloutManifest',
    ]);
  });

  it('offers everything, in the order of charts, if nothing is typed', () => {
    assert.equal(find(' ').length, FEATURES.length);
    assert.equal(first(''), 'stage-types/deployManifest');
  });

  it('finds nothing by a name that nothing has, or by punctuation only', () => {
    for (const query of ['noSuchStage', '.*', '<img src=x>', '💥', '()', 'x'.repeat(500)]) {
      assert.deepEqual(find(query), [], query);
    }
  });

  it('tells releases apart by their dots', () => {
    assert.notEqual(normalize('1.1'), normalize('11'));
    assert.deepEqual(find('117'), []);
  });
});

describe('the feature of an address', () => {
  const labelOf = (chart, label) => findFeature(FEATURES, { chart, label })?.label;

  it('is found in any case and with any punctuation', () => {
    assert.equal(labelOf('cloud-providers', 'kubernetes'), 'KUBERNETES');
    assert.equal(labelOf('stage-types', 'deploymanifest'), 'deployManifest');
    assert.equal(labelOf('stage-types', 'deploy-manifest'), 'deployManifest');
    assert.equal(labelOf('stage-types', '(own)'), '(own)');
  });

  it('is one of its chart', () => {
    assert.equal(labelOf('stage-types', 'WEBHOOK'), 'webhook');
    assert.equal(labelOf('triggers', 'webhook'), 'WEBHOOK');
    assert.equal(labelOf('triggers', 'deploy'), undefined);
    assert.equal(labelOf('triggers', '()'), undefined);
  });
});
