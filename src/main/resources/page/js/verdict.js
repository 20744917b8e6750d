// Judges from a feature's numbers whether its use grows and whom a removal would affect. Pure: no DOM, no network.
//
// Shares are judged with their uncertainty: each count has noise, and the instances that report are a sample of all instances.
// The mean of three months is compared with that of the same months a year before. Numbers that are not published are between
// 0 and the threshold. If an answer depends on which it is, on noise or on chance, the answer is "Too few to tell".
import { formatList, formatMonth, formatNumber, formatPercent, plural } from './format.js';

const YEAR = 12;
const WINDOW = 3;
/** With fewer instances in the last month, no share is certain enough. */
const MIN_INSTANCES = 100;
/** The standard deviation of a count's noise, and the noise that is allowed for in full: three standard deviations. */
const NOISE_DEVIATION = 1.4;
const NOISE_ALLOWANCE = 3 * NOISE_DEVIATION;
/** Standard deviations of a change beyond which it is neither noise nor chance. */
const CERTAIN_CHANGE = 2.2;
/** Relative changes that are too small to be called growing or shrinking. */
const MIN_RELATIVE_CHANGE = 0.15;
/** A feature is stable if its share cannot have changed by this part of it, give or take this number of standard deviations. */
const MAX_STABLE_CHANGE = 0.5;
const CERTAIN_STABILITY = 1;
/** Standard deviations of the range that a share is in. */
const CERTAIN_SHARE = 1.64;
/** Few instances: at most this number, or at most this share of all. Many instances: this share of all or more. */
const FEW_INSTANCES = 15;
const FEW_SHARE = 0.05;
const MANY_SHARE = 0.25;

/**
 * Judges a feature.
 *
 * @param feature months: first days, oldest first
 *     totals: all instances per month; null: the month has no complete data
 *     instances, regular, failing: instances per month that use it, use it regularly, and see it fail; null: not published
 *     threshold: least number that is published
 *     noise: whether the numbers have noise
 * @returns firstReported, lastReported and peak (months), peakInstances, all null if it was never reported, and traction, frequency (null unless
 *     regular use changes in another way) and affected, each with a headline, a tone and an explanation
 */
export function judge(feature) {
  const { months, instances } = feature;
  const first = instances.findIndex(value => value != null);
  const last = instances.findLastIndex(value => value != null);
  const peak = instances.reduce((best, value, i) => ((value ?? -1) > (instances[best] ?? -1) ? i : best), 0);
  const reported = {
    firstReported: first < 0 ? null : months[first],
    firstIsStart: first === 0,
    lastReported: last < 0 ? null : months[last],
    peak: first < 0 ? null : months[peak],
    peakInstances: first < 0 ? null : instances[peak],
  };
  const none = noVerdict(feature);
  if (none) {
    return { ...reported, traction: none, frequency: null, affected: none };
  }
  const traction = tractionOf(feature, instances);
  return { ...reported, traction, frequency: frequencyOf(feature, traction), affected: affectedBy(feature) };
}

const tooFew = explanation => ({ headline: 'Too few to tell', tone: 'flat', explanation });
const noData = explanation => ({ headline: 'No data', tone: 'flat', explanation });

/** Why nothing can be said about the last months; null if something can. */
function noVerdict({ months, totals }) {
  const now = lastWindow(months);
  const missing = now.filter(i => totals[i] == null);
  if (months.length < WINDOW || missing.length === months.length) {
    return tooFew(`A verdict needs ${plural(WINDOW, 'month')} of complete data.`);
  }
  if (missing.length > 0) {
    const names = formatList(missing.map(i => formatMonth(months[i])));
    return noData(`There is no complete data for ${names}, so nothing can be said about the last three months.`);
  }
  if (totals.at(-1) < MIN_INSTANCES) {
    return tooFew(
      `${formatNumber(totals.at(-1))} instances reported in ${formatMonth(months.at(-1))}. A verdict needs at least ` +
        `${MIN_INSTANCES}, because the use of a few instances says little about all others.`,
    );
  }
  return null;
}

const windowFrom = start => Array.from({ length: WINDOW }, (_, i) => start + i);
const lastWindow = months => windowFrom(Math.max(0, months.length - WINDOW)).filter(i => i < months.length);

/** The months to compare with: a year before the last ones, or the first months that have data. */
function windowBefore({ months, totals }) {
  const yearBefore = months.length - YEAR - WINDOW;
  const start = Math.max(
    yearBefore,
    totals.findIndex(value => value != null),
  );
  return { window: windowFrom(start), isYear: start === yearBefore, isEarlier: start + 2 * WINDOW <= months.length };
}

