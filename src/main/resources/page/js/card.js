// A card shows one chart: title, question, plot with its controls, table, and downloads.
import { load } from './data.js';
import { element, isolated } from './dom.js';
import { colorOf, draw, heightOf } from './chart-canvas.js';
import { bars, hasData, lastPeriod, measures, numberOf, periodOf, periods, trend, valueOf, views } from './series.js';
import {
  capitalize,
  defineNumber,
  explainUnreportable,
  formatDay,
  formatList,
  formatNumber,
  formatPercent,
  formatPeriod,
  formatValue,
  formatWithCount,
  isSpecial,
  measureName,
  plural,
  printable,
} from './format.js';

/** The fragment under which the explorer shows a feature, that is, one label of a chart. */
export const featureHash = (chart, label) => `#${chart}/${encodeURIComponent(label)}`;

/** Whether the explorer knows the label as a feature. */
const isFeature = (file, label) => file.feature != null && !isSpecial(label);

/**
 * Creates the card of a chart in index.json. The card loads its file when it comes near the viewport.
 *
 * @param asOf the last day that the other charts cover
 * @param months how far back the trend goes; null for all periods
 * @param embedded whether the card is in a frame of another page; its links then open beside that page
 */
export function card(chart, { asOf, months, embedded = false }) {
  const titleId = `${chart.name}-title`;
  const body = element('div', { class: 'card-body' }, element('div', { class: 'plot loading' }));
  const controls = element('div', { class: 'controls' });
  const article = element(
    'article',
    { class: 'card', id: chart.name, 'aria-labelledby': titleId },
    element(
      'header',
      {},
      element(
        'div',
        {},
        element('h3', { id: titleId }, chart.title),
        element('p', { class: 'question' }, chart.question),
      ),
      controls,
    ),
    body,
  );
  const state = { months, measure: null, view: null, file: null };

  async function loadAndRender() {
    try {
      state.file = await load(chart.name);
    } catch {
      body.replaceChildren(
        element(
          'p',
          { class: 'load-error', role: 'status' },
          'This chart could not be loaded. ',
          element('button', { type: 'button', click: loadAndRender }, 'Try again'),
        ),
      );
      return;
    }
    state.measure ??= measures(state.file)[0];
    state.view ??= state.file.view;
    controls.replaceChildren(...controlsFor(state, render).filter(Boolean));
    render();
  }

  async function render() {
    await renderBody(body, state, asOf, embedded);
    article.dataset.drawn = `${state.view} ${state.measure} ${state.months ?? 'all'}`;
  }

  onceNearViewport(article, loadAndRender);
  return {
    article,
    setMonths(value) {
      state.months = value;
      if (state.file) {
        render();
      }
    },
  };
}

/** Calls back once, just before the element becomes visible. */
function onceNearViewport(target, callback) {
  new IntersectionObserver(
    (entries, observer) => {
      if (entries.some(entry => entry.isIntersecting)) {
        observer.disconnect();
        callback();
      }
    },
    { rootMargin: '400px' },
  ).observe(target);
}

const VIEW_NAMES = { bars: 'last month', trend: 'over time' };

function controlsFor(state, render) {
  const { file } = state;
  return [
    select(`${file.title}: measure`, measures(file), measureName, state.measure, measure => {
      state.measure = measure;
      render();
    }),
    select(
      `${file.title}: view`,
      views(file),
      each => VIEW_NAMES[each],
      state.view,
      view => {
        state.view = view;
        render();
      },
    ),
  ];
}

function select(label, values, nameOf, current, onChange) {
  if (values.length < 2) {
    return null;
  }
  const options = values.map(each => element('option', { value: each, selected: each === current }, nameOf(each)));
  return element('select', { 'aria-label': label, change: event => onChange(event.target.value) }, ...options);
}

async function renderBody(body, { file, measure, view, months }, asOf, embedded) {
  const plot = view === 'bars' ? bars(file, measure) : trend(file, measure, months);
  if (plot.categories.length === 0 || plot.series.length === 0) {
    body.replaceChildren(element('p', { class: 'no-data' }, noDataText(file)), downloadLinks(file, embedded));
    return;
  }
  const summary = summarize(file, plot, measure);
  const canvas = element('canvas', {
    role: 'img',
    'aria-label': `${file.title}. ${summary} The table below has every number.`,
  });
  const plotBox = element('div', { class: 'plot' }, canvas);
  plotBox.style.height = `${heightOf(plot)}px`;
  const figure = element(
    'figure',
    {},
    element('figcaption', {}, summary),
    plotBox,
    legend(file, plot, embedded),
    notesOf(file, plot, measure, asOf),
  );
  const isOpen = body.querySelector('details.table')?.open;
  const inPeriods = view === 'bars' ? [lastPeriod(file)] : periods(file, months);
  body.replaceChildren(figure, tableOf(file, inPeriods, isOpen), downloadLinks(file, embedded));
  await draw(canvas, plot, {
    measure,
    unit: file.period,
    threshold: file.threshold,
    select:
      file.feature == null || embedded
        ? null
        : label => {
            location.hash = featureHash(file.name, label);
          },
  });
}

