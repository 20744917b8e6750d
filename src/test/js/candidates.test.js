import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { COLUMNS, rowsOf, sortFeatures } from '../../main/resources/page/js/candidates.js';

const feature = (label, share, traction, affected, others = {}) => ({
  chart: 'stage-types',
  noun: 'stage type',
  label,
  share,
  shareYearBefore: null,
  traction: { headline: traction },
  affected: { headline: affected },
  firstReported: null,
  lastReported: null,
  ...others,
});

const FEATURES = [
  feature('deploy', 40, 'Stable', 'Many instances'),
  feature('bake', null, 'No longer reported', 'Few instances, if any', { candidate: true, lastReported: '2026-06-01' }),
  feature('Canary', 3, 'Shrinking', 'Few instances, if any', { candidate: true, lastReported: '2026-10-01' }),
  { chart: 'stage-types', noun: 'stage type', label: 'UNKNOWN', share: 10 },
  { ...feature('2026.2.x', 44, 'Growing'), affected: undefined },
];

const labels = features => features.map(({ label }) => label);
const sorted = (key, descending = false) => labels(sortFeatures(rowsOf(FEATURES, true), { key, descending }));

describe('the table of candidates', () => {
  it('has the candidates, or all features with a verdict', () => {
    assert.deepEqual(labels(rowsOf(FEATURES, false)), ['bake', 'Canary']);
    assert.deepEqual(labels(rowsOf(FEATURES, true)), ['deploy', 'bake', 'Canary', '2026.2.x']);
  });

  it('can be sorted by every column in both directions', () => {
    for (const { key } of COLUMNS) {
      assert.equal(sorted(key).length, 4);
    }
    assert.deepEqual(sorted('label'), ['2026.2.x', 'bake', 'Canary', 'deploy']);
    assert.deepEqual(sorted('share'), ['bake', 'Canary', 'deploy', '2026.2.x']);
    assert.deepEqual(sorted('share', true), ['2026.2.x', 'deploy', 'Canary', 'bake']);
    assert.deepEqual(sorted('traction', true), ['2026.2.x', 'deploy', 'Canary', 'bake']);
    assert.deepEqual(sorted('affected', true)[0], 'deploy');
    assert.deepEqual(sorted('lastReported', true), ['Canary', 'bake', 'deploy', '2026.2.x']);
  });

  it('says "fewer than" where a share is not published', () => {
    const share = COLUMNS.find(({ key }) => key === 'share');
    assert.equal(share.text(FEATURES[0]), '40%');
    assert.equal(share.text(FEATURES[1]), null);
  });
});
