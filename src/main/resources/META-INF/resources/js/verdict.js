// What a feature's numbers say about its future. Pure: no DOM, no network.
import { compact, month, several, whole, wholePercent } from './words.js';

const YEAR = 12;
/** Months whose mean is compared, for a single month may be odd. */
const SMOOTH = 3;
/** A change counts from here on, up or down: instances are rounded, so that less says nothing. */
const NOTABLE = 0.1;
/** Months in a row that may be equal while a number rises or falls. */
const LONGEST_REST = 3;
/** How young a feature is "new". */
const NEW_MONTHS = 6;
/** Shares of instances from which on removing something touches some, and many. */
const SOME = 0.05;
const MANY = 0.25;

/**
 * @param feature months (first days, oldest first), instances and runs in each (null: not published), total: instances
 *     that reported in the last month, all: active instances in each month (null: unknown), unit of runs, threshold
 * @returns firstSeen, lastSeen, peak (months), share, and traction and removal: each a short answer, a tone and words
 */
export function judge(feature) {
  const { months, instances, total } = feature;
  const first = instances.findIndex(value => value != null);
  const last = instances.findLastIndex(value => value != null);
  const peak = instances.reduce((best, value, i) => ((value ?? -1) > (instances[best] ?? -1) ? i : best), 0);
  const now = instances.at(-1);
  const seen = { first, last, peak, now, share: now != null && total ? Math.min(1, now / total) : null };
  const trend = direction(feature, first);
  return {
    firstSeen: first < 0 ? null : months[first],
    firstIsStart: first === 0,
    lastSeen: last < 0 ? null : months[last],
    peak: months[peak],
    peakInstances: instances[peak],
    share: seen.share,
    traction: traction(feature, seen, trend),
    removal: removal(feature, seen, trend),
  };
}

/**
 * "up", "down", "flat", "new" or "gone", against a year before or its beginning. What only
 * grows as the number of all active instances does, or shrinks with it, stands still.
 */
function direction({ instances, all, threshold }, first) {
  const known = instances.map(value => value ?? 0);
  if (instances.at(-1) == null) {
    return 'gone';
  }
  if (first > 0 && first >= instances.length - NEW_MONTHS) {
    return 'new';
  }
  const { now, before } = compared(known, first);
  const isKnown = all?.slice(base(known, first)).every(value => value != null);
  const everybody = isKnown ? compared(all, first) : { now: 1, before: 1 };
  const expected = before * (everybody.now / everybody.before);
  const change = now - expected;
  if (Math.abs(change) < Math.max(expected * NOTABLE, threshold / 2)) {
    return 'flat';
  }
  return change > 0 ? 'up' : 'down';
}

/** The month that the last one is compared with: a year before, or the first with the feature, if that was later. */
const base = (known, first) => Math.max(known.length - 1 - YEAR, first, 0);

function compared(known, first) {
  const mean = values => values.reduce((total, value) => total + value, 0) / values.length;
  const then = base(known, first);
  const start = then === first ? then : Math.max(0, then + 1 - SMOOTH);
  return { now: mean(known.slice(-SMOOTH)), before: mean(known.slice(start, start + SMOOTH)) };
}

/** For how many months it has gone that way, without a step back or a long rest; short ones come of rounding. */
function streak(instances, sign) {
  const known = instances.map(value => value ?? 0);
  const end = known.length - 1;
  let start = end;
  let rest = 0;
  while (start > 0 && rest <= LONGEST_REST && (known[start] - known[start - 1]) * sign >= 0) {
    rest = known[start] === known[start - 1] ? rest + 1 : 0;
    start--;
  }
  while (start < end && known[start] === known[start + 1]) {
    start++;
  }
  return end - start;
}

function traction({ months, instances, runs, all, threshold, unit }, { first, last, now, peak }, trend) {
  const latest = month(months.at(-1));
  if (trend === 'gone') {
    return last < 0
      ? { answer: 'Not seen', tone: 'flat', words: `Never by ${threshold} instances or more in one month.` }
      : {
          answer: 'No longer seen',
          tone: 'down',
          words:
            `Fewer than ${threshold} instances used it in ${latest}, if any did. The last month with more was ` +
            `${month(months[last])}; the most were ${whole(instances[peak])}, in ${month(months[peak])}.`,
        };
  }
  if (trend === 'new') {
    return {
      answer: 'New',
      tone: 'up',
      words:
        `First seen in ${month(months[first])}, by at least ${whole(instances[first])} instances; ` +
        `at least ${whole(now)} in ${latest}.`,
    };
  }
  const then = base(instances, first);
  const since = then === months.length - 1 - YEAR ? 'a year before' : `in ${month(months[then])}`;
  const before = instances[then] == null ? `fewer than ${threshold}` : whole(instances[then]);
  const everybody =
    all?.[then] && all.at(-1)
      ? `, while all active instances went from ${whole(all[then])} to ${whole(all.at(-1))}`
      : '';
  const sentences = [`At least ${whole(now)} instances used it in ${latest}, ${before} ${since}${everybody}.`];
  const sign = trend === 'up' ? 1 : -1;
  const steady = trend === 'flat' ? 0 : streak(instances, sign);
  if (steady >= 3) {
    sentences.push(`It has been ${sign > 0 ? 'rising' : 'falling'} for ${several(steady, 'month')}.`);
  }
  if (runs.at(-1) != null && runs[then]) {
    sentences.push(`${capital(unit)} went from ${compact(runs[then])} to ${compact(runs.at(-1))} a month.`);
  }
  const answers = {
    up: { answer: 'Gaining', tone: 'up' },
    down: { answer: 'Losing', tone: 'down' },
    flat: { answer: 'Steady', tone: 'flat' },
  };
  return { ...answers[trend], words: sentences.join(' ') };
}

function removal({ months, runs, total, threshold, unit }, { last, now, share }, trend) {
  const latest = month(months.at(-1));
  if (now == null) {
    return last < 0
      ? { answer: 'Probably', tone: 'safe', words: 'Nothing here shows that anybody would miss it.' }
      : {
          answer: 'Probably',
          tone: 'safe',
          words:
            `At most ${threshold - 1} of the instances that report used it in ${latest}, perhaps none. ` +
            'Announce it all the same: not everybody reports.',
        };
  }
  const touched =
    `About ${whole(now)} of ${total == null ? 'the' : whole(total)} instances that reported` +
    `${share == null ? '' : ` (${wholePercent(share)})`} used it in ${latest}` +
    `${runs.at(-1) == null ? '' : `, for ${compact(runs.at(-1))} ${unit}`}`;
  const next = {
    up: ', and they are becoming more',
    new: ', and it has only begun',
    down: ', and they are becoming fewer',
    flat: '',
  };
  const words = `${touched}: they would be touched${next[trend]}.`;
  if (share == null || share >= MANY) {
    return { answer: 'No', tone: 'unsafe', words };
  }
  if (share >= SOME || trend === 'up' || trend === 'new') {
    return {
      answer: 'Not yet',
      tone: 'unsafe',
      words: trend === 'down' ? `${words} Deprecate it now, and look again in half a year.` : words,
    };
  }
  return { answer: 'With notice', tone: 'careful', words: `${words} Deprecate it first, and name what replaces it.` };
}

const capital = text => text.charAt(0).toUpperCase() + text.slice(1);
