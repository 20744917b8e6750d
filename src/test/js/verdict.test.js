import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judge } from '../../main/resources/page/js/verdict.js';
import { month } from './chart-files.js';
import { noise, published, seeded } from './random.js';

const MONTHS = Array.from({ length: 36 }, (_, i) => i);

/** A feature over 36 months to October 2026. Its numbers are functions of the month's index. */
const featureOf = (
  instances,
  { regular = () => null, failing = () => null, totals = () => 500, hasNoise = true } = {},
) => {
  const ifData = valueOf => MONTHS.map(i => (totals(i) == null ? null : valueOf(i)));
  return {
    months: MONTHS.map(i => month(i - 35)),
    totals: MONTHS.map(totals),
    instances: ifData(instances),
    regular: ifData(regular),
    failing: ifData(failing),
    threshold: 5,
    noise: hasNoise,
  };
};
const judgeSeries = (instances, options) => judge(featureOf(instances, options));

const without = (feature, index) => {
  const drop = values => values.map((value, i) => (i === index ? null : value));
  const { totals, instances, regular, failing } = feature;
  return {
    ...feature,
    totals: drop(totals),
    instances: drop(instances),
    regular: drop(regular),
    failing: drop(failing),
  };
};

describe('the headlines', () => {
  const cases = [
    ['grows', i => 50 + 5 * i, 'Growing', 'Many instances'],
    ['shrinks', i => 250 - 5 * i, 'Shrinking', 'Some instances'],
    ['is used by a fifth', () => 100, 'Stable', 'Some instances'],
    ['is used nearly everywhere', () => 480, 'Stable', 'Many instances'],
    ['is new', i => (i < 33 ? null : 60), 'Growing', 'Some instances'],
    ['is gone', i => (i < 30 ? 60 : null), 'No longer reported', 'Few instances, if any'],
    ['was never reported', () => null, 'Never reported', 'Few instances, if any'],
    ['is rare', i => (i % 3 ? 5 : null), 'Too few to tell', 'Few instances, if any'],
    ['was always rare and is gone', i => (i < 30 ? 6 : null), 'Too few to tell', 'Few instances, if any'],
  ];
  for (const [description, instances, traction, affected] of cases) {
    it(`of a feature that ${description} are "${traction}" and "${affected}"`, () => {
      const verdict = judgeSeries(instances);
      assert.deepEqual([verdict.traction.headline, verdict.affected.headline], [traction, affected]);
    });
  }
});

describe('no verdict', () => {
  const headlines = ({ traction, affected }) => [traction.headline, affected.headline];

  it('is given if one of the last months has no complete data', () => {
    for (const gap of [33, 34, 35]) {
      const verdict = judgeSeries(() => 100, { totals: i => (i === gap ? null : 500) });
      assert.deepEqual(headlines(verdict), ['No data', 'No data']);
      assert.match(verdict.traction.explanation, /no complete data for (August|September|October) 2026/);
    }
  });

  it('is given on the change if there is no complete data a year before', () => {
    const verdict = judgeSeries(() => 100, { totals: i => (i === 22 ? null : 500) });
    assert.deepEqual(headlines(verdict), ['No data', 'Some instances']);
    assert.match(verdict.traction.explanation, /^There is no complete data for September 2025/);
  });

  it('is given for fewer than 100 instances', () => {
    const verdict = judgeSeries(() => 90, { totals: () => 99 });
    assert.deepEqual(headlines(verdict), ['Too few to tell', 'Too few to tell']);
    assert.match(verdict.traction.explanation, /^99 instances reported in October 2026\. A verdict needs at least 100/);
  });

  it('is given in the first months', () => {
    const young = length => {
      const { months, ...others } = featureOf(() => 100);
      const cut = Object.entries(others).map(([key, value]) => [key, value.slice?.(36 - length) ?? value]);
      return judge({ ...Object.fromEntries(cut), months: months.slice(36 - length) });
    };
    for (const length of [0, 1, 2]) {
      assert.deepEqual(headlines(young(length)), ['Too few to tell', 'Too few to tell']);
    }
    assert.deepEqual(headlines(young(5)), ['Too few to tell', 'Some instances']);
    assert.deepEqual(headlines(young(6)), ['Stable', 'Some instances']);
    assert.match(young(6).traction.explanation, /, 20% in the three months to July 2026\./);
  });

  it('claims that a feature was never reported if a month has no data', () => {
    const verdict = judgeSeries(() => null, { totals: i => (i === 10 ? null : 500) });
    assert.equal(verdict.traction.headline, 'Too few to tell');
    assert.match(verdict.traction.explanation, /1 month had no complete data/);
  });
});