/** Estimates a share from these months: the mean number of instances, with bounds for unpublished numbers, of all instances. */
function estimate({ totals, threshold }, counts, window) {
  const mean = valueOf => window.reduce((sum, i) => sum + valueOf(i), 0) / window.length;
  const n = mean(i => totals[i]);
  const low = mean(i => counts[i] ?? 0);
  const high = mean(i => counts[i] ?? threshold - 1);
  return {
    n,
    low: low / n,
    high: high / n,
    middle: (low + high) / 2 / n,
    isHidden: window.every(i => counts[i] == null),
  };
}

/** The standard deviation of the difference of two estimated shares. */
function deviation(first, second, noise) {
  const variance = ({ n, middle }) => {
    const share = (Math.min(1, middle) * n + 1) / (n + 2); // even if nobody used it, somebody could have
    return (share * (1 - share)) / n + (noise ? (NOISE_DEVIATION / n) ** 2 : 0);
  };
  return Math.sqrt(variance(first) + variance(second));
}

function tractionOf(feature, counts) {
  const { months, totals, threshold, noise } = feature;
  const now = estimate(feature, counts, lastWindow(months));
  if (now.isHidden) {
    return hiddenTraction(feature, counts, now);
  }
  const { window, isYear, isEarlier } = windowBefore(feature);
  if (!isEarlier) {
    return tooFew(`${describeShare(now, feature)} A comparison needs ${plural(2 * WINDOW, 'month')} of data.`);
  }
  const missing = window.filter(i => totals[i] == null);
  if (missing.length > 0) {
    const names = formatList(missing.map(i => formatMonth(months[i])));
    return noData(`There is no complete data for ${names}, so the last months cannot be compared with a year before.`);
  }
  const before = estimate(feature, counts, window);
  const since = isYear ? 'a year before' : `in the three months to ${formatMonth(months[window.at(-1)])}`;
  const evidence = describeShare(now, feature, `${shareOrFew(before, threshold)} ${since}`);
  const change = changeOf(before, now, noise);
  if (change != null) {
    return { ...change, explanation: `${evidence} The difference is more than ${causes(noise)} would make.` };
  }
  return isStable(before, now, noise)
    ? {
        headline: 'Stable',
        tone: 'flat',
        explanation: `${evidence} It has probably not changed by half of its share or more.`,
      }
    : tooFew(
        `${evidence} By ${causes(noise)} alone, it can change by ` +
          `${plural(Math.ceil(100 * CERTAIN_CHANGE * deviation(before, now, noise)), 'percentage point')}.`,
      );
}

/** The headline of a change that is large, and neither noise nor chance; null if there is none. */
function changeOf(before, now, noise) {
  const certain = CERTAIN_CHANGE * deviation(before, now, noise);
  if (now.low - before.high > Math.max(certain, MIN_RELATIVE_CHANGE * before.high)) {
    return { headline: 'Growing', tone: 'up' };
  }
  if (before.low - now.high > Math.max(certain, MIN_RELATIVE_CHANGE * before.low)) {
    return { headline: 'Shrinking', tone: 'down' };
  }
  return null;
}

/** Whether a large change is improbable. A change that only noise makes uncertain does not count as stable. */
function isStable(before, now, noise) {
  const largest = Math.max(now.high - before.low, before.high - now.low);
  const margin = CERTAIN_STABILITY * deviation(before, now, noise);
  return largest + margin < MAX_STABLE_CHANGE * before.low && changeOf(before, now, false) == null;
}

/** The traction of a feature that too few instances use now. */
function hiddenTraction(feature, counts, now) {
  const { months, threshold, noise, verb = 'used it' } = feature;
  const last = counts.findLastIndex(value => value != null);
  const fewer = `Fewer than ${threshold} instances ${verb} in each of the three months to ${formatMonth(months.at(-1))}, possibly none.`;
  if (last < 0) {
    return neverReported(feature, fewer);
  }
  const peak = peakOf(feature, counts);
  if (peak == null || peak.low - now.high <= CERTAIN_CHANGE * deviation(peak, now, noise)) {
    return tooFew(`${fewer} It never had many more, so ${causes(noise)} can explain the fall.`);
  }
  return {
    headline: 'No longer reported',
    tone: 'down',
    explanation:
      `${fewer} The last month with at least ${threshold} was ${formatMonth(months[last])}. ` +
      `At its peak, ${formatPercent(peak.middle)} of instances ${verb}.`,
  };
}

