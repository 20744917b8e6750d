import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judge } from '../../main/resources/META-INF/resources/js/verdict.js';
import { month } from './chart-files.js';

const MONTHS = Array.from({ length: 36 }, (_, i) => i);

/** Judges a feature over 36 months to October 2026. Its numbers are functions of the month's index. */
const judgeSeries = (
  instances,
  { runs = instances, activeInstances = () => 200, total = 200, isComplete = true } = {},
) =>
  judge({
    months: MONTHS.map(i => month(i - 35)),
    instances: MONTHS.map(instances),
    runs: MONTHS.map(runs),
    activeInstances: activeInstances && MONTHS.map(activeInstances),
    total,
    isComplete,
    unit: 'stage runs',
    threshold: 5,
  });

describe('the headlines', () => {
  const cases = [
    ['grows', i => 10 + 5 * i, 'Growing', 'No'],
    ['shrinks', i => 110 - 2 * i, 'Shrinking', 'Not yet'],
    ['is used by few', () => 5, 'Stable', 'With notice'],
    ['is used nearly everywhere', () => 180, 'Stable', 'No'],
    ['is new', i => (i < 33 ? null : 15), 'New', 'Not yet'],
    ['is gone', i => (i < 30 ? 20 : null), 'No longer reported', 'Probably'],
    ['was never reported', () => null, 'Never reported', 'Probably'],
    ['is young and shrinks', i => (i < 25 ? null : 55 - 5 * (i - 25)), 'Shrinking', 'With notice'],
  ];
  for (const [description, instances, traction, removal] of cases) {
    it(`of a feature that ${description} are "${traction}" and "${removal}"`, () => {
      const verdict = judgeSeries(instances);
      assert.deepEqual([verdict.traction.headline, verdict.removal.headline], [traction, removal]);
    });
  }
});

describe('a feature that others can have pushed out of the last month', () => {
  for (const instances of [() => null, i => (i < 30 ? 20 : null)]) {
    it('is neither gone nor safe to remove', () => {
      const { traction, removal } = judgeSeries(instances, { isComplete: false });
      assert.deepEqual([traction.headline, removal.headline], ['Unknown', 'Unknown']);
      assert.match(removal.explanation, /^No number is published for October 2026/);
    });
  }

  it('is judged by its numbers if it has some', () => {
    assert.equal(judgeSeries(() => 180, { isComplete: false }).removal.headline, 'No');
  });
});

