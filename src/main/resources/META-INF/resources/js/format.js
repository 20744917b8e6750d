// Formats numbers, dates and labels as text. Pure: no DOM, no network.

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const SHORT_MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', year: '2-digit', timeZone: 'UTC' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const SHORT_DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const NUMBER = new Intl.NumberFormat('en-GB');
const COMPACT = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 });
const PERCENT = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 1 });
const WHOLE_PERCENT = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 0 });

export const OTHER = '(other)';

/** The labels that group values instead of naming one, in the order in which a trend shows them. */
export const SPECIAL = ['(development build)', '(not a release)', '(not reported)', '(none)', OTHER];

/** Whether the label groups values instead of naming one. */
export const isSpecial = label => SPECIAL.includes(label);

/** Explains a special label in one sentence; null if the chart has no explanation. */
export const explainSpecial = (label, { threshold, explanations }) =>
  label === OTHER
    ? `(other) groups values that fewer than ${threshold} instances reported, very long values and, if there are too ` +
      'many values, the least used ones.'
    : (explanations?.[label] ?? null);

export const formatMonth = date => MONTH.format(new Date(date));
export const formatDay = date => DAY.format(new Date(date));
export const formatNumber = number => NUMBER.format(number);
export const formatCompact = number => COMPACT.format(number);
export const formatPercent = share => (share > 0 && share < 0.001 ? 'under 0.1%' : PERCENT.format(share));
export const formatWholePercent = share => (share > 0 && share < 0.01 ? 'under 1%' : WHOLE_PERCENT.format(share));

/** A period of a chart ("month" or "day"), in full. */
export const formatPeriod = (date, unit) => (unit === 'day' ? formatDay(date) : formatMonth(date));

/** A period of a chart ("month" or "day"), as short as an axis needs it. */
export const formatShortPeriod = (date, unit) => (unit === 'day' ? SHORT_DAY : SHORT_MONTH).format(new Date(date));

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

/** The name of a measure of a chart: "instances", "count" or "share". */
export function measureName(measure, { unit, part }) {
  return measure === 'instances' ? 'instances' : measure === 'count' ? unit : `share of ${part ?? unit}`;
}

/** A value of that measure, in full. */
export const formatValue = (number, measure) => (measure === 'share' ? formatPercent(number) : formatNumber(number));

/** A value of that measure, as short as an axis needs it. */
export const formatShortValue = (number, measure) =>
  measure === 'share' ? formatPercent(number) : formatCompact(number);
