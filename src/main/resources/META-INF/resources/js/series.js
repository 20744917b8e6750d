// Turns a chart's rows into plots, that is, into data that chart-canvas.js can draw. Pure: no DOM, no network.
//
// A plot has:
//   kind        "bars" (the latest period), "lines" or "stack" (change over time)
//   categories  the labels of the bars, or the first days of the periods
//   series      label and values (one per category; null: not published) of each line or part of a stack, and
//               remainder: true if the series is the sum of the labels that have no series
//               secondary: true if the series is only background to another one
//               position: from 0 to 1, if the chart's labels have an order
//   omitted     number of labels that are only in the table
import { OTHER, SPECIAL, isSpecial } from './format.js';

/** More lines, or more parts of a stack, are hard to tell apart. */
const MAX_SERIES = 8;
const MAX_ORDERED_SERIES = 12;
const MAX_BARS = 12;
const MAX_ORDERED_BARS = 20;
/** Weight of the latest value compared with an earlier one when the labels of a stack are selected. */
const LATEST_WEIGHT_IN_STACK = 36;
/** Lines are selected by their latest value; earlier ones only decide between equals. */
const LATEST_WEIGHT_IN_LINES = 1e6;
const DAYS_PER_MONTH = 30.5;

/** How far back a trend can go: in months, or null for all periods. */
export const PERIODS = [
  { value: '3', name: '3 months', months: 3 },
  { value: '12', name: '12 months', months: 12 },
  { value: 'all', name: 'All', months: null },
];
export const DEFAULT_PERIOD = '12';

/** The views of a chart: "bars" of the latest period, or "trend" over time. */
export const views = file => (file.period === 'day' ? ['trend'] : ['bars', 'trend']);

const hasParts = file => file.part != null;

/** The measures of a chart: "instances", "count" and "share", as far as they make sense for it. */
export function measures(file) {
  const hasShare = file.measure === 'share' || hasParts(file) || isAdditive(file, 'count');
  return ['instances', ...(file.unit === 'instances' ? [] : ['count']), ...(hasShare ? ['share'] : [])];
}

/**
 * Whether the labels' numbers of one period can be added up. It depends on the chart's labels:
 * exclusive: an instance has one label per period, so instances and counts add up;
 * overlapping: an instance can have several labels, so only counts add up;
 * cumulative (each label includes all later ones) and independent (each label counts the same things): nothing adds up.
 */
const isAdditive = (file, measure) =>
  file.labels === 'exclusive' || (file.labels === 'overlapping' && measure !== 'instances');

const totals = new WeakMap();

/** The sum of a period's counts. */
function totalOf(file, at) {
  if (!totals.has(file)) {
    totals.set(file, new Map());
    for (const { period, count } of file.rows) {
      totals.get(file).set(period, (totals.get(file).get(period) ?? 0) + count);
    }
  }
  return totals.get(file).get(at);
}

/** A row's value in that measure; null if it is not published. */
export function valueOf(file, row, measure) {
  if (measure !== 'share') {
    return row[measure];
  }
  const [part, whole] = hasParts(file) ? [row.part, row.count] : [row.count, totalOf(file, row.period)];
  return part == null || !whole ? null : part / whole;
}

/** The first day of the latest period, which is always complete. */
export const lastPeriod = file => (file.period === 'day' ? file.to : `${file.to.slice(0, 7)}-01`);

/** All periods since the chart's first row, oldest first, including periods without rows. */
export function periods(file, months = null) {
  const all = [];
  const next = new Date(file.rows[0]?.period ?? lastPeriod(file));
  for (let at = isoDate(next); at <= file.to; at = isoDate(next)) {
    all.push(at);
    if (file.period === 'day') {
      next.setUTCDate(next.getUTCDate() + 1);
    } else {
      next.setUTCMonth(next.getUTCMonth() + 1);
    }
  }
  const count = months == null ? all.length : file.period === 'day' ? Math.round(months * DAYS_PER_MONTH) : months;
  return all.slice(-count);
}

const isoDate = date => date.toISOString().slice(0, 10);

/** One label's values in these periods; null where nothing is published. */
export function valuesOf(file, label, measure, inPeriods) {
  const values = new Map(
    file.rows.filter(row => row.label === label).map(row => [row.period, valueOf(file, row, measure)]),
  );
  return inPeriods.map(at => values.get(at) ?? null);
}

/**
 * Whether a label without a row in that period had fewer instances than the threshold. Otherwise it may have been left out
 * only because others had more instances.
 */
export const isComplete = (file, at) =>
  file.rows.filter(row => row.period === at && row.label !== OTHER).length < (file.maxLabels ?? Infinity);

/** The rows of the latest period. */
export const lastRows = file => file.rows.filter(row => row.period === lastPeriod(file));

/**
 * The row of a period that other charts' numbers are compared with; undefined if there is none. If the chart's baseline
 * label is suppressed in that period, another label stands in for it.
 */
