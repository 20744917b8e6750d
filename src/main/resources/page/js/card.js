// A card shows one chart: title, question, plot with its controls, table, and downloads.
import { featureHash } from './address.js';
import { load } from './data.js';
import { byId, element, isolated, scrollableTable } from './dom.js';
import { draw } from './chart-svg.js';
import {
  defaultView,
  hasData,
  lastPeriod,
  measures,
  numberOf,
  periodOf,
  periods,
  plotOf,
  valueOf,
  views,
} from './series.js';
import {
  capitalize,
  defineNumber,
  formatDay,
  formatList,
  formatNumber,
  formatPercent,
  formatPeriod,
  formatValue,
  formatWithCount,
  isSpecial,
  isValue,
  measureName,
  plural,
  printable,
  viewName,
} from './format.js';

/** Where the query of each chart can be read. */
const QUERIES = 'https://github.com/spinnaker/stats/blob/main/src/main/resources/charts';

/** Whether the explorer knows the label as a feature. */
const isFeature = (file, label) => file.period === 'month' && file.breakdown == null && !isSpecial(label);

/**
 * Makes the card of a chart in index.json interactive. If the page has the card already, with a picture in it, that stays until
 * the card's own drawing is ready; otherwise a new card is created. The card loads its file when it comes near the viewport.
 *
 * @param options asOf: the last day that the other charts cover; months: how far back the trend goes, null for all periods;
 *     view and measure: what is shown first, if the chart has them; releases: those of index.json; embedded: whether the card
 *     is in a frame of another page; onStateChange: called with the chart's name, view
 *     and measure when the reader changes one of them
 * @returns article, the card's element; setMonths, which changes how far back the trend goes
 */
export function card(chart, options) {
  const article = byId(chart.name) ?? createCard(chart);
  const state = { ...options, file: null, view: options.view, measure: options.measure };
  const body = article.querySelector('.card-body');

  async function loadAndRender() {
    try {
      state.file = await load(chart.name);
    } catch {
      body.querySelector('.load-error')?.remove();
      const error = element(
        'p',
        { class: 'load-error', role: 'status' },
        'This chart could not be loaded. ',
        element('button', { type: 'button', click: loadAndRender }, 'Try again'),
      );
      if (body.querySelector('figcaption')) {
        body.append(error); // the picture stays
      } else {
        body.replaceChildren(error);
      }
      return;
    }
    const { file } = state;
    const hasReleases = state.releases?.length > 0;
    state.views = views(file, hasReleases);
    state.view = state.views.includes(state.view) ? state.view : defaultView(file, hasReleases);
    state.measure = measures(file).includes(state.measure) ? state.measure : measures(file)[0];
    const change = changed => {
      Object.assign(state, changed);
      render();
      options.onStateChange?.(chart.name, { view: state.view, measure: state.measure });
    };
    article.querySelector('.controls').replaceChildren(...controlsFor(state, change).filter(Boolean));
    render();
  }

  function render() {
    renderBody(body, state);
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

/** A card that is still empty. */
function createCard(chart) {
  const titleId = `${chart.name}-title`;
  return element(
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
      element('div', { class: 'controls' }),
    ),
    element('div', { class: 'card-body' }, element('div', { class: 'plot loading' })),
  );
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
    { rootMargin: '0px 0px 800px' }, // not above, because a card that changes its height there moves what is read
  ).observe(target);
}

const controlsFor = ({ file, views: possible, view, measure }, change) => [
  select(`${file.title}: measure`, measures(file), measureName, measure, value => change({ measure: value })),
  select(`${file.title}: view`, possible, viewName, view, value => change({ view: value })),
];

function select(label, values, nameOf, current, onChange) {
  if (values.length < 2) {
    return null;
  }
  const options = values.map(each => element('option', { value: each, selected: each === current }, nameOf(each)));
  return element('select', { 'aria-label': label, change: event => onChange(event.target.value) }, ...options);
}

