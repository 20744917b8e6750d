// Synthetic communities whose true trends are known, and their numbers as they are published.
import { month } from './chart-files.js';
import { noise, published } from './random.js';

const MONTHS = 36;
/** Instances that leave in a month, in which as many others arrive. About 4 of 10 are others after a year. */
const TURNOVER = 0.04;
/** Instances that report on enough days of a month to be counted. */
const COUNTED = 0.95;
/** Instances with the feature that do not use it in each month, and how often they do. */
const OCCASIONAL = 0.25;
const OCCASIONAL_USE = 0.6;
/** Instances that use the feature regularly, or see it fail, of those that use it. */
const REGULAR = 0.6;
const FAILING = 0.15;

const pick = (random, from, to) => from + (to - from) * random();
/** A share between these, more often a small one. */
const pickShare = (random, from, to) => Math.exp(pick(random, Math.log(from), Math.log(to)));

/** From one share to another, in a straight line of months. */
const line = (from, to, start, end) => at =>
  from + (to - from) * Math.min(1, Math.max(0, (at - start) / (end - start)));

/**
 * The true trends. Each picks the share of instances that have the feature, by month: the last month is 35. All but the last
 * two are about features that 5 % of instances or more use, at least at first.
 */
export const TRENDS = {
  stable: random => {
    const share = pickShare(random, 0.05, 0.9);
    return () => share;
  },
  growing: random => {
    const before = pickShare(random, 0.05, 0.4);
    const isNew = random() < 0.3;
    return line(isNew ? 0 : before, Math.min(0.95, before * pick(random, 2, 3)), isNew ? pick(random, 23, 30) : 21, 35);
  },
  shrinking: random => {
    const after = pickShare(random, 0.05, 0.4);
    return line(Math.min(0.95, after * pick(random, 2, 3)), after, 21, 35);
  },
  gone: random => {
    const end = pick(random, 20, 32);
    return line(pickShare(random, 0.05, 0.9), 0, end - pick(random, 3, 12), end);
  },
  never: () => () => 0,
  rare: random => {
    const share = pickShare(random, 0.002, 0.02);
    return () => share;
  },
};

/**
 * Lets a community of about that size report for 36 months.
 *
 * @param shareAt the share of instances that have the feature, by month
 * @returns feature: the published numbers, as judge() expects them; truth: the numbers without noise, by month
 */
export function report(random, size, shareAt) {
  const instances = Array.from({ length: Math.round(size / COUNTED) }, () => arrive(random));
  const feature = { months: [], totals: [], instances: [], regular: [], failing: [], threshold: 5, noise: true };
  const truth = [];
  for (let at = 0; at < MONTHS; at++) {
    const counts = countMonth(random, instances, shareAt(at));
    const publish = count => published(count === 0 ? 0 : count + noise(random));
    truth.push(counts);
    feature.months.push(month(at - MONTHS + 1));
    feature.totals.push(publish(counts.total));
    feature.instances.push(publish(counts.instances));
    feature.regular.push(feature.instances[at] == null ? null : publish(counts.regular));
    feature.failing.push(feature.instances[at] == null ? null : publish(counts.failing));
  }
  return { feature, truth };
}

/** An instance that has the feature while its share is above `early`: the smaller, the earlier it adopts features. */
const arrive = random => ({
  early: random(),
  isOccasional: random() < OCCASIONAL,
  isRegular: random() < REGULAR,
  fails: random() < FAILING,
});

function countMonth(random, instances, share) {
  const counts = { total: 0, instances: 0, regular: 0, failing: 0 };
  for (let i = 0; i < instances.length; i++) {
    if (random() < TURNOVER) {
      instances[i] = arrive(random);
    }
    const { early, isOccasional, isRegular, fails } = instances[i];
    if (random() < COUNTED) {
      counts.total++;
      if (early < share && (!isOccasional || random() < OCCASIONAL_USE)) {
        counts.instances++;
        counts.regular += isRegular && !isOccasional ? 1 : 0;
        counts.failing += fails ? 1 : 0;
      }
    }
  }
  return counts;
}
