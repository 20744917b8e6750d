import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  describeUse,
  factsOf,
  hasValues,
  lineNames,
  linesOf,
  usesByRelease,
} from '../../main/resources/page/js/feature-lines.js';
import { chartFile, month, period, row } from './chart-files.js';

const STAGES = chartFile({
  name: 'stage-types',
  rows: [row(month(-1), 'deploy', 50), row(month(0), 'deploy', 100), row(month(0), 'bake', 10)],
});
const PROVIDERS = chartFile({
  name: 'cloud-providers',
  rows: [row(month(-2), 'AWS', 40), row(month(-1), 'AWS', 60), row(month(0), 'AWS', 80)],
});

describe('compared features', () => {
  const plot = linesOf(
    [
      { file: STAGES, label: 'deploy' },
      { file: PROVIDERS, label: 'AWS' },
    ],
    'instances-percent',
  );

  it('are lines over all months that one of them has', () => {
    assert.deepEqual(plot.categories, [month(-2), month(-1), month(0)]);
    assert.deepEqual(
      plot.series.map(({ label, values, counts }) => [label, values, counts]),
      [
        ['deploy', [null, 0.25, 0.5], [null, 50, 100]],
        ['AWS', [0.2, 0.3, 0.4], [40, 60, 80]],
      ],
    );
    assert.deepEqual(plot.missing, [false, false, false]);
  });

  it('can be the newest months only', () => {
    const { categories, series } = linesOf([{ file: PROVIDERS, label: 'AWS' }], 'instances', 2);
    assert.deepEqual(categories, [month(-1), month(0)]);
    assert.deepEqual(series[0].values, [60, 80]);
  });

  it('have gaps where a month lacks data or numbers', () => {
    const file = chartFile({
      rows: [row(month(-1), 'deploy', 50), row(month(0), 'deploy', 100)],
      periods: [period(month(-1), 200, 20), period(month(0))],
    });
    const { missing, series } = linesOf([{ file, label: 'deploy' }], 'instances-percent');
    assert.deepEqual(missing, [true, false]);
    assert.deepEqual(series[0].values, [null, 0.5]);
    assert.ok(!hasValues(linesOf([{ file, label: 'bake' }], 'instances-percent')));
  });

  it('have names that differ', () => {
    const names = lineNames([
      { label: 'webhook', noun: 'stage type' },
      { label: 'WEBHOOK', noun: 'trigger' },
      { label: 'AWS', noun: 'cloud provider' },
    ]);
    assert.deepEqual(names, ['webhook (stage type)', 'WEBHOOK (trigger)', 'AWS']);
  });
});

describe('the use of a stage type on new releases', () => {
  const byRelease = chartFile({
    name: 'stage-types-by-release',
    rows: [
      row(month(0), 'deploy on 2025.3 or newer', 45),
      row(month(0), 'deploy on 2026.1 or newer', 20),
      row(month(0), 'deploy on 2026.2 or newer', 5),
      row(month(0), 'deployManifest on 2025.3 or newer', 90),
    ],
  });
  const adoption = chartFile({
    name: 'version-adoption',
    rows: [row(month(0), '2025.3 or newer', 120), row(month(0), '2026.1 or newer', 70)],
  });

  it('is a share of the instances on that release or newer', () => {
    assert.deepEqual(usesByRelease(byRelease, adoption, 'deploy'), [
      { release: '2025.3 or newer', instances: 45, total: 120 },
      { release: '2026.1 or newer', instances: 20, total: 70 },
    ]);
  });

  it('is unknown without data on the releases in that month', () => {
    const older = chartFile({ rows: [row(month(-1), '2025.3 or newer', 120)] });
    assert.deepEqual(usesByRelease(byRelease, older, 'deploy'), []);
    assert.deepEqual(usesByRelease(chartFile({}), adoption, 'deploy'), []);
  });

  it('is a sentence, with at most 100% despite noise', () => {
    const use = { release: '2025.3 or newer', instances: 45, total: 120 };
    assert.equal(describeUse(use), 'Of the 120 instances on 2025.3 or newer, 45 (38%) use it.');
    assert.match(describeUse({ ...use, instances: 122 }), /122 \(100%\)/);
  });
});

describe('the facts of a feature', () => {
  const file = { threshold: 5, month: '2026-10-01' };

  it('are its shares, months and releases', () => {
    const feature = {
      name: 'Deploy (Manifest)',
      since: '1.13',
      until: '2025.1',
      instances: 96,
      share: 32,
      shareYearBefore: 28,
      regularShare: 20,
      firstReported: '2025-10-01',
      lastReported: '2026-10-01',
    };
    assert.deepEqual(factsOf(feature, file), [
      ['Use it, October 2026', '32% (96 instances)'],
      ['A year before', '28%'],
      ['Use it regularly', '20%'],
      ['First month with at least 5 instances', 'October 2025'],
      ['Last such month', 'October 2026'],
      ['In Spinnaker since', '1.13'],
      ['Last release that has it', '2025.1'],
      ['Name in Spinnaker’s UI', 'Deploy (Manifest)'],
    ]);
  });

  it('are few if it was never reported', () => {
    assert.deepEqual(factsOf({ instances: null, firstReported: null }, file), [
      ['Use it, October 2026', 'fewer than 5 instances'],
    ]);
    assert.deepEqual(factsOf({ instances: null }, { ...file, month: null }), []);
  });
});
