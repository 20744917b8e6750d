// Turns a chart's rows into plots, that is, into data that chart-svg.js can draw. Pure: no DOM, no network.
//
// A plot has:
//   kind        "bars" (one period), "lines" or "stack" (change over time)
//   unit        what the categories of lines and stacks are: "month", "week", "day", or "age" (months since a release)
//   categories  the labels of the bars, or the first days of the periods, or ages
//   missing     for each period, whether it has no data
//   marks       the annotations in these periods: index of the period, and text
//   series      label and values (one per category; null: not published) of each line or part of a stack, and
//               name: how the label is shown, if not as it is
//               counts: the numbers of instances, if the values are shares of instances
//               remainder: true if the series is the sum of the labels that have no series
//               position: from 0 to 1, if the labels are sizes
//   omitted     number of labels that are only in the table
import { isRelease, isValue, releaseOf, specialRank } from './format.js';

/** More lines, or more parts of a stack, are hard to tell apart. */
const MAX_SERIES = 8;
const MAX_RELEASES = 6;
const MAX_SIZES = 12;
const MAX_BARS = 12;
const MAX_ORDERED_BARS = 20;
/** A label with fewer published points that ended before the last period is a dot that says nothing. */
const MIN_POINTS = 3;
/** Weight of the latest value compared with an earlier one when the labels of a stack are selected. */
const LATEST_WEIGHT_IN_STACK = 36;
/** Lines are selected by their latest value; earlier ones only decide between equals. */
const LATEST_WEIGHT_IN_LINES = 1e6;
const DAYS_PER_MONTH = 30.5;
const DAYS_PER_WEEK = 7;

/** How far back a trend can go: in months, or null for all periods. */
export const PERIODS = [
  { value: '3', name: '3 months', months: 3 },
  { value: '12', name: '12 months', months: 12 },
  { value: 'all', name: 'All', months: null },
];
export const DEFAULT_PERIOD = '12';

/**
 * The views of a chart: "bars" of one period, "trend" over time, "age" (months since each release); of a daily chart "weeks"
 * (weekly means) and "days".
 *
 * @param hasReleases whether the dates of the releases are known
 */
export function views(file, hasReleases = true) {
  if (file.period === 'day') {
    return ['weeks', 'days'];
  }
  return file.view === 'age' && hasReleases ? ['age', 'bars', 'trend'] : ['bars', 'trend'];
}

/** The view that a chart shows first. */
export function defaultView(file, hasReleases) {
  const possible = views(file, hasReleases);
  if (file.period === 'day') {
    return possible[weeksOf(periods(file)).length > 0 ? 0 : 1];
  }
  return possible.includes(file.view) ? file.view : possible[0];
}

/** Plots a view of a chart. Releases, with their dates, are only needed for the view "age". */
export function plotOf(file, { view, measure, months = null, releases = [] }) {
  switch (view) {
    case 'bars':
      return bars(file, measure);
    case 'age':
      return ages(file, measure, releases);
    case 'weeks':
      return weeklyTrend(file, measure, months);
    default:
      return trend(file, measure, months);
  }
}

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

/** Compares labels of a chart whose labels have an order: sizes from small to large, releases from new to old. */
const compareOrdered = (a, b) => (isRelease(a) && isRelease(b) ? compareLabels(b, a) : compareLabels(a, b));

/** Compares labels that do not name a value: UNKNOWN, then the special ones. */
const compareOthers = (a, b) => specialRank(a) - specialRank(b) || compareLabels(a, b);

const isOrdered = file => file.order === 'label';

