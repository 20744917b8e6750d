// Formats numbers, dates and labels as text. Pure: no DOM, no network.

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const SHORT_MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', year: '2-digit', timeZone: 'UTC' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const SHORT_DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const NUMBER = new Intl.NumberFormat('en-GB');
const COMPACT = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 });
const PERCENT = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 0 });
const LIST = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** The labels that group values instead of naming one, in the order in which charts show them, after all others. */
const SPECIAL = ['(own)', '(development build)', '(not a release)', '(not counted)', '(not reported)'];

/** Whether the label, such as "(own)", groups values instead of naming one. */
export const isSpecial = label => label != null && label.startsWith('(') && label.endsWith(')');

/** Whether the label names a value. UNKNOWN stands for values that Spinnaker does not report by their names. */
export const isValue = label => !isSpecial(label) && label !== 'UNKNOWN' && !label.endsWith('_UNKNOWN');

/** Where a label that does not name a value comes among those; UNKNOWN comes first. */
export const specialRank = label => SPECIAL.indexOf(label);

/** Whether the label is a release, or a release and all newer ones: "1.36.x", "2026.1 or newer". */
export const isRelease = label => /^\d+\.\d+\.x$|^\d+\.\d+ or newer$/.test(label);

/** The release that a label is about: "2026.1" of "2026.1 or newer". */
export const releaseOf = label => (isRelease(label) ? label.replace(/\.x$| or newer$/, '') : null);

export const formatMonth = date => MONTH.format(new Date(date));
export const formatDay = date => DAY.format(new Date(date));
export const formatNumber = number => NUMBER.format(number);
export const formatCompact = number => COMPACT.format(number);
export const formatList = items => LIST.format(items);

/** A share in whole percent, because counts have noise and a decimal would claim too much. */
export const formatPercent = share => (share > 0 && share < 0.005 ? 'under 1%' : PERCENT.format(share));

/** A period of a plot (unit "month", "week" or "day", or "age": months since a release), in full. */
export const formatPeriod = (period, unit) =>
  unit === 'age'
    ? period === 0
      ? 'Month of the release'
      : `${plural(period, 'month')} after the release`
    : unit === 'month'
      ? formatMonth(period)
      : `${unit === 'week' ? 'week of ' : ''}${formatDay(period)}`;

/** A period of a plot, as short as an axis needs it. */
export const formatShortPeriod = (period, unit) =>
  unit === 'age' ? String(period) : (unit === 'month' ? SHORT_MONTH : SHORT_DAY).format(new Date(period));

/** "1 month", "2 months". */
export const plural = (number, noun) => `${formatNumber(number)} ${noun}${number === 1 ? '' : 's'}`;

export const capitalize = text => text.charAt(0).toUpperCase() + text.slice(1);

/** Control characters, and characters that are invisible or change the direction of the text around them. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** A label that is safe to show. Labels are free text from strangers. */
export const printable = label => (label === '' ? '(empty)' : label.replace(UNPRINTABLE, '\ufffd'));

/** A label that is safe to show, in at most `length` characters. */
export function truncate(label, length) {
  const characters = [...printable(label)];
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : characters.join('');
}

/** The names of the measures. See measures() of series.js. */
const MEASURE_NAMES = {
  'instances-percent': '% of instances',
  instances: 'instances',
  'regular-percent': '% that use it regularly',
  regular: 'instances that use it regularly',
  'failing-percent': '% that see it fail',
  failing: 'instances that see it fail',
  share: 'mean share per instance',
};

export const measureName = measure => MEASURE_NAMES[measure];

/** The names of the views. See views() of series.js. */
const VIEW_NAMES = {
  bars: 'last month',
  trend: 'over time',
  age: 'months since release',
  weeks: 'weekly mean',
  days: 'days',
};

export const viewName = view => VIEW_NAMES[view];

/** The definitions of numbers whose names do not say enough. */
const DEFINITIONS = {
  regular: 'Regular use is 30 runs or more in the month.',
  failing: 'An instance sees it fail if more than 10% of its runs fail.',
  share: 'The mean share is the average of each instance’s own share, so large instances do not outweigh small ones.',
};

/** Defines a published number in a sentence; null if its name is enough. */
export const defineNumber = number => DEFINITIONS[number] ?? null;

/** Whether the measure's values are shares, from 0 to 1. */
export const isShare = measure => measure === 'share' || measure.endsWith('-percent');

/** A value of that measure, in full. */
export const formatValue = (number, measure) => (isShare(measure) ? formatPercent(number) : formatNumber(number));

/** A value of that measure, as short as an axis needs it. */
export const formatShortValue = (number, measure) => (isShare(measure) ? formatPercent(number) : formatCompact(number));

/** A value of that measure and, if it is a share of instances, their number: "32% (48)". */
export const formatWithCount = (value, count, measure) =>
  count == null ? formatValue(value, measure) : `${formatValue(value, measure)} (${formatNumber(count)})`;