/** Says when the first numbers of a chart appear. */
const firstNumbers = (period, threshold) =>
  period === 'day'
    ? `A day appears when two more days are over, if at least ${threshold} instances count on it.`
    : 'The numbers of a complete month appear on the 5th of the next one, if at least ' +
      `${threshold} instances have reported on two days.`;

const noDataText = file => `No numbers yet. ${firstNumbers(file.period, file.threshold)}`;

/** How many labels a summary names. */
const SUMMARIZED_LABELS = 3;

/** Summarizes a plot in a sentence or two, for readers who cannot see it or have no time to look. */
export const summarize = (file, plot, measure) =>
  plot.kind === 'bars' ? summarizeBars(file, plot, measure) : summarizeTrend(file, plot, measure);

function summarizeBars(file, { categories, series: [{ values }] }, measure) {
  const named = categories.map((label, i) => ({ label, value: values[i] })).filter(({ label }) => !isSpecial(label));
  // If each label includes all later ones, the first label has all instances, and the last ones are of interest.
  const top =
    file.labels === 'cumulative'
      ? named.slice(-SUMMARIZED_LABELS).reverse()
      : named.sort((a, b) => b.value - a.value).slice(0, SUMMARIZED_LABELS);
  const list = top.map(({ label, value }) => `${printable(label)} (${formatValue(value, measure)})`);
  const at = lastPeriod(file);
  const of = `of ${formatNumber(periodOf(file, at).instances)} instances`;
  const subject = measure === 'share' || measure.startsWith('instances') ? of : `${of}, ${measureName(measure)}`;
  return `${formatPeriod(at, file.period)}, ${subject}: ${list.length === 0 ? 'no label is shown' : list.join(', ')}.`;
}

function summarizeTrend(file, { categories, missing, series }, measure) {
  const [first, last] = [missing.indexOf(false), missing.lastIndexOf(false)];
  const format = index => formatPeriod(categories[index], file.period);
  const subject = `${capitalize(measureName(measure))}, ${format(first)} to ${format(last)}`;
  const compare = describe =>
    describe(first) == null || first === last
      ? describe(last)
      : `${describe(last)}, compared with ${describe(first)} ${file.period === 'day' ? 'on' : 'in'} ${format(first)}`;
  if (measures(file)[0] === 'instances' && measure === 'instances' && file.period === 'month') {
    return `${subject}: ${compare(index => formatNumber(periodOf(file, categories[index]).instances))}.`;
  }
  const [top] = series
    .filter(each => each.values[last] != null && !each.remainder && !each.secondary && !isSpecial(each.label))
    .sort((a, b) => b.values[last] - a.values[last]);
  if (!top) {
    return `${subject}.`;
  }
  const describe = index =>
    top.values[index] == null ? null : formatWithCount(top.values[index], top.counts?.[index], measure);
  return `${subject}. ${printable(top.label)}: ${compare(describe)}.`;
}

function legend(file, plot, embedded) {
  if (plot.kind === 'bars' || plot.series.length < 2) {
    return null;
  }
  return element(
    'ul',
    { class: 'legend' },
    ...plot.series.map((each, i) => {
      const swatch = element('span', { class: 'swatch', 'aria-hidden': 'true' });
      swatch.style.backgroundColor = colorOf(each, i);
      const name = isolated(printable(each.label));
      const isLink = isFeature(file, each.label) && !embedded && !each.remainder;
      return element(
        'li',
        {},
        swatch,
        isLink ? element('a', { href: featureHash(file.name, each.label) }, name) : name,
      );
    }),
  );
}

/** Everything that a reader must know about the plot: old or missing data, annotations, and what labels mean. */
function notesOf(file, plot, measure, asOf) {
  const isBars = plot.kind === 'bars';
  const labels = isBars ? plot.categories : plot.series.map(each => each.label);
  const inPeriods = isBars ? [] : plot.categories;
  const notes = [
    file.asOf < asOf ? `This chart could not be updated since ${formatDay(file.asOf)}.` : null,
    isBars ? explainOlderBars(file) : explainGaps(file, inPeriods),
    ...annotationsOf(file, isBars ? periods(file, MONTHS_OF_ANNOTATIONS) : inPeriods),
    plot.omitted > 0 ? `The table has ${plot.omitted} more.` : null,
    defineNumber(numberOf(measure)),
    ...labels.map(label => file.explanations?.[label] ?? null),
    ...explainUnreportable(file),
  ].filter(note => note != null);
  return notes.length === 0 ? null : element('p', { class: 'footnote' }, [...new Set(notes)].join(' '));
}

/** Bars of one month mention annotations of at most this many months before. */
const MONTHS_OF_ANNOTATIONS = 12;