describe('traction', () => {
  it('is stable if a feature grows only as much as all active instances', () => {
    const { traction } = judgeSeries(i => 50 + 2 * i, { activeInstances: i => 100 + 4 * i });
    assert.equal(traction.headline, 'Stable');
  });

  it('is shrinking if a feature does not grow although all active instances do', () => {
    const { traction } = judgeSeries(() => 50, { activeInstances: i => 100 + 5 * i });
    assert.equal(traction.headline, 'Shrinking');
  });

  it('ignores the number of active instances if a month of it is unknown', () => {
    const { traction } = judgeSeries(() => 50, { activeInstances: i => (i === 30 ? null : 100 + 5 * i) });
    assert.equal(traction.headline, 'Stable');
  });

  it('ignores the number of active instances if there is none', () => {
    const { traction } = judgeSeries(() => 50, { activeInstances: null });
    assert.equal(traction.headline, 'Stable');
    assert.doesNotMatch(traction.explanation, /active instances/);
  });

  it('ignores an outlier in a single month', () => {
    assert.equal(judgeSeries(i => (i === 35 ? 40 : 50)).traction.headline, 'Stable');
  });

  it('ignores a change of less than a rounding step', () => {
    assert.equal(judgeSeries(i => (i === 35 ? 15 : 10)).traction.headline, 'Stable');
  });

  it('compares with a year before', () => {
    assert.equal(
      judgeSeries(i => 10 + 5 * i).traction.explanation,
      'At least 185 instances used it in October 2026, at least 125 a year before. ' +
        'Over the same period, all active instances went from 200 to 200. ' +
        'It has been rising for 35 months. Stage runs went from 125 to 185 per month.',
    );
  });

  it('compares with the first month of a feature that is younger than a year', () => {
    const { traction } = judgeSeries(i => (i < 28 ? null : 10 * (i - 27)));
    assert.match(traction.explanation, /^At least 80 instances used it in October 2026, at least 10 in March 2026\./);
  });

  it('names the threshold if the feature was not published a year before', () => {
    const { traction } = judgeSeries(i => (i === 23 ? null : 20 + 5 * i));
    assert.match(traction.explanation, /, fewer than 5 a year before\./);
  });

  it('counts a rise through short plateaus, but not through long ones', () => {
    const shortPlateaus = i => 50 + 5 * Math.floor(i / 4);
    const longPlateau = i => 50 + 5 * (i < 20 ? i : Math.max(20, i - 8));
    assert.match(judgeSeries(shortPlateaus).traction.explanation, /rising for 3\d months/);
    assert.match(judgeSeries(longPlateau).traction.explanation, /rising for 7 months/);
  });

  it('names the last month and the peak of a feature that is gone', () => {
    const { traction } = judgeSeries(i => (i < 30 ? 20 + i : null));
    assert.equal(
      traction.explanation,
      'Fewer than 5 instances used it in October 2026, possibly none. ' +
        'The last month with at least 5 instances was April 2026. The peak was 49 instances in April 2026.',
    );
  });

  it('says nothing about runs that are not published', () => {
    assert.doesNotMatch(judgeSeries(i => 10 + 5 * i, { runs: () => null }).traction.explanation, /Stage runs/);
  });
});

describe('removal', () => {
  it('says how many instances it would affect', () => {
    assert.equal(
      judgeSeries(() => 50, { runs: () => 900 }).removal.explanation,
      'About 50 of 200 reporting instances (25%) used it in October 2026, with 900 stage runs. ' +
        'Removing it would affect them.',
    );
  });

  it('says where usage is going', () => {
    assert.match(judgeSeries(i => 10 + 5 * i).removal.explanation, /would affect them, and usage is growing\.$/);
    assert.match(judgeSeries(i => (i < 33 ? null : 15)).removal.explanation, /would affect them, and it is new\.$/);
    assert.match(judgeSeries(i => 110 - 2 * i).removal.explanation, /would affect them, but usage is shrinking\. /);
  });

  it('is unsafe if the share of instances is unknown', () => {
    const { removal } = judgeSeries(() => 5, { total: null });
    assert.equal(removal.headline, 'No');
    assert.equal(
      removal.explanation,
      'About 5 instances used it in October 2026, with 5 stage runs. Removing it would affect them.',
    );
  });

  it('reminds of instances that do not report', () => {
    const { removal } = judgeSeries(i => (i < 30 ? 20 : null));
    assert.match(removal.explanation, /^At most 4 reporting instances used it in October 2026, possibly none\./);
    assert.match(removal.explanation, /some instances do not report\.$/);
  });
});

describe('the facts', () => {
  it('name the first, last and peak month', () => {
    const verdict = judgeSeries(i => (i < 10 || i > 30 ? null : i === 20 ? 60 : 50));
    assert.equal(verdict.firstReported, month(10 - 35));
    assert.equal(verdict.lastReported, month(30 - 35));
    assert.equal(verdict.peak, month(20 - 35));
    assert.equal(verdict.peakInstances, 60);
    assert.equal(verdict.firstIsStart, false);
    assert.equal(verdict.share, null);
  });

  it('say if the feature is older than the numbers', () => {
    assert.equal(judgeSeries(() => 5).firstIsStart, true);
  });

  it('never have a share above 100 %, although numbers are rounded', () => {
    assert.equal(judgeSeries(() => 205).share, 1);
  });
});
