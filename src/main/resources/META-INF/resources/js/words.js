// How numbers, dates and labels are said. Pure: no DOM, no network.

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const SHORT_MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', year: '2-digit', timeZone: 'UTC' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const SHORT_DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const FULL = new Intl.NumberFormat('en-GB');
const COMPACT = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 });
const PERCENT = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 1 });
const WHOLE_PERCENT = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 0 });

export const OTHER = '(other)';
export const NONE = '(none)';

/** Whether it stands for no label in particular. */
export const isSpecial = label => label === OTHER || label === NONE;

/** What the two labels in brackets mean in a chart, as a sentence. */
export function explainSpecial(label, { name, threshold }) {
  if (label === OTHER) {
    return (
      `(other) stands for all that fewer than ${threshold} instances sent each; together they are at least ` +
      `${threshold}.`
    );
  }
  return name === 'cloud-providers'
    ? '(none) stands for stages that touch no cloud.'
    : '(none) stands for events that leave it out, as those of older Spinnakers do.';
}

export const month = date => MONTH.format(new Date(date));
export const day = date => DAY.format(new Date(date));
export const whole = number => FULL.format(number);
export const compact = number => COMPACT.format(number);
export const percent = share => (share > 0 && share < 0.001 ? 'under 0.1%' : PERCENT.format(share));
export const wholePercent = share => (share > 0 && share < 0.01 ? 'under 1%' : WHOLE_PERCENT.format(share));

/** A period of a chart, "month" or "day", in full or as an axis has it. */
export const period = (date, unit) => (unit === 'day' ? day(date) : month(date));
export const shortPeriod = (date, unit) => (unit === 'day' ? SHORT_DAY : SHORT_MONTH).format(new Date(date));

/** "1 month", "2 months". */
export const several = (number, noun) => `${whole(number)} ${noun}${number === 1 ? '' : 's'}`;

/** Characters that break, turn or hide the text around them. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** A label as it can be shown: it is free text, and shall do nothing but be read. */
export const shown = label => (label === '' ? '(empty)' : label.replace(UNSEEN, '\ufffd'));

/** The same in at most so many characters. */
export function shortened(label, length) {
  const characters = [...shown(label)];
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : characters.join('');
}

/** Charts that count a part of their numbers, and what that part did. A share in any other is of all there is. */
const PARTS = { 'stage-failures': 'that failed', 'unknown-values': 'left unknown' };

/** Whether the chart's shares are of a part in each label, not of each label in all. */
export const hasParts = ({ name }) => Object.hasOwn(PARTS, name);

/** What a number of a chart counts. */
export function measureName(measure, { name, unit }) {
  return measure === 'instances' ? 'instances' : measure === 'count' ? unit : `share ${PARTS[name] ?? `of ${unit}`}`;
}

/** A value of that measure, in full or as an axis has it. */
export const value = (number, measure) => (measure === 'share' ? percent(number) : whole(number));
export const shortValue = (number, measure) => (measure === 'share' ? percent(number) : compact(number));