describe('traction', () => {
  it('compares the mean share of three months with that of a year before', () => {
    assert.equal(
      judgeSeries(i => 50 + 5 * i).traction.explanation,
      'In the three months to October 2026, 44% of instances used it, 32% a year before. ' +
        'The difference is more than noise and chance would make.',
    );
  });

  it('is stable if a feature grows only as much as all instances do', () => {
    const { traction } = judgeSeries(i => 100 + 4 * i, { totals: i => 500 + 20 * i });
    assert.equal(traction.headline, 'Stable');
  });

  it('is shrinking if a feature does not grow although all instances do', () => {
    assert.equal(judgeSeries(() => 200, { totals: i => 300 + 20 * i }).traction.headline, 'Shrinking');
  });

  it('ignores an outlier in a single month', () => {
    assert.equal(judgeSeries(i => (i === 35 ? 80 : 100)).traction.headline, 'Stable');
  });

  it('is unknown if chance explains the change', () => {
    const { traction } = judgeSeries(i => (i < 30 ? 15 : 20));
    assert.equal(traction.headline, 'Too few to tell');
    assert.match(traction.explanation, /By noise and chance alone, it can change by 3 percentage points\.$/);
  });

  it('blames chance alone if the numbers have no noise', () => {
    const { traction } = judgeSeries(i => (i < 30 ? 15 : 20), { hasNoise: false });
    assert.match(traction.explanation, / By chance alone, it can change by 3 percentage points\.$/);
  });

  it('names the threshold if the feature was not published a year before', () => {
    assert.match(
      judgeSeries(i => (i < 30 ? null : 50)).traction.explanation,
      /, fewer than 5 instances a year before\./,
    );
  });

  it('says when a feature that is gone was last reported', () => {
    assert.equal(
      judgeSeries(i => (i < 30 ? 60 : null)).traction.explanation,
      'Fewer than 5 instances used it in each of the three months to October 2026, possibly none. ' +
        'The last month with at least 5 was April 2026. At its peak, 12% of instances used it.',
    );
  });
});

describe('frequency', () => {
  const steady = () => 200;

  it('is judged apart if it changes in another way', () => {
    const { traction, frequency } = judgeSeries(steady, { regular: i => 150 - 3 * i });
    assert.equal(traction.headline, 'Stable');
    assert.equal(frequency.headline, 'Shrinking');
    assert.match(frequency.explanation, /of instances used it regularly, /);
  });

  it('is not mentioned if it changes in the same way, or if nothing is known', () => {
    assert.equal(judgeSeries(steady, { regular: () => 150 }).frequency, null);
    assert.equal(judgeSeries(steady).frequency, null);
    assert.equal(judgeSeries(steady, { totals: () => 90 }).frequency, null);
  });
});

describe('the affected instances', () => {
  it('are named with evidence', () => {
    const { affected } = judgeSeries(() => 100, { regular: () => 60, failing: () => null });
    assert.equal(
      affected.explanation,
      'In October 2026, 100 of 500 instances (20%) used it, 60 of them regularly (30 runs or more), and fewer than 5 saw ' +
        'more than 10% of its runs fail. Allowing for noise and chance, 16% to 24% of instances use it. ' +
        'Instances that do not report are not counted.',
    );
  });

  it('are possibly zero', () => {
    assert.match(judgeSeries(() => null).affected.explanation, /^Fewer than 5 instances used it .*, possibly none\. /);
  });

  it('are at most all instances, although numbers have noise', () => {
    assert.match(judgeSeries(() => 503).affected.explanation, / 503 of 500 instances \(100%\).* to 100% of instances/);
  });
});

