// From a chart's rows to what is drawn of them. Pure: no DOM, no network.
import { NONE, OTHER, hasParts, isSpecial } from './words.js';

/** How many lines or parts of a stack one can tell apart, and how many bars one reads. */
const MOST_SERIES = 8;
const MOST_ORDERED_SERIES = 12;
const MOST_BARS = 12;
const MOST_ORDERED_BARS = 20;
/** As how many earlier values the last one counts when it is decided what a stack shows by name. */
const LAST_COUNTS = 36;

/** Charts in which an instance has one label at a time, so that labels can be stacked upon each other. */
const PARTED_INSTANCES = new Set([
  'active-instances',
  'applications-per-instance',
  'deployed-artifacts',
  'deployment-methods',
  'environments',
  'pipelines-per-instance',
  'versions',
]);
/** Charts that count the same event under several labels, so that nothing in them may be added up. */
const OVERLAPPING_COUNTS = new Set(['unknown-values', 'version-adoption']);
/** Charts about change more than about the last month. */
const TRENDS = new Set(['active-instances', 'events-per-day', 'execution-statuses', 'unknown-values', 'versions']);

/** The choices of how much is shown: months, or null for all there is. */
export const PERIODS = [
  { value: '3', name: '3 months', months: 3 },
  { value: '12', name: '12 months', months: 12 },
  { value: 'all', name: 'All', months: null },
];
export const DEFAULT_PERIOD = '12';

/** How the chart is drawn unless somebody chooses otherwise: "trend", or "last" for bars of the last period. */
export const defaultForm = file => (file.period === 'day' || TRENDS.has(file.name) ? 'trend' : 'last');

/** What can be drawn of it. */
export function measures(file) {
  const hasShare = file.measure === 'share' || hasParts(file) || isParted(file, 'count');
  return ['instances', ...(file.unit === 'instances' ? [] : ['count']), ...(hasShare ? ['share'] : [])];
}

/** Whether the numbers of a period add up to all there is. */
function isParted(file, measure) {
  return measure === 'instances' || file.unit === 'instances'
    ? PARTED_INSTANCES.has(file.name)
    : !OVERLAPPING_COUNTS.has(file.name);
}

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

/** What a row says in that measure; null where it says nothing. */
export function valueOf(file, row, measure) {
  if (measure !== 'share') {
    return row[measure];
  }
  const [part, whole] = hasParts(file) ? [row.part, row.count] : [row.count, totalOf(file, row.period)];
  return part == null || !whole ? null : part / whole;
}

/** The first day of the last period, complete by definition. */
export const lastPeriod = file => (file.period === 'day' ? file.to : `${file.to.slice(0, 7)}-01`);

/** Every period of the chart's window since the first number, oldest first, also those without rows. */
export function periods(file, months = null) {
  const all = [];
  const next = new Date(file.rows[0]?.period ?? lastPeriod(file));
  for (let at = iso(next); at <= file.to; at = iso(next)) {
    all.push(at);
    if (file.period === 'day') {
      next.setUTCDate(next.getUTCDate() + 1);
    } else {
      next.setUTCMonth(next.getUTCMonth() + 1);
    }
  }
  const wanted = months == null ? all.length : file.period === 'day' ? Math.round(months * 30.5) : months;
  return all.slice(-wanted);
}

const iso = date => date.toISOString().slice(0, 10);

/** The values of one label in these periods; null where nothing is published. */
export function valuesOf(file, label, measure, inPeriods) {
  const values = new Map(
    file.rows.filter(row => row.label === label).map(row => [row.period, valueOf(file, row, measure)]),
  );
  return inPeriods.map(at => values.get(at) ?? null);
}

/** The rows of the last period. */
export const lastRows = file => file.rows.filter(row => row.period === lastPeriod(file));

/** The row of that period that counts instances which are here to stay; undefined where there is none. */
export const activeRow = (file, at) =>
  file.rows.find(row => row.period === at && row.label.startsWith('on 2 days')) ??
  file.rows.find(row => row.period === at && !isSpecial(row.label));

const collator = new Intl.Collator('en', { numeric: true });

/** 1.9 before 1.17, and "more than 1000" behind "501 to 1000". */
function natural(a, b) {
  const [first, second] = [a, b].map(label => label.replace(/^more than (\d+)/, '$1 and more'));
  return collator.compare(first, second);
}