const annotationsOf = (file, inPeriods) =>
  (file.annotations ?? []).filter(each => inPeriods.includes(each.period)).map(each => each.text);

/** Says which months the bars leave out because they have no complete data; null if there are none. */
function explainOlderBars(file) {
  const shown = lastPeriod(file);
  const newer = periods(file).filter(at => at > shown);
  return newer.length === 0
    ? null
    : `No complete data for ${listPeriods(file, newer)}; the bars show ${formatPeriod(shown, file.period)}.`;
}

function explainGaps(file, inPeriods) {
  const gaps = inPeriods.filter(at => !hasData(file, at));
  return gaps.length === 0 ? null : `No complete data for ${listPeriods(file, gaps)}.`;
}

/** More periods without data are counted, not listed. */
const MAX_LISTED_PERIODS = 4;

const listPeriods = (file, inPeriods) =>
  inPeriods.length > MAX_LISTED_PERIODS
    ? plural(inPeriods.length, file.period)
    : formatList(
        inPeriods.map(at => {
          const { days, daysWithData } = periodOf(file, at) ?? {};
          const missing = days > daysWithData ? ` (${daysWithData} of ${plural(days, 'day')})` : '';
          return formatPeriod(at, file.period) + (file.period === 'day' ? '' : missing);
        }),
      );

/** A table of all numbers of these periods, newest first. Its rows are created when it is opened. */
export function tableOf(file, inPeriods, open = false, onlyLabel = null) {
  const details = element('details', { class: 'table', open }, element('summary', {}, 'Table'));
  const build = () => {
    if (details.open && !details.querySelector('table')) {
      details.append(scrollableTable(file, inPeriods, onlyLabel));
    }
  };
  details.addEventListener('toggle', build);
  build();
  return details;
}

function scrollableTable(file, inPeriods, onlyLabel) {
  const included = new Set(inPeriods.filter(at => hasData(file, at)));
  const rows = file.rows
    .filter(row => included.has(row.period) && (onlyLabel == null || row.label === onlyLabel))
    .sort((a, b) => (a.period < b.period ? 1 : a.period > b.period ? -1 : b.instances - a.instances));
  const hasPeriods = inPeriods.length > 1;
  const when = hasPeriods ? ` by ${file.period}` : `, ${formatPeriod(inPeriods[0], file.period)}`;
  const caption = file.title + when;
  const headings = [...(hasPeriods ? [capitalize(file.period)] : []), 'Label'];
  return element(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    element(
      'table',
      {},
      element('caption', {}, caption),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...headings.map(heading => element('th', { scope: 'col' }, heading)),
          ...file.numbers.map(number =>
            element('th', { scope: 'col', class: 'number' }, capitalize(COLUMN_NAMES[number])),
          ),
        ),
      ),
      element('tbody', {}, ...rows.map(row => tableRow(file, row, hasPeriods))),
    ),
  );
}

const COLUMN_NAMES = {
  instances: 'instances',
  regular: 'use it regularly',
  failing: 'see it fail',
  share: 'mean share per instance',
};

function tableRow(file, row, hasPeriods) {
  const name = isolated(printable(row.label));
  const isLink = isFeature(file, row.label) && document.body.dataset.page === 'dashboard';
  return element(
    'tr',
    {},
    hasPeriods && element('td', { class: 'period' }, formatPeriod(row.period, file.period)),
    element('th', { scope: 'row' }, isLink ? element('a', { href: featureHash(file.name, row.label) }, name) : name),
    ...file.numbers.map(number => element('td', { class: 'number' }, formatCell(file, row, number))),
  );
}

/** A number of a row: a share as it is, a number of instances with its share of all instances. */
function formatCell(file, row, number) {
  if (row[number] == null) {
    return number === 'share' ? 'not published' : `fewer than ${file.threshold}`;
  }
  if (number === 'share') {
    return formatPercent(valueOf(file, row, number));
  }
  return file.period === 'day'
    ? formatNumber(row[number])
    : `${formatNumber(row[number])} (${formatPercent(valueOf(file, row, `${number}-percent`))})`;
}

/** The files of a chart, as links. */
export const dataLinks = (file, attributes = {}) =>
  [
    ['csv', 'CSV'],
    ['json', 'JSON'],
  ].map(([extension, name]) =>
    element(
      'a',
      {
        href: `/data/${file.name}.${extension}`,
        ...attributes,
        'aria-label': `${file.title}: ${name} file`,
      },
      name,
    ),
  );

function downloadLinks(file, embedded) {
  const newTab = embedded ? { target: '_blank', rel: 'noopener' } : {};
  return element(
    'p',
    { class: 'downloads' },
    ...dataLinks(file, newTab),
    embedded
      ? element('a', { href: `/#${file.name}`, ...newTab }, 'All charts')
      : element(
          'a',
          { href: `/embed.html?chart=${file.name}`, 'aria-label': `${file.title}: embed in another page` },
          'Embed',
        ),
  );
}