function renderBody(body, state) {
  const { file, measure, view, months, asOf, embedded = false, releases } = state;
  const plot = plotOf(file, { view, measure, months, releases });
  if (plot.categories.length === 0 || plot.series.length === 0) {
    // the page can have come with a sentence that says when the first numbers appear
    const noData = body.querySelector('.no-data') ?? element('p', { class: 'no-data' }, 'No numbers yet.');
    body.replaceChildren(noData, downloadLinks(file, embedded));
    return;
  }
  const summary = summarize(file, plot, measure);
  const box = element('div', { class: 'plot' });
  const inPeriods = view === 'bars' ? [lastPeriod(file)] : periods(file, view === 'age' ? null : months);
  const figure = element(
    'figure',
    {},
    element('figcaption', {}, summary),
    box,
    notesOf(file, plot, measure, asOf, inPeriods),
  );
  const isOpen = body.querySelector('details.table')?.open;
  const height = body.clientHeight;
  const replacesPicture = body.querySelector('figure') != null && !body.dataset.drawn;
  body.dataset.drawn = 'true';
  body.replaceChildren(figure, tableOf(file, inPeriods, isOpen), downloadLinks(file, embedded));
  const options = {
    label: `${file.title}. ${summary} The table below has every number.`,
    measure,
    threshold: file.threshold,
    noise: file.noise,
    releases,
    hrefOf: embedded ? null : label => (isFeature(file, label) ? featureHash(file.name, label) : null),
  };
  draw(box, plot, options);
  if (replacesPicture) {
    const fitting = fittingHeight(box, plot, height - body.clientHeight);
    if (fitting != null) {
      draw(box, plot, { ...options, height: fitting });
    }
  }
}

/** A drawing may be higher or lower by this part, so that what is below it stays where it is. */
const MAX_STRETCH = 0.3;

/**
 * The height with which the drawing takes the space of the picture before it; null if that differs too much. Bars are never made
 * lower: the names above them would touch the bars before.
 */
function fittingHeight(box, { kind }, missing) {
  const height = box.querySelector('svg').height.baseVal.value;
  const least = kind === 'bars' ? 1 : -height * MAX_STRETCH;
  return missing !== 0 && missing >= least && missing <= height * MAX_STRETCH ? height + missing : null;
}

/** How many labels a summary names. */
const SUMMARIZED_LABELS = 3;

/** Summarizes a plot in a sentence or two, for readers who cannot see it or have no time to look. */
export const summarize = (file, plot, measure) =>
  plot.kind === 'bars'
    ? summarizeBars(file, plot, measure)
    : plot.unit === 'age'
      ? summarizeAges(plot, measure)
      : summarizeTrend(file, plot, measure);

function summarizeBars(file, { categories, series: [{ values }] }, measure) {
  const named = categories.map((label, i) => ({ label, value: values[i] })).filter(({ label }) => isValue(label));
  // If each label includes all later ones, the last label has all instances, and the first ones, the newest, are of interest.
  const top = (file.labels === 'cumulative' ? named : named.sort((a, b) => b.value - a.value)).slice(
    0,
    SUMMARIZED_LABELS,
  );
  const list = top.map(({ label, value }) => `${printable(label)} (${formatValue(value, measure)})`);
  const at = lastPeriod(file);
  const of = `of ${formatNumber(periodOf(file, at).instances)} instances`;
  const subject = measure === 'share' || measure.startsWith('instances') ? of : `${of}, ${measureName(measure)}`;
  return `${formatPeriod(at, file.period)}, ${subject}: ${list.length === 0 ? 'no label is shown' : list.join(', ')}.`;
}

/** The preposition before a period of a plot. */
const IN_PERIOD = { month: 'in', week: 'in the', day: 'on' };

function summarizeTrend(file, { categories, missing, series, unit }, measure) {
  const [first, last] = [missing.indexOf(false), missing.lastIndexOf(false)];
  if (first < 0) {
    return `${capitalize(measureName(measure))}: no period has complete data.`;
  }
  const format = index => formatPeriod(categories[index], unit);
  const name = measureName(measure) + (unit === 'week' ? ' per day, weekly mean' : '');
  const subject = `${capitalize(name)}, ${first === last ? format(last) : `${format(first)} to ${format(last)}`}`;
  const compare = describe =>
    describe(first) == null || first === last
      ? describe(last)
      : `${describe(last)}, compared with ${describe(first)} ${IN_PERIOD[unit]} ${format(first)}`;
  if (measures(file)[0] === 'instances' && measure === 'instances' && file.period === 'month') {
    return `${subject}: ${compare(index => formatNumber(periodOf(file, categories[index]).instances))}.`;
  }
  const named = series.filter(each => each.values[last] != null && !each.remainder && isValue(each.label));
  // If each label includes all newer ones, the first label, the newest, is of interest.
  const [top] = file.labels === 'cumulative' ? named : named.sort((a, b) => b.values[last] - a.values[last]);
  if (!top) {
    return `${subject}.`;
  }
  const describe = index =>
    top.values[index] == null ? null : formatWithCount(top.values[index], top.counts?.[index], measure);
  const isOnly = file.period === 'day' && series.length === 1;
  return isOnly ? `${subject}: ${compare(describe)}.` : `${subject}. ${printable(top.label)}: ${compare(describe)}.`;
}

