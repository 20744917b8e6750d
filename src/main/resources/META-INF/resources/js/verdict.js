// Judges from a feature's numbers whether it gains traction and whether it can be removed. Pure: no DOM, no network.
import { capitalize, formatCompact, formatMonth, formatNumber, formatWholePercent, plural } from './format.js';

const YEAR = 12;
/** Averages of this many months are compared, because a single month can be an outlier. */
const AVERAGED_MONTHS = 3;
/** Smaller relative changes count as stable: instances are rounded, so small changes mean nothing. */
const MIN_RELATIVE_CHANGE = 0.1;
/** A rise or fall continues through at most this many equal months in a row. Short plateaus come from rounding. */
const MAX_PLATEAU_MONTHS = 3;
/** A feature is new for this many months. */
const NEW_MONTHS = 6;
/** Shorter rises and falls are not mentioned. */
const MIN_STREAK_MONTHS = 3;
/** Removing a feature has low impact below the first share of instances, and high impact from the second. */
const LOW_IMPACT_SHARE = 0.05;
const HIGH_IMPACT_SHARE = 0.25;

/**
 * Judges a feature.
 *
 * @param feature months: first days, oldest first
 *     instances, runs: one number per month; null: not published
 *     activeInstances: all active instances per month; null: unknown
 *     total: instances that reported in the last month
 *     isComplete: false if the feature can be missing in the last month although enough instances used it
 *     unit: noun for runs
 *     threshold: least number of instances that is published
 * @returns firstReported, lastReported and peak (months), peakInstances, share of instances in the last month, and
 *     traction and removal, each with a headline, a tone and an explanation
 */
export function judge(feature) {
  const { months, instances, total } = feature;
  const first = instances.findIndex(value => value != null);
  const last = instances.findLastIndex(value => value != null);
  const peak = instances.reduce((best, value, i) => ((value ?? -1) > (instances[best] ?? -1) ? i : best), 0);
  const latest = instances.at(-1);
  const share = latest != null && total ? Math.min(1, latest / total) : null;
  const reported = { first, last, peak, latest, share };
  const trend = trendOf(feature, first);
  const unknown = latest == null && feature.isComplete === false ? unknownVerdict(feature) : null;
  return {
    firstReported: first < 0 ? null : months[first],
    firstIsStart: first === 0,
    lastReported: last < 0 ? null : months[last],
    peak: months[peak],
    peakInstances: instances[peak],
    share,
    traction: unknown ?? traction(feature, reported, trend),
    removal: unknown ?? removal(feature, reported, trend),
  };
}

const unknownVerdict = ({ months, threshold }) => ({
  headline: 'Unknown',
  tone: 'flat',
  explanation:
    `No number is published for ${formatMonth(months.at(-1))}: too many other names were reported, and only the ` +
    `most used ones are shown. At least ${threshold} instances may have used it.`,
});

/**
 * "growing", "shrinking", "stable", "new" or "gone", compared with a year before or with the feature's first month. A
 * feature is stable if it changes only as much as the number of all active instances does.
 */
function trendOf({ instances, activeInstances, threshold }, first) {
  if (instances.at(-1) == null) {
    return 'gone';
  }
  if (first > 0 && first >= instances.length - NEW_MONTHS) {
    return 'new';
  }
  const counts = instances.map(value => value ?? 0);
  const { now, before } = averages(counts, first);
  const baseline = baselineIndex(counts, first);
  const isActiveKnown = activeInstances?.slice(baseline).every(value => value != null);
  const active = isActiveKnown ? averages(activeInstances, first) : { now: 1, before: 1 };
  const expected = before * (active.now / active.before);
  const change = now - expected;
  if (Math.abs(change) < Math.max(expected * MIN_RELATIVE_CHANGE, threshold / 2)) {
    return 'stable';
  }
  return change > 0 ? 'growing' : 'shrinking';
}

/** The month to compare with: a year before the last month, or the feature's first month if that is later. */
const baselineIndex = (counts, first) => Math.max(counts.length - 1 - YEAR, first, 0);

/** Averages of the last months and of the months around the baseline (from it on, if the feature starts there). */
function averages(counts, first) {
  const average = values => values.reduce((total, value) => total + value, 0) / values.length;
  const baseline = baselineIndex(counts, first);
  const start = baseline === first ? baseline : Math.max(0, baseline + 1 - AVERAGED_MONTHS);
  return {
    now: average(counts.slice(-AVERAGED_MONTHS)),
    before: average(counts.slice(start, start + AVERAGED_MONTHS)),
  };
}

/** For how many months the feature has been rising (sign 1) or falling (sign -1). */
function streak(instances, sign) {
  const counts = instances.map(value => value ?? 0);
  const end = counts.length - 1;
  let start = end;
  let plateau = 0;
  while (start > 0 && plateau <= MAX_PLATEAU_MONTHS && (counts[start] - counts[start - 1]) * sign >= 0) {
    plateau = counts[start] === counts[start - 1] ? plateau + 1 : 0;
    start--;
  }
  while (start < end && counts[start] === counts[start + 1]) {
    start++;
  }
  return end - start;
}

