// How often the verdicts are right, in communities whose true trends are known (community.js).
//
// Measured with 1,000 communities per line, in percent of verdicts: right / too few to tell / wrong. Features are used by 5 % to
// 90 % of instances, small shares being more frequent; growing ones double or triple in a year or are new, shrinking ones lose a
// half or two thirds. "rare" is 0.2 % to 2 %: right is "Stable", or "Never reported" if there were never more than a few.
//
//   instances    30            100                 300                 1,000
//   stable       0 / 100 / 0   31.2 / 68.7 / 0.1   87.8 / 12.0 / 0.2    99.3 / 0.7 / 0
//   growing      0 / 100 / 0   36.7 / 63.2 / 0.1   96.7 /  3.2 / 0.1   100   / 0   / 0
//   shrinking    0 / 100 / 0   35.6 / 63.5 / 0.9   93.7 /  5.7 / 0.6   100   / 0   / 0
//   gone         0 / 100 / 0   37.2 / 62.8 / 0     98.7 /  1.3 / 0     100   / 0   / 0
//   never        0 / 100 / 0   53.5 / 46.5 / 0    100   /  0   / 0     100   / 0   / 0
//   rare         0 / 100 / 0   40.3 / 59.7 / 0     31.6 / 68.4 / 0      14.2 / 85.8 / 0
//
// Of 300 instances, features used by 5 % to 10 % are the hardest: 58 % of the stable ones and 95 % of those that are gone get the
// right verdict, the others "Too few to tell". From 10 % to 20 % it is 76 % (shrinking) to 100 % (gone). Even if all instances
// are others after a year, at most 1.6 % of the verdicts on one trend, and at most 1 % of all, are wrong.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judge } from '../../main/resources/page/js/verdict.js';
import { TRENDS, report } from './community.js';
import { seeded } from './random.js';

const RUNS = 300;
const NO_VERDICT = ['Too few to tell', 'No data'];
const HEADLINES = {
  stable: ['Stable'],
  growing: ['Growing'],
  shrinking: ['Shrinking'],
  gone: ['No longer reported'],
  never: ['Never reported'],
  rare: ['Stable'],
};

/** The mean of a true number in the last three months. */
const recent = (truth, number) => truth.slice(-3).reduce((sum, each) => sum + each[number], 0) / 3;

/** Whether a headline about a number of instances is right about the trend, or about what fewer than 5 instances are. */
function isRight(trend, headline, truth, number) {
  const isRare = recent(truth, number) < 5;
  const wasRare = truth.every(each => each[number] < 10);
  return (
    HEADLINES[trend].includes(headline) ||
    (headline === 'No longer reported' && isRare && !wasRare) ||
    (headline === 'Never reported' && isRare && wasRare)
  );
}

/** Whether the headline about a removal is wrong: fewer instances than the truth, or many more. */
function isWrongAboutRemoval(headline, truth) {
  const count = recent(truth, 'instances');
  const share = count / recent(truth, 'total');
  return {
    'Few instances, if any': share > 0.05 && count > 15,
    'Some instances': share > 0.25,
    'Many instances': share < 0.125,
  }[headline];
}

/** "right", "too few" or "wrong": wrong if any of the answers is. */
function assess(trend, verdict, truth) {
  const { traction, frequency, affected } = verdict;
  const isUnknown = NO_VERDICT.includes(traction.headline);
  const isWrong =
    (!isUnknown && !isRight(trend, traction.headline, truth, 'instances')) ||
    (frequency != null && !isRight(trend, frequency.headline, truth, 'regular')) ||
    isWrongAboutRemoval(affected.headline, truth);
  return isWrong ? 'wrong' : isUnknown ? 'too few' : 'right';
}

/** The shares of right and wrong verdicts for each trend. */
function measure(size) {
  const table = {};
  for (const trend of Object.keys(TRENDS)) {
    const counts = { right: 0, 'too few': 0, wrong: 0 };
    for (let run = 0; run < RUNS; run++) {
      const random = seeded(run * 1009 + size);
      const { feature, truth } = report(random, size, TRENDS[trend](random));
      counts[assess(trend, judge(feature), truth)]++;
    }
    table[trend] = { right: counts.right / RUNS, wrong: counts.wrong / RUNS };
  }
  return table;
}

/** At most 1 of 100 verdicts is wrong, on each trend and at any size. */
const MAX_WRONG = 0.01;
/** The least share of right verdicts. Fewer than 300 instances are too few for most. */
const MIN_RIGHT = {
  30: {},
  100: {},
  300: { stable: 0.84, growing: 0.93, shrinking: 0.9, gone: 0.96, never: 0.99 },
  1000: { stable: 0.98, growing: 0.99, shrinking: 0.99, gone: 0.99, never: 0.99 },
};

for (const [size, minRight] of Object.entries(MIN_RIGHT)) {
  describe(`the verdicts in a community of ${size} instances`, () => {
    const table = measure(Number(size));

    for (const [trend, { wrong }] of Object.entries(table)) {
      it(`are wrong on at most 1 of 100 features whose trend is "${trend}"`, () => {
        assert.ok(wrong <= MAX_WRONG, `${wrong}`);
      });
    }

    for (const [trend, least] of Object.entries(minRight)) {
      it(`are right on at least ${100 * least} of 100 features whose trend is "${trend}"`, () => {
        assert.ok(table[trend].right >= least, `${table[trend].right}`);
      });
    }
  });
}