/** Plots the last period with complete data as bars, sorted as the chart's order says. UNKNOWN and special labels come last. */
export function bars(file, measure) {
  const rows = lastRows(file).filter(row => valueOf(file, row, measure) != null);
  const named = rows.filter(row => isValue(row.label));
  named.sort((a, b) =>
    isOrdered(file)
      ? compareOrdered(a.label, b.label)
      : valueOf(file, b, measure) - valueOf(file, a, measure) || compareLabels(a.label, b.label),
  );
  const kept = named.slice(0, isOrdered(file) ? MAX_ORDERED_BARS : MAX_BARS);
  const others = rows.filter(row => !isValue(row.label)).sort((a, b) => compareOthers(a.label, b.label));
  const all = [...kept, ...others];
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
 * Plots change over time. Labels whose numbers add up are stacked, with the sum of the others as remainder; other labels
 * are lines, of which only the largest, or the newest releases, are plotted.
 */
export function trend(file, measure, months) {
  const inPeriods = periods(file, months);
  return plotTrend(file, measure, {
    unit: file.period,
    categories: inPeriods,
    missing: inPeriods.map(at => !hasData(file, at)),
    read: (label, number) => valuesOf(file, label, number, inPeriods),
  });
}

/** Plots the means of weeks, because daily numbers follow the week. A week without a number of each day is a gap. */
export function weeklyTrend(file, measure, months) {
  const weeks = weeksOf(periods(file, months));
  const days = weeks.flat();
  return plotTrend(file, measure, {
    unit: 'week',
    categories: weeks.map(([monday]) => monday),
    missing: weeks.map(week => week.some(at => !hasData(file, at))),
    read: (label, number) => {
      const values = valuesOf(file, label, number, days);
      return weeks.map((_, i) => mean(values.slice(i * DAYS_PER_WEEK, (i + 1) * DAYS_PER_WEEK)));
    },
  });
}

/** The complete weeks in these days, each from Monday to Sunday. */
function weeksOf(days) {
  const weeks = [];
  for (let i = days.findIndex(isMonday); i >= 0 && i + DAYS_PER_WEEK <= days.length; i += DAYS_PER_WEEK) {
    weeks.push(days.slice(i, i + DAYS_PER_WEEK));
  }
  return weeks;
}

const isMonday = day => new Date(day).getUTCDay() === 1;

const mean = values => (values.includes(null) ? null : Math.round(total(values) / values.length));

function plotTrend(file, measure, { unit, categories, missing, read }) {
  const marks = (file.annotations ?? [])
    .map(({ period, text }) => ({ index: indexOfPeriod(categories, period, unit), text }))
    .filter(({ index }) => index >= 0);
  const labels = [...new Set(file.rows.filter(row => row.period >= categories[0]).map(row => row.label))];
  const readAll = label => ({
    label,
    values: read(label, measure),
    counts: isPercent(measure) ? read(label, numberOf(measure)) : null,
  });
  const named = labels
    .filter(isValue)
    .map(readAll)
    .filter(each => each.values.some(value => value != null));
  const isStacked = isAdditive(file, measure);
  const { kept, rest, restName } = selectSeries(file, named, missing, isStacked);
  if (isStacked && rest.length > 0) {
    const sum = key => missing.map((isMissing, i) => (isMissing ? null : total(rest.map(each => each[key][i]))));
    kept.push({
      label: restName,
      remainder: true,
      values: sum('values'),
      counts: isPercent(measure) ? sum('counts') : null,
    });
  }
  const others = labels
    .filter(label => !isValue(label))
    .sort(compareOthers)
    .map(readAll)
    .filter(each => each.values.some(value => value != null));
  const series = [...kept, ...others];
  return {
    kind: isStacked && series.length > 1 ? 'stack' : 'lines',
    unit,
    categories,
    missing,
    marks,
    series,
    omitted: isStacked ? 0 : rest.length,
  };
}

/** The index of the plot's period in which this one lies; -1 if it is in none. */
const indexOfPeriod = (categories, period, unit) =>
  unit === 'week' ? categories.findLastIndex(monday => monday <= period) : categories.indexOf(period);

/**
 * Selects the series that a reader can tell apart: the newest releases, all sizes, or those with the largest values.
 *
 * @returns kept, rest, and the name of the rest's sum
 */
function selectSeries(file, series, missing, isStacked) {
  if (isOrdered(file)) {
    const sorted = series.sort((a, b) => compareOrdered(a.label, b.label));
    const areReleases = sorted.every(each => isRelease(each.label));
    const maximum = !areReleases ? MAX_SIZES : isStacked ? MAX_RELEASES : MAX_SERIES;
    const [kept, rest] = split(sorted, maximum, isStacked);
    if (!areReleases) {
      kept.forEach((each, i) => (each.position = i / Math.max(1, kept.length - 1)));
    }
    return { kept, rest, restName: areReleases ? 'older' : `${rest.length} more` };
  }
  const latest = missing.lastIndexOf(false);
  const weight = isStacked ? LATEST_WEIGHT_IN_STACK : LATEST_WEIGHT_IN_LINES;
  const weigh = ({ values }) => total(values) + (values[latest] ?? 0) * weight;
  const isSeen = ({ values }) =>
    isStacked || values[latest] != null || values.filter(value => value != null).length >= MIN_POINTS;
  const sorted = series.sort((a, b) => weigh(b) - weigh(a) || compareLabels(a.label, b.label));
  const seen = sorted.filter(isSeen);
  const [kept, rest] = split(seen, MAX_SERIES, isStacked);
  return { kept, rest: [...rest, ...sorted.filter(each => !isSeen(each))], restName: `${rest.length} more` };
}

/** Splits a list after `length` items. A stack keeps one more instead of a sum of one. */
function split(list, length, isStacked) {
  const end = isStacked && list.length === length + 1 ? list.length : length;
  return [list.slice(0, end), list.slice(end)];
}

/**
 * Plots how fast instances move to a release or a newer one, by the months since the month of its release (0): a line for each
 * of the newest releases.
 */
export function ages(file, measure, releases) {
  const dates = new Map(releases.map(({ release, date }) => [release, date]));
  const inPeriods = periods(file);
  const lines = [...new Set(file.rows.map(row => row.label))]
    .filter(label => dates.has(releaseOf(label)))
    .sort(compareOrdered)
    .map(label => ageLine(file, label, measure, inPeriods, dates.get(releaseOf(label))))
    .filter(({ values }) => values.length > 0);
  const series = lines.slice(0, MAX_RELEASES);
  const length = Math.max(0, ...series.map(({ values }) => values.length));
  const pad = values => values && Array.from({ length }, (_, age) => values[age] ?? null);
  return {
    kind: 'lines',
    unit: 'age',
    categories: Array.from({ length }, (_, age) => age),
    missing: Array(length).fill(false),
    marks: [],
    series: series.map(each => ({ ...each, values: pad(each.values), counts: pad(each.counts) })),
    omitted: lines.length - series.length,
  };
}

function ageLine(file, label, measure, inPeriods, date) {
  const ageOf = at => (at.slice(0, 4) - date.slice(0, 4)) * 12 + (at.slice(5, 7) - date.slice(5, 7));
  const read = number => {
    const values = [];
    valuesOf(file, label, number, inPeriods).forEach((value, i) => {
      const age = ageOf(inPeriods[i]);
      if (age >= 0 && value != null) {
        values[age] = value;
      }
    });
    return values;
  };
  const counts = isPercent(measure) ? read(numberOf(measure)) : null;
  return { label, name: releaseOf(label), values: read(measure), counts };
}

const total = values => values.reduce((sum, value) => sum + (value ?? 0), 0);

/**
 * The ticks of an axis that begins at 0: steps of 1, 2 or 5 times a power of ten, at most five of them, and not finer than the
 * numbers are: whole percents, or the threshold below which none are published.
 */
export function axisTicks(max, isShare, threshold) {
  const finest = isShare ? 0.01 : threshold;
  const wanted = Math.max(max / 5, finest);
  const power = 10 ** Math.floor(Math.log10(wanted) + 1e-9);
  const step = [1, 2, 5, 10].map(factor => factor * power).find(each => each >= wanted * (1 - 1e-9));
  const count = Math.max(1, Math.ceil(max / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

// --- Colours ----------------------------------------------------------------------------------

const COLORS = 8;
/** Labels that one chart shows together, and that their hash values would give the same colour. */
const CHOSEN = {
  SUCCEEDED: 4,
  TERMINAL: 5,
  CANCELED: 2,
  STOPPED: 6,
  SKIPPED: 3,
  FAILED_CONTINUE: 8,
  NOT_STARTED: 7,
  RUNNING: 1,
};
/** Releases are numbered from 1.0, of which there were 39; since 2025 there are five per year. */
const OLD_RELEASES = 39;
const FIRST_YEAR = 2025;
const RELEASES_PER_YEAR = 5;

/**
 * The number of a label's colour, from 1 to 8. It depends on the label alone, so a label has one colour everywhere, also in the
 * pictures that the service draws (Palette.java).
 */
export function colorNumber(label) {
  if (Object.hasOwn(CHOSEN, label)) {
    return CHOSEN[label];
  }
  const release = releaseOf(label);
  if (release != null) {
    const [year, number] = release.split('.').map(Number);
    const position = year < FIRST_YEAR ? number : OLD_RELEASES + (year - FIRST_YEAR) * RELEASES_PER_YEAR + number;
    return (position % COLORS) + 1;
  }
  const hash = Array.from({ length: label.length }, (_, i) => label.charCodeAt(i)).reduce(
    (sum, code) => (Math.imul(sum, 31) + code) | 0,
    0,
  );
  return (hash & (COLORS - 1)) + 1;
}

/**
 * The colour number and the dash (0: none) of each series; null if it is grey or from a ramp. Where two labels of a plot share
 * a colour, lines differ by their dashes, and the parts of a stack take the next free colour, in the order of their names.
 */
export function stylesOf({ kind, series }) {
  const colored = series.filter(each => !isGrey(each) && each.position == null);
  const styles = new Map();
  for (const each of [...colored].sort((a, b) => (a.label < b.label ? -1 : 1))) {
    let color = colorNumber(each.label);
    const taken = [...styles.values()];
    if (kind === 'stack' && taken.length < COLORS) {
      while (taken.some(style => style.color === color)) {
        color = (color % COLORS) + 1;
      }
    }
    styles.set(each, { color, dash: taken.filter(style => style.color === color).length });
  }
  return series.map(each => styles.get(each) ?? null);
}

/** Whether a series is grey: what is left of others, and labels that do not name a value. */
export const isGrey = ({ label, remainder }) => remainder === true || !isValue(label);