const HEADLINES = {
  growing: { headline: 'Growing', tone: 'up' },
  shrinking: { headline: 'Shrinking', tone: 'down' },
  stable: { headline: 'Stable', tone: 'flat' },
};

function traction(feature, { first, last, latest, peak }, trend) {
  const { months, instances, threshold } = feature;
  const lastMonth = formatMonth(months.at(-1));
  if (trend === 'gone' && last < 0) {
    return {
      headline: 'Never reported',
      tone: 'flat',
      explanation: `In every month, fewer than ${threshold} instances used it.`,
    };
  }
  if (trend === 'gone') {
    return {
      headline: 'No longer reported',
      tone: 'down',
      explanation:
        `Fewer than ${threshold} instances used it in ${lastMonth}, possibly none. ` +
        `The last month with at least ${threshold} instances was ${formatMonth(months[last])}. ` +
        `The peak was ${formatNumber(instances[peak])} instances in ${formatMonth(months[peak])}.`,
    };
  }
  if (trend === 'new') {
    return {
      headline: 'New',
      tone: 'up',
      explanation:
        `First reported in ${formatMonth(months[first])}, by at least ${formatNumber(instances[first])} instances. ` +
        `At least ${formatNumber(latest)} instances used it in ${lastMonth}.`,
    };
  }
  return { ...HEADLINES[trend], explanation: explainChange(feature, first, trend) };
}

function explainChange({ months, instances, runs, activeInstances, threshold, unit }, first, trend) {
  const baseline = baselineIndex(instances, first);
  const since = baseline === months.length - 1 - YEAR ? 'a year before' : `in ${formatMonth(months[baseline])}`;
  const before =
    instances[baseline] == null ? `fewer than ${threshold}` : `at least ${formatNumber(instances[baseline])}`;
  const sentences = [
    `At least ${formatNumber(instances.at(-1))} instances used it in ${formatMonth(months.at(-1))}, ${before} ${since}.`,
  ];
  if (activeInstances?.[baseline] && activeInstances.at(-1)) {
    sentences.push(
      `Over the same period, all active instances went from ${formatNumber(activeInstances[baseline])} to ` +
        `${formatNumber(activeInstances.at(-1))}.`,
    );
  }
  const rising = trend === 'growing';
  const length = trend === 'stable' ? 0 : streak(instances, rising ? 1 : -1);
  if (length >= MIN_STREAK_MONTHS) {
    sentences.push(`It has been ${rising ? 'rising' : 'falling'} for ${plural(length, 'month')}.`);
  }
  if (runs.at(-1) != null && runs[baseline]) {
    sentences.push(
      `${capitalize(unit)} went from ${formatCompact(runs[baseline])} to ${formatCompact(runs.at(-1))} per month.`,
    );
  }
  return sentences.join(' ');
}

/** The second half of the sentence that says how many instances a removal would affect. */
const OUTLOOK = {
  growing: ', and usage is growing',
  new: ', and it is new',
  shrinking: ', but usage is shrinking',
  stable: '',
};

function removal({ months, runs, total, threshold, unit }, { last, latest, share }, trend) {
  const lastMonth = formatMonth(months.at(-1));
  if (latest == null) {
    return {
      headline: 'Probably',
      tone: 'safe',
      explanation:
        last < 0
          ? `In every month, fewer than ${threshold} instances used it, possibly none.`
          : `At most ${threshold - 1} reporting instances used it in ${lastMonth}, possibly none. ` +
            'Announce the removal anyway, because some instances do not report.',
    };
  }
  const instances =
    share == null
      ? `About ${formatNumber(latest)} instances`
      : `About ${formatNumber(latest)} of ${formatNumber(total)} reporting instances (${formatWholePercent(share)})`;
  const usage = runs.at(-1) == null ? '' : `, with ${formatCompact(runs.at(-1))} ${unit}`;
  const explanation = `${instances} used it in ${lastMonth}${usage}. Removing it would affect them${OUTLOOK[trend]}.`;
  if (share == null || share >= HIGH_IMPACT_SHARE) {
    return { headline: 'No', tone: 'unsafe', explanation };
  }
  if (share >= LOW_IMPACT_SHARE || trend === 'growing' || trend === 'new') {
    return {
      headline: 'Not yet',
      tone: 'unsafe',
      explanation:
        trend === 'shrinking' ? `${explanation} Deprecate it now, and check again in six months.` : explanation,
    };
  }
  return {
    headline: 'With notice',
    tone: 'careful',
    explanation: `${explanation} Deprecate it first, and name a replacement.`,
  };
}
