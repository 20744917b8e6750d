// Turns a chart's rows into plots, that is, into data that chart-canvas.js can draw. Pure: no DOM, no network.
//
// A plot has:
//   kind        "bars" (one period), "lines" or "stack" (change over time)
//   categories  the labels of the bars, or the first days of the periods
//   missing     for each period, whether it has no data
//   marks       for each annotation in these periods, the index of its period
//   series      label and values (one per category; null: not published) of each line or part of a stack, and
//               counts: the numbers of instances, if the values are shares of instances
//               remainder: true if the series is the sum of the labels that have no series
//               secondary: true if the series is only background to another one
//               position: from 0 to 1, if the chart's labels have an order
//   omitted     number of labels that are only in the table
import { SPECIAL, isSpecial } from './format.js';

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

/** The views of a chart: "bars" of one period, or "trend" over time. */
export const views = file => (file.period === 'day' ? ['trend'] : ['bars', 'trend']);

/**
 * The measures of a chart, the one shown first is first. A number of instances ("instances", "regular" or "failing") is also
 * a share of the period's instances ("instances-percent", …), except where the chart is about their number: those that count
 * instances per day, or all of them. "share" is the mean over instances of each one's own share.
 */
export function measures(file) {
  const isAboutNumber = file.period === 'day' || file.tileValue === 'instances';
  return file.numbers.flatMap(number => {
    if (number === 'share') {
      return ['share'];
    }
    return file.period === 'day' ? [number] : isAboutNumber ? [number, percent(number)] : [percent(number), number];
  });
}

const percent = number => `${number}-percent`;

/** The published number that a measure is read from. */
export const numberOf = measure => measure.replace(/-percent$/, '');

const isPercent = measure => measure.endsWith('-percent');

/**
 * Whether the labels' values of one period can be added up: instances if each has one label per period ("exclusive"), and
 * shares if each execution or stage has one ("overlapping"). Cumulative and independent labels never add up.
 */
const isAdditive = (file, measure) =>
  measure === 'share'
    ? file.labels === 'overlapping'
    : file.labels === 'exclusive' && numberOf(measure) === 'instances';

const periodMaps = new WeakMap();

/** The period as the file describes it; undefined if it was not drawn. */
export function periodOf(file, at) {
  if (!periodMaps.has(file)) {
    periodMaps.set(file, new Map(file.periods.map(each => [each.period, each])));
  }
  return periodMaps.get(file).get(at);
}

/** Whether the period was drawn, each of its days has data, and enough instances reported. */
export function hasData(file, at) {
  const period = periodOf(file, at);
  return period?.instances != null && period.daysWithData >= period.days;
}

/** A row's value in that measure; null if it is not published, or if its period is not complete. */
export function valueOf(file, row, measure) {
  const number = row[numberOf(measure)];
  if (number == null || !hasData(file, row.period)) {
    return null;
  }
  if (measure === 'share') {
    return number / 100;
  }
  return isPercent(measure) ? Math.min(1, number / periodOf(file, row.period).instances) : number;
}

/** The first day of the last period with complete data; null if there is none. */
export const lastPeriod = file => file.periods.findLast(({ period }) => hasData(file, period))?.period ?? null;

/** All periods from the first one that was drawn to the last one that could have been, oldest first. */
export function periods(file, months = null) {
  if (file.periods.length === 0) {
    return [];
  }
  const all = [];
  const next = new Date(file.periods[0].period);
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

/** The values of a label and, if they are shares of instances, the numbers of instances. */
const seriesOf = (file, label, measure, inPeriods) => ({
  label,
  values: valuesOf(file, label, measure, inPeriods),
  counts: isPercent(measure) ? valuesOf(file, label, numberOf(measure), inPeriods) : null,
});

/** The rows of the last period with complete data. */
export function lastRows(file) {
  const last = lastPeriod(file);
  return last == null ? [] : file.rows.filter(row => row.period === last);
}

const collator = new Intl.Collator('en', { numeric: true });

/** Compares labels by the numbers in them: 1.9 before 1.17, and "501 to 1000" before "more than 1000". */
function compareLabels(a, b) {
  const [first, second] = [a, b].map(label => label.replace(/^more than (\d+)/, '$1 and more'));
  return collator.compare(first, second);
}

const isOrdered = file => file.order === 'label';

/** Plots the last period with complete data as bars, sorted as the chart's order says. Special labels come last. */
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
    series: [
      {
        label: null,
        values: all.map(row => valueOf(file, row, measure)),
        counts: isPercent(measure) ? all.map(row => row[numberOf(measure)]) : null,
      },
    ],
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
  const missing = inPeriods.map(at => !hasData(file, at));
  const annotated = (file.annotations ?? []).map(each => inPeriods.indexOf(each.period));
  const plot = { categories: inPeriods, missing, marks: annotated.filter(i => i >= 0) };
  const labels = [...new Set(file.rows.filter(row => row.period >= inPeriods[0]).map(row => row.label))];
  if (file.period === 'day' && labels.length === 1) {
    return { ...plot, ...dailyTrend(file, labels[0], measure, inPeriods) };
  }
  const stacked = isAdditive(file, measure);
  const latest = missing.lastIndexOf(false);
  const latestWeight = stacked ? LATEST_WEIGHT_IN_STACK : LATEST_WEIGHT_IN_LINES;
  const named = byWeight(file, labels, measure, inPeriods, values => (values[latest] ?? 0) * latestWeight);
  const kept = named.slice(0, isOrdered(file) ? MAX_ORDERED_SERIES : MAX_SERIES);
  const small = named.slice(kept.length);
  if (isOrdered(file)) {
    kept.sort(compareLabels);
  }
  const series = kept.map((label, i) => ({
    ...seriesOf(file, label, measure, inPeriods),
    position: isOrdered(file) ? i / Math.max(1, kept.length - 1) : null,
  }));
  if (stacked && small.length > 0) {
    series.push({
      label: `${small.length} more`,
      remainder: true,
      values: sum(small, file, measure, inPeriods, missing),
      counts: isPercent(measure) ? sum(small, file, numberOf(measure), inPeriods, missing) : null,
    });
  }
  for (const label of labels.filter(isSpecial).sort((a, b) => SPECIAL.indexOf(a) - SPECIAL.indexOf(b))) {
    series.push(seriesOf(file, label, measure, inPeriods));
  }
  return {
    ...plot,
    kind: stacked && series.length > 1 ? 'stack' : 'lines',
    series: series.filter(({ values }) => values.some(value => value != null)),
    omitted: stacked ? 0 : small.length,
  };
}

/** The labels that name a value, those with the largest weights first. */
function byWeight(file, labels, measure, inPeriods, weighLatest) {
  const weigh = values => total(values) + weighLatest(values);
  const weights = new Map(labels.map(label => [label, weigh(valuesOf(file, label, measure, inPeriods))]));
  return labels
    .filter(label => !isSpecial(label))
    .sort((a, b) => weights.get(b) - weights.get(a) || compareLabels(a, b));
}

function dailyTrend(file, label, measure, inPeriods) {
  const average = weeklyAverages(valuesOf(file, label, measure, periods(file))).slice(-inPeriods.length);
  return {
    kind: 'lines',
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

/** The sum of these labels' values in each period; null where there is no data. */
function sum(labels, file, measure, inPeriods, missing) {
  const values = labels.map(label => valuesOf(file, label, measure, inPeriods));
  return inPeriods.map((_, i) => (missing[i] ? null : total(values.map(each => each[i]))));
}