export const baselineRow = (file, at) =>
  file.rows.find(row => row.period === at && row.label === file.baseline) ??
  file.rows.find(row => row.period === at && !isSpecial(row.label));

const collator = new Intl.Collator('en', { numeric: true });

/** Compares labels by the numbers in them: 1.9 before 1.17, and "501 to 1000" before "more than 1000". */
function compareLabels(a, b) {
  const [first, second] = [a, b].map(label => label.replace(/^more than (\d+)/, '$1 and more'));
  return collator.compare(first, second);
}

const isOrdered = file => file.order === 'label';

/** Plots the latest period as bars, sorted as the chart's order says. "(other)" and other special labels come last. */
export function bars(file, measure) {
  const rows = lastRows(file).filter(row => valueOf(file, row, measure) != null);
  const named = rows.filter(row => !isSpecial(row.label));
  named.sort((a, b) =>
    isOrdered(file)
      ? compareLabels(a.label, b.label)
      : valueOf(file, b, measure) - valueOf(file, a, measure) || compareLabels(a.label, b.label),
  );
  // If there are too many ordered labels, these are releases, of which the newest matter most.
  const kept = isOrdered(file) ? named.slice(-MAX_ORDERED_BARS) : named.slice(0, MAX_BARS);
  const special = rows.filter(row => isSpecial(row.label)).sort((a, b) => compareLabels(b.label, a.label));
  const all = [...kept, ...special];
  return {
    kind: 'bars',
    categories: all.map(row => row.label),
    series: [{ label: null, values: all.map(row => valueOf(file, row, measure)) }],
    omitted: named.length - kept.length,
  };
}

/**
 * Plots change over time. Labels whose numbers add up are stacked, with the sum of the smaller labels as remainder;
 * other labels are lines, of which only the largest are plotted. Daily numbers follow the week, so their 7-day average
 * is plotted, too.
 */
export function trend(file, measure, months) {
  const inPeriods = periods(file, months);
  const labels = [...new Set(file.rows.filter(row => row.period >= inPeriods[0]).map(row => row.label))];
  if (file.period === 'day' && labels.length === 1) {
    return dailyTrend(file, labels[0], measure, inPeriods);
  }
  const stacked = isAdditive(file, measure) && !(measure === 'share' && hasParts(file));
  const named = byWeight(file, labels, measure, inPeriods, stacked ? LATEST_WEIGHT_IN_STACK : LATEST_WEIGHT_IN_LINES);
  const kept = named.slice(0, isOrdered(file) ? MAX_ORDERED_SERIES : MAX_SERIES);
  const small = named.slice(kept.length);
  if (isOrdered(file)) {
    kept.sort(compareLabels);
  }
  const series = kept.map((label, i) => ({
    label,
    values: valuesOf(file, label, measure, inPeriods),
    position: isOrdered(file) ? i / Math.max(1, kept.length - 1) : null,
  }));
  if (stacked && small.length > 0) {
    series.push({ label: `${small.length} more`, remainder: true, values: sum(small, file, measure, inPeriods) });
  }
  for (const label of SPECIAL.filter(special => labels.includes(special))) {
    series.push({ label, values: valuesOf(file, label, measure, inPeriods) });
  }
  return {
    kind: stacked && series.length > 1 ? 'stack' : 'lines',
    categories: inPeriods,
    series: series.filter(({ values }) => values.some(value => value != null)),
    omitted: stacked ? 0 : small.length,
  };
}

/** The labels that name a value, those with the largest numbers first. */
function byWeight(file, labels, measure, inPeriods, latestWeight) {
  const weigh = values => total(values) + (values.at(-1) ?? 0) * latestWeight;
  const weights = new Map(labels.map(label => [label, weigh(valuesOf(file, label, measure, inPeriods))]));
  return labels
    .filter(label => !isSpecial(label))
    .sort((a, b) => weights.get(b) - weights.get(a) || compareLabels(a, b));
}

function dailyTrend(file, label, measure, inPeriods) {
  const average = weeklyAverages(valuesOf(file, label, measure, periods(file))).slice(-inPeriods.length);
  return {
    kind: 'lines',
    categories: inPeriods,
    series: [
      { label: '7-day average', values: average },
      { label: 'daily', values: valuesOf(file, label, measure, inPeriods), secondary: true },
    ],
    omitted: 0,
  };
}

const total = values => values.reduce((sum, value) => sum + (value ?? 0), 0);

/** The average of each day and the six days before it; null if one of them is not published. */
function weeklyAverages(values) {
  return values.map((_, i) => {
    const week = values.slice(Math.max(0, i - 6), i + 1).filter(value => value != null);
    return week.length < 7 ? null : Math.round(total(week) / 7);
  });
}

function sum(labels, file, measure, inPeriods) {
  const values = labels.map(label => valuesOf(file, label, measure, inPeriods));
  return inPeriods.map((_, i) => total(values.map(each => each[i])));
}