/** Compares the newest release with the one before it, at the same age. */
function summarizeAges({ series: [newest, ...older] }, measure) {
  const age = newest.values.findLastIndex(value => value != null);
  const describe = ({ label, values, counts }) =>
    `${printable(label)}: ${formatWithCount(values[age], counts?.[age], measure)}`;
  const before = older.find(({ values }) => values[age] != null);
  const atAge = before ? ` ${describe(before)} at that age.` : '';
  return `${capitalize(measureName(measure))}. ${describe(newest)}, ${plural(age, 'month')} after its release.${atAge}`;
}

/** Everything that a reader must know about the plot: old or missing data, annotations, and what labels mean. */
function notesOf(file, plot, measure, asOf, inPeriods) {
  const isBars = plot.kind === 'bars';
  const labels = isBars ? plot.categories : plot.series.map(each => each.label);
  const notes = [
    file.asOf < asOf ? `This chart could not be updated since ${formatDay(file.asOf)}.` : null,
    isBars ? explainOlderBars(file) : explainGaps(file, inPeriods),
    hasNoise(file, plot, measure)
      ? `A faint ${isBars ? 'end of a bar' : 'band'} shows how far the number may be off, because it has noise.`
      : null,
    ...annotationsOf(file, isBars ? periods(file, MONTHS_OF_ANNOTATIONS) : inPeriods),
    plot.omitted > 0 ? `The table has ${plot.omitted} more.` : null,
    defineNumber(numberOf(measure)),
    ...labels.map(label => file.explanations?.[label] ?? null),
  ].filter(note => note != null);
  return notes.length === 0 ? null : element('p', { class: 'footnote' }, [...new Set(notes)].join(' '));
}

const hasNoise = (file, { kind, unit }, measure) =>
  file.noise && kind !== 'stack' && unit !== 'week' && measure !== 'share';

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
  const details = element(
    'details',
    { class: 'table', open },
    element('summary', {}, 'Table', element('span', { class: 'visually-hidden' }, `: ${file.title}`)),
  );
  const build = () => {
    if (details.open && !details.querySelector('table')) {
      details.append(tableOfRows(file, inPeriods, onlyLabel));
    }
  };
  details.addEventListener('toggle', build);
  build();
  return details;
}

function tableOfRows(file, inPeriods, onlyLabel) {
  const included = new Set(inPeriods.filter(at => hasData(file, at)));
  const rows = file.rows
    .filter(row => included.has(row.period) && (onlyLabel == null || row.label === onlyLabel))
    .sort((a, b) => (a.period < b.period ? 1 : a.period > b.period ? -1 : b.instances - a.instances));
  const hasPeriods = inPeriods.length > 1;
  const when = hasPeriods ? ` by ${file.period}` : `, ${formatPeriod(inPeriods[0], file.period)}`;
  const headings = [...(hasPeriods ? [capitalize(file.period)] : []), 'Label'];
  return scrollableTable(
    file.title + when,
    [
      ...headings.map(heading => element('th', { scope: 'col' }, heading)),
      ...file.numbers.map(number => element('th', { scope: 'col', class: 'number' }, capitalize(COLUMN_NAMES[number]))),
    ],
    rows.map(row => tableRow(file, row, hasPeriods)),
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
export const dataLinks = file =>
  ['csv', 'json', 'svg'].map(extension =>
    element(
      'a',
      {
        href: `/data/${file.name}.${extension}`,
        'aria-label': `${file.title}: ${extension.toUpperCase()} file`,
      },
      extension.toUpperCase(),
    ),
  );

function downloadLinks(file, embedded) {
  const more = embedded
    ? [element('a', { href: `/#${file.name}` }, 'All charts')]
    : [
        element(
          'a',
          { href: `/embed.html?chart=${file.name}`, 'aria-label': `${file.title}: Embed in another page` },
          'Embed',
        ),
        element(
          'a',
          { href: `${QUERIES}/${file.name}.sql`, 'aria-label': `${file.title}: Show the query` },
          'Show the query',
        ),
      ];
  return element('p', { class: 'downloads' }, ...dataLinks(file), ...more);
}