/** Labels such as releases and "11 to 100", which have an order of their own. */
const isOrdered = labels => labels.length > 0 && labels.every(label => /^(more than )?\d/.test(label));

/**
 * What the bars of the last period show.
 *
 * @returns labels and values, most first (or in the labels' own order), and how many labels are left out
 */
export function bars(file, measure) {
  const rows = lastRows(file).filter(row => valueOf(file, row, measure) != null);
  const named = rows.filter(row => !isSpecial(row.label));
  const ordered = isOrdered(named.map(row => row.label));
  named.sort((a, b) =>
    ordered
      ? natural(a.label, b.label)
      : valueOf(file, b, measure) - valueOf(file, a, measure) || natural(a.label, b.label),
  );
  // Of versions, the newest matter; of sizes, which are few, all are shown.
  const kept = ordered ? named.slice(-MOST_ORDERED_BARS) : named.slice(0, MOST_BARS);
  const special = rows.filter(row => isSpecial(row.label)).sort((a, b) => natural(b.label, a.label));
  const all = [...kept, ...special];
  return {
    form: 'bars',
    names: all.map(row => row.label),
    series: [{ label: null, values: all.map(row => valueOf(file, row, measure)) }],
    leftOut: named.length - kept.length,
  };
}

/**
 * What a trend shows: the labels that matter most, each in its own line or part of the stack; in a stack the rest, too,
 * added up. Days go up and down with the week, so they come with their mean.
 *
 * @returns names of periods, and series: label, values, whether it is the rest or faint, and its place, from 0 to 1,
 *     among labels that have an order
 */
export function trend(file, measure, months) {
  const inPeriods = periods(file, months);
  const rows = file.rows.filter(row => row.period >= inPeriods[0]);
  const stacked = isParted(file, measure) && !(measure === 'share' && hasParts(file));
  const labels = [...new Set(rows.map(row => row.label))];
  const weigh = values => total(values) + (values.at(-1) ?? 0) * (stacked ? LAST_COUNTS : 1e6);
  const weight = new Map(labels.map(label => [label, weigh(valuesOf(file, label, measure, inPeriods))]));
  const named = labels
    .filter(label => !isSpecial(label))
    .sort((a, b) => weight.get(b) - weight.get(a) || natural(a, b));
  const ordered = isOrdered(named);
  const kept = named.slice(0, ordered ? MOST_ORDERED_SERIES : MOST_SERIES);
  if (ordered) {
    kept.sort(natural);
  }
  const series = kept.map((label, i) => ({
    label,
    values: valuesOf(file, label, measure, inPeriods),
    place: ordered ? i / Math.max(1, kept.length - 1) : null,
  }));
  const left = named.slice(kept.length);
  if (stacked && left.length > 0) {
    series.push({ label: `${left.length} more`, rest: true, values: sum(left, file, measure, inPeriods) });
  }
  for (const label of [NONE, OTHER].filter(label => labels.includes(label))) {
    series.push({ label, values: valuesOf(file, label, measure, inPeriods) });
  }
  if (file.period === 'day' && series.length === 1) {
    const mean = meanOfWeeks(valuesOf(file, series[0].label, measure, periods(file))).slice(-inPeriods.length);
    return {
      form: 'lines',
      names: inPeriods,
      series: [
        { label: 'mean of 7 days', values: mean },
        { ...series[0], label: 'each day', faint: true },
      ],
      leftOut: 0,
    };
  }
  return {
    form: stacked && series.length > 1 ? 'stack' : 'lines',
    names: inPeriods,
    series: series.filter(({ values }) => values.some(value => value != null)),
    leftOut: stacked ? 0 : left.length,
  };
}

const total = values => values.reduce((sum, value) => sum + (value ?? 0), 0);

/** Of each day and the six before it; null where one of them is not published. */
function meanOfWeeks(values) {
  return values.map((_, i) => {
    const week = values.slice(Math.max(0, i - 6), i + 1).filter(value => value != null);
    return week.length < 7 ? null : Math.round(total(week) / 7);
  });
}

function sum(labels, file, measure, inPeriods) {
  const each = labels.map(label => valuesOf(file, label, measure, inPeriods));
  return inPeriods.map((_, i) => total(each.map(values => values[i])));
}
