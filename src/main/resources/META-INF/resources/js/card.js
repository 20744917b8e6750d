// A card shows one chart: title, question, plot with its controls, table, and downloads.
import { load } from './data.js';
import { element, isolated } from './dom.js';
import { colorOf, draw, heightOf } from './chart-canvas.js';
import { bars, lastPeriod, measures, periods, trend, valueOf, views } from './series.js';
import {
  SPECIAL,
  capitalize,
  explainSpecial,
  formatDay,
  formatNumber,
  formatPeriod,
  formatValue,
  isSpecial,
  measureName,
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
    state.measure ??= state.file.measure;
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
    select(
      `${file.title}: measure`,
      measures(file),
      each => measureName(each, file),
      state.measure,
      measure => {
        state.measure = measure;
        render();
      },
    ),
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
    body.replaceChildren(
      element('p', { class: 'no-data' }, `Not enough data yet (fewer than ${file.threshold} instances).`),
      downloadLinks(file, embedded),
    );
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
    footnotes(file, plot, asOf),
  );
  const isOpen = body.querySelector('details.table')?.open;
  const inPeriods = view === 'bars' ? [lastPeriod(file)] : periods(file, months);
  body.replaceChildren(figure, tableOf(file, inPeriods, isOpen), downloadLinks(file, embedded));
  await draw(canvas, plot, {
    measure,
    unit: file.period,
    select:
      file.feature == null || embedded
        ? null
        : label => {
            location.hash = featureHash(file.name, label);
          },
  });
}

/** How many labels a summary names. */
const SUMMARIZED_LABELS = 3;

/** Summarizes a plot in a sentence or two, for readers who cannot see it or have no time to look. */
export const summarize = (file, plot, measure) =>
  plot.kind === 'bars' ? summarizeBars(file, plot, measure) : summarizeTrend(file, plot, measure);

/** Numbers are rounded down; shares are not. */
const atLeast = (number, measure) => `${measure === 'share' ? '' : 'at least '}${formatValue(number, measure)}`;

function summarizeBars(file, { categories, series: [{ values }] }, measure) {
  const named = categories.map((label, i) => ({ label, number: values[i] })).filter(({ label }) => !isSpecial(label));
  // If each label includes all later ones, the first label has all instances, and the last ones are of interest.
  const top =
    file.labels === 'cumulative'
      ? named.slice(-SUMMARIZED_LABELS).reverse()
      : named.sort((a, b) => b.number - a.number).slice(0, SUMMARIZED_LABELS);
  const list = top.map(
    ({ label, number }, i) =>
      `${printable(label)} (${i === 0 ? atLeast(number, measure) : formatValue(number, measure)})`,
  );
  const countsInstances = measure === 'instances' || (measure === 'share' && file.unit === 'instances');
  const subject =
    file.instances == null || !countsInstances
      ? measureName(measure, file)
      : `of ${formatNumber(file.instances)} instances`;
  const when = formatPeriod(lastPeriod(file), file.period);
  return `${when}, ${subject}: ${list.length === 0 ? 'no label has enough instances' : list.join(', ')}.`;
}

function summarizeTrend(file, { categories, series }, measure) {
  const from = formatPeriod(categories[0], file.period);
  const to = formatPeriod(categories.at(-1), file.period);
  const subject = `${capitalize(measureName(measure, file))}, ${from} to ${to}.`;
  const [top] = series
    .filter(each => each.values.at(-1) != null && !each.remainder && !each.secondary && !isSpecial(each.label))
    .sort((a, b) => b.values.at(-1) - a.values.at(-1));
  if (!top) {
    return subject;
  }
  const hasSecondary = series.some(each => each.secondary);
  const latest = atLeast(top.values.at(-1), measure);
  const claim =
    series.length === 1
      ? `The latest value is ${latest}`
      : hasSecondary
        ? `The latest ${top.label} is ${latest}`
        : `“${printable(top.label)}” leads with ${latest}`;
  const start = top.values[0] == null ? '' : `, compared with ${atLeast(top.values[0], measure)} at the start`;
  return `${subject} ${claim}${start}.`;
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

function footnotes(file, plot, asOf) {
  const labels = plot.kind === 'bars' ? plot.categories : plot.series.map(each => each.label);
  const notes = [
    file.asOf < asOf ? `This chart could not be updated since ${formatDay(file.asOf)}.` : null,
    plot.omitted > 0 ? `The table has ${plot.omitted} more.` : null,
    ...SPECIAL.filter(label => labels.includes(label)).map(label => explainSpecial(label, file)),
  ].filter(note => note != null);
  return notes.length === 0 ? null : element('p', { class: 'footnote' }, notes.join(' '));
}

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
  const included = new Set(inPeriods);
  const rows = file.rows
    .filter(row => included.has(row.period) && (onlyLabel == null || row.label === onlyLabel))
    .sort((a, b) => (a.period < b.period ? 1 : a.period > b.period ? -1 : b.instances - a.instances));
  const hasPeriods = included.size > 1;
  const columns = measures(file);
  const when = hasPeriods ? ` by ${file.period}` : `, ${formatPeriod(inPeriods[0], file.period)}`;
  const caption = `${file.title}${when}, rounded down`;
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
          ...columns.map(measure =>
            element('th', { scope: 'col', class: 'number' }, capitalize(measureName(measure, file))),
          ),
        ),
      ),
      element('tbody', {}, ...rows.map(row => tableRow(file, row, hasPeriods, columns))),
    ),
  );
}

function tableRow(file, row, hasPeriods, columns) {
  const name = isolated(printable(row.label));
  const isLink = isFeature(file, row.label) && document.body.dataset.page === 'dashboard';
  return element(
    'tr',
    {},
    hasPeriods && element('td', { class: 'period' }, formatPeriod(row.period, file.period)),
    element('th', { scope: 'row' }, isLink ? element('a', { href: featureHash(file.name, row.label) }, name) : name),
    ...columns.map(measure => {
      const number = valueOf(file, row, measure);
      return element('td', { class: 'number' }, number == null ? 'not published' : formatValue(number, measure));
    }),
  );
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