describe('the facts', () => {
  it('name the first, last and peak month', () => {
    const verdict = judgeSeries(i => (i < 10 || i > 30 ? null : i === 20 ? 60 : 50));
    assert.equal(verdict.firstReported, month(10 - 35));
    assert.equal(verdict.lastReported, month(30 - 35));
    assert.equal(verdict.peak, month(20 - 35));
    assert.equal(verdict.firstIsStart, false);
  });

  it('say if the feature is older than the numbers', () => {
    assert.equal(judgeSeries(() => 5).firstIsStart, true);
  });

  it('are empty for a feature that was never reported', () => {
    const { firstReported, lastReported, peak } = judgeSeries(() => null);
    assert.deepEqual([firstReported, lastReported, peak], [null, null, null]);
  });
});

/** Answers from the least to the most permissive towards removal. No verdict permits nothing. */
const AFFECTED = ['Many instances', 'Some instances', 'Few instances, if any'];
const TRACTION = ['Growing', 'Stable', 'Shrinking', 'No longer reported', 'Never reported'];
const permissiveness = ({ affected, traction }) => [
  AFFECTED.indexOf(affected.headline),
  Math.min(TRACTION.indexOf(traction.headline), TRACTION.indexOf('No longer reported')),
];

/** The true numbers of a random feature: a random walk, in a community of random size, so that all answers occur. */
function randomCounts(random) {
  const size = 110 + Math.floor(random() ** 2 * 2000);
  let share = random() < 0.4 ? random() * 0.06 : random();
  const drift = (random() - 0.5) * 0.12;
  return MONTHS.map(() => {
    share = Math.min(1, Math.max(0, share * (1 + drift + (random() - 0.5) * 0.1)));
    const total = Math.round(size * (0.97 + 0.06 * random()));
    return { total, count: Math.round(share * total) };
  });
}

const publish = (counts, noiseOf, hasNoise) =>
  featureOf(i => published(counts[i].count === 0 ? 0 : counts[i].count + noiseOf()), {
    totals: i => counts[i].total + noiseOf(),
    hasNoise,
  });

describe('an answer never becomes more permissive', () => {
  const RUNS = 2000;

  it('if a month is removed', () => {
    const random = seeded(1);
    const seen = new Set();
    for (let run = 0; run < RUNS; run++) {
      const feature = publish(randomCounts(random), () => noise(random), true);
      const [affected, traction] = permissiveness(judge(feature));
      seen.add(affected).add(`traction ${traction}`);
      const index = 1 + Math.floor(random() * (MONTHS.length - 1));
      const [affectedWithout, tractionWithout] = permissiveness(judge(without(feature, index)));
      assert.ok(affectedWithout <= affected, `run ${run}, month ${index}: ${affected} becomes ${affectedWithout}`);
      assert.ok(tractionWithout <= traction, `run ${run}, month ${index}: ${traction} becomes ${tractionWithout}`);
    }
    assert.equal(seen.size, 3 + 5, [...seen].join());
  });

  it('about the affected instances, if each number gets a noise of up to three standard deviations', () => {
    const random = seeded(2);
    for (let run = 0; run < RUNS; run++) {
      const counts = randomCounts(random);
      const [affected] = permissiveness(judge(publish(counts, () => 0, false)));
      const worst = [-4, -4, 4, Math.round(8 * random() - 4)];
      const [noisy] = permissiveness(judge(publish(counts, () => worst[Math.floor(random() * 4)], true)));
      const [lowest] = permissiveness(
        judge(featureOf(i => published(counts[i].count - 4), { totals: i => counts[i].total + 4 })),
      );
      assert.ok(noisy <= affected, `run ${run}: ${affected} becomes ${noisy}`);
      assert.ok(lowest <= affected, `run ${run}: ${affected} becomes ${lowest}`);
    }
  });

  it('if the same numbers are known to have noise', () => {
    const random = seeded(3);
    for (let run = 0; run < RUNS; run++) {
      const feature = publish(randomCounts(random), () => 0, false);
      const exact = permissiveness(judge(feature));
      const noisy = permissiveness(judge({ ...feature, noise: true }));
      assert.ok(noisy[0] <= exact[0] && noisy[1] <= exact[1], `run ${run}: ${exact} becomes ${noisy}`);
    }
  });
});