/** "Never reported", unless it can have been reported in a month without data. */
function neverReported({ months, totals, threshold }, fewer) {
  const first = totals.findIndex(value => value != null);
  const missing = totals.slice(first).filter(value => value == null).length;
  return missing > 0
    ? tooFew(`${fewer} Before, ${plural(missing, 'month')} had no complete data.`)
    : {
        headline: 'Never reported',
        tone: 'flat',
        explanation: `Fewer than ${threshold} instances used it in each month since ${formatMonth(months[first])}, possibly none.`,
      };
}

/** The three months in a row, all with data, in which the largest share used the feature; null if there are none. */
function peakOf(feature, counts) {
  return feature.months
    .map((_, start) => windowFrom(start))
    .filter(window => window.every(i => feature.totals[i] != null))
    .map(window => estimate(feature, counts, window))
    .reduce((best, each) => (best == null || each.low > best.low ? each : best), null);
}

/** The change of regular use, if it is certain and differs from that of use. */
function frequencyOf(feature, traction) {
  const frequency = tractionOf({ ...feature, verb: 'used it regularly' }, feature.regular);
  return CHANGES.includes(frequency.headline) && frequency.headline !== traction.headline ? frequency : null;
}

const CHANGES = ['Growing', 'Shrinking', 'No longer reported'];

const shareOrFew = ({ isHidden, middle }, threshold) =>
  isHidden ? `fewer than ${threshold} instances` : formatPercent(middle);

/** "In the three months to October 2026, 32% of instances used it, 28% a year before." */
function describeShare({ middle }, { months, verb = 'used it' }, before = null) {
  const comparison = before == null ? '' : `, ${before}`;
  const when = `In the three months to ${formatMonth(months.at(-1))}`;
  return `${when}, ${formatPercent(Math.min(1, middle))} of instances ${verb}${comparison}.`;
}

/** The causes of differences that mean nothing. */
const causes = noise => (noise ? 'noise and chance' : 'chance');

const NOT_REPORTING = 'Instances that do not report are not counted.';

/**
 * Says whom a removal would affect. The headline follows from the largest share that noise and chance allow, so that neither
 * of them ever makes fewer instances of many.
 */
function affectedBy(feature) {
  const { months, instances, threshold, noise } = feature;
  const now = estimate(feature, instances, lastWindow(months));
  const { least, most, n } = rangeOf(now, noise);
  const headline =
    most * n <= Math.max(FEW_INSTANCES, FEW_SHARE * n)
      ? 'Few instances, if any'
      : most < MANY_SHARE
        ? 'Some instances'
        : 'Many instances';
  const explanation = now.isHidden
    ? `Fewer than ${threshold} instances used it in each of the three months to ${formatMonth(months.at(-1))}, possibly none.`
    : `${describeUse(feature)} Allowing for ${causes(noise)}, ${formatPercent(least)} to ${formatPercent(most)} of instances use it.`;
  return { headline, tone: 'flat', explanation: `${explanation} ${NOT_REPORTING}` };
}

/** The range that a share is in, with the full noise in the unfavorable direction and with chance. */
function rangeOf({ n, low, high }, noise) {
  const allowance = noise ? NOISE_ALLOWANCE : 0;
  const smallest = Math.max(1, n - allowance);
  const chance = (count, all) => CERTAIN_SHARE * Math.sqrt(Math.max(0, count * (1 - count / all)));
  const fewest = Math.max(0, low * n - allowance);
  const largest = Math.min(smallest, high * n + allowance);
  return {
    n: smallest,
    least: Math.max(0, fewest - chance(fewest, n)) / n,
    most: Math.min(1, (largest + chance(largest, smallest)) / smallest),
  };
}

/** "In October 2026, 96 of 300 instances (32%) used it, 40 of them regularly (…), and 9 saw more than 10% of its runs fail." */
function describeUse({ months, totals, instances, regular, failing, threshold }) {
  const [used, total] = [instances.at(-1), totals.at(-1)];
  const orFewer = number => (number == null ? `fewer than ${threshold}` : formatNumber(number));
  const share = used == null ? '' : ` (${formatPercent(Math.min(1, used / total))})`;
  const often = orFewer(regular.at(-1));
  return (
    `In ${formatMonth(months.at(-1))}, ${orFewer(used)} of ${formatNumber(total)} instances${share} used it, ` +
    `${often} of them regularly (30 runs or more), and ${orFewer(failing.at(-1))} saw more than 10% of its runs fail.`
  );
}
