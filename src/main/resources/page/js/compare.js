// Shows up to four features in one plot, with a table of the same numbers beside it.
import { MAX_COMPARED, compareHash, featureHash } from './address.js';
import { draw } from './chart-svg.js';
import { combobox, comboboxElements } from './combobox.js';
import { loadOrNull } from './data.js';
import { element, isolated, scrollableTable } from './dom.js';
import { hasValues, lineNames, linesOf } from './feature-lines.js';
import {
  capitalize,
  formatList,
  formatMonth,
  formatPercent,
  formatWithCount,
  measureName,
  printable,
} from './format.js';
import { hasData } from './series.js';

const MEASURE = 'instances-percent';

/**
 * A plot of one measure of features as lines. It can be drawn once the figure is on the page.
 *
 * @param features file, label, and the name of the line if it is another one, of each feature
 * @param releases the releases of index.json, which are marked in the plot
 * @param months how many months are plotted; null for all
 */
export function lineFigure(features, measure, { releases = [], months = null } = {}) {
  const plot = linesOf(features, measure, months);
  const caption = capitalize(measureName(measure));
  const { threshold, noise } = features[0].file;
  if (!hasValues(plot)) {
    const text = `Fewer than ${threshold} instances in every month.`;
    return {
      figure: element('figure', {}, element('figcaption', {}, caption), element('p', { class: 'footnote' }, text)),
      draw() {},
    };
  }
  const box = element('div', { class: 'plot' });
  const label = `${caption}. ${describeRanges(plot)} The table has every number.`;
  return {
    figure: element('figure', {}, element('figcaption', {}, caption), box),
    draw: () => draw(box, plot, { measure, unit: 'month', threshold, noise, releases, label }),
  };
}

/** "AWS: 20% to 28%." for each line. */
const describeRanges = ({ series }) =>
  series
    .map(({ name, values }) => {
      const published = values.filter(value => value != null);
      return published.length === 0
        ? `${printable(name)}: no numbers.`
        : `${printable(name)}: ${formatPercent(Math.min(...published))} to ${formatPercent(Math.max(...published))}.`;
    })
    .join(' ');

/**
 * Shows a comparison.
 *
 * @param details the element to fill
 * @param features chart, label and noun of each feature
 * @param search finds features, with their nouns; nounOf, threshold and releases are those of the page
 *     isCurrent tells whether the reader has not asked for something else meanwhile
 * @returns the heading, which gets the focus; null if the reader has asked for something else
 */
export async function showComparison(details, features, { search, nounOf, threshold, releases, isCurrent }) {
  const names = lineNames(features);
  const named = features.map((feature, i) => ({ ...feature, name: names[i] })).filter(hasNumbers);
  const files = await Promise.all(named.map(({ chart }) => loadOrNull(chart)));
  if (!isCurrent()) {
    return null;
  }
  const loaded = named.map((feature, i) => ({ ...feature, file: files[i] })).filter(({ file }) => file != null);
  const missing = named.filter((_, i) => files[i] == null);
  const heading = element('h3', { tabindex: '-1' }, 'Compare features');
  const figure = loaded.length === 0 ? null : lineFigure(loaded, MEASURE, { releases });
  const content = [
    heading,
    features.length > 0 && chips(features, names),
    ...(features.length < MAX_COMPARED ? addField(features, { search, nounOf, threshold }) : []),
    ...features.filter(each => !hasNumbers(each)).map(explainNoNumbers),
    ...(missing.length === 0 ? [] : [loadError(missing)]),
    ...(figure ? [element('div', { class: 'compare' }, figure.figure, comparisonTable(loaded))] : []),
  ];
  details.replaceChildren(...content.filter(Boolean));
  details.hidden = false;
  figure?.draw();
  return heading;
}

const hasNumbers = ({ reportedAs, isUnknown }) => reportedAs == null && !isUnknown;

const explainNoNumbers = ({ label, noun, reportedAs }) =>
  element(
    'p',
    { class: 'footnote' },
    reportedAs == null
      ? `No ${noun} has the name ${printable(label)} here.`
      : `Spinnaker cannot report ${printable(label)}, which is counted as part of ${printable(reportedAs)}.`,
  );

const loadError = missing =>
  element(
    'p',
    { class: 'load-error', role: 'status' },
    `The numbers of ${formatList(missing.map(({ label }) => printable(label)))} could not be loaded.`,
  );

/** The compared features, each with a button that removes it. */
function chips(features, names) {
  return element(
    'ul',
    { class: 'chips', 'aria-label': 'Compared features' },
    ...features.map((feature, i) => {
      const remove = () => {
        location.hash = compareHash(features.filter(each => each !== feature));
      };
      const name = printable(names[i]);
      return element(
        'li',
        {},
        element('a', { href: featureHash(feature.chart, feature.label) }, isolated(name)),
        element('button', { type: 'button', 'aria-label': `Remove ${name} from the comparison`, click: remove }, '×'),
      );
    }),
  );
}

function addField(features, { search, nounOf, threshold }) {
  const elements = comboboxElements('compare-add', {
    'aria-label': 'Add a feature to the comparison',
    placeholder: 'Add a feature …',
  });
  const isCompared = ({ chart, label }) => features.some(each => each.chart === chart && each.label === label);
  combobox(elements, {
    find: async query => (await search(query)).filter(each => each.reportedAs == null && !isCompared(each)),
    nounOf,
    threshold,
    select: added => {
      location.hash = compareHash([...features, added]);
    },
  });
  return [element('div', { class: 'combobox' }, ...elements)];
}

/** The numbers of all compared features, newest month first. */
function comparisonTable(features) {
  const { categories, series } = linesOf(features, MEASURE);
  const cell = ({ values, counts }, i, { file }) => {
    if (values[i] != null) {
      return formatWithCount(values[i], counts[i], MEASURE);
    }
    if (!hasData(file, categories[i])) {
      return 'no data';
    }
    return file.labels === 'cumulative' ? '–' : `fewer than ${file.threshold}`;
  };
  const rows = categories.map((at, i) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row', class: 'period' }, formatMonth(at)),
      ...series.map((each, j) => element('td', { class: 'number' }, cell(each, i, features[j]))),
    ),
  );
  return scrollableTable(
    'Share of instances by month',
    [
      element('th', { scope: 'col' }, 'Month'),
      ...series.map(({ name }) => element('th', { scope: 'col', class: 'number' }, isolated(printable(name)))),
    ],
    rows.reverse(),
  );
}
