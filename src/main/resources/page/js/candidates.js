// The table of candidates for removal, or of all features, which readers can sort.
import { featureHash } from './address.js';
import { element, isolated, scrollableTable } from './dom.js';
import { formatMonth, printable } from './format.js';

/** Headlines in the order in which a column is sorted. */
const TRENDS = ['No data', 'Too few to tell', 'Never reported', 'No longer reported', 'Shrinking', 'Stable', 'Growing'];
const AFFECTED = ['No data', 'Too few to tell', 'Few instances, if any', 'Some instances', 'Many instances'];

const share = value => (value == null ? null : `${value}%`);

/**
 * The columns: name, the value that rows are sorted by, the text of a cell (null: fewer than the threshold), and whether the largest
 * values come first.
 */
export const COLUMNS = [
  { key: 'label', name: 'Name', value: ({ label }) => label.toLowerCase() },
  { key: 'noun', name: 'Kind', value: ({ noun }) => noun, text: ({ noun }) => noun },
  {
    key: 'share',
    name: 'Share of instances',
    value: feature => feature.share ?? -1,
    text: feature => share(feature.share),
    isNumber: true,
  },
  {
    key: 'shareYearBefore',
    name: 'A year before',
    value: feature => feature.shareYearBefore ?? -1,
    text: ({ shareYearBefore }) => share(shareYearBefore) ?? '–',
    isNumber: true,
  },
  {
    key: 'traction',
    name: 'Trend',
    value: ({ traction }) => TRENDS.indexOf(traction.headline),
    text: ({ traction }) => traction.headline,
    isDescending: true,
  },
  {
    key: 'affected',
    name: 'Affected by a removal',
    value: ({ affected }) => (affected ? AFFECTED.indexOf(affected.headline) : -1),
    text: ({ affected }) => affected?.headline ?? '–',
    isDescending: true,
  },
  {
    key: 'firstReported',
    name: 'First month',
    value: ({ firstReported }) => firstReported ?? '',
    text: ({ firstReported }) => (firstReported ? formatMonth(firstReported) : 'never'),
  },
  {
    key: 'lastReported',
    name: 'Last month',
    value: ({ lastReported }) => lastReported ?? '',
    text: ({ lastReported }) => (lastReported ? formatMonth(lastReported) : 'never'),
  },
];

const collator = new Intl.Collator('en', { numeric: true });

/** The features in the table: the candidates, or all that have a verdict. Some cannot be removed, such as releases. */
export const rowsOf = (features, all) => features.filter(({ traction, candidate }) => traction && (all || candidate));

/** Sorts features by a column. Equal ones keep their order. */
export function sortFeatures(features, { key, descending }) {
  const { value } = COLUMNS.find(column => column.key === key);
  const compare = (a, b) => (typeof a === 'number' ? a - b : collator.compare(a, b));
  return [...features].sort((a, b) => (descending ? -1 : 1) * compare(value(a), value(b)));
}

/**
 * Shows the table.
 *
 * @param body the element to fill
 * @param loadFeatures see featureLoader of data.js
 */
export async function showCandidates(body, loadFeatures) {
  // those that were reported last come first; the others were perhaps never used
  const state = { all: false, key: 'lastReported', descending: true };
  const render = (focusedKey = null) => {
    body.replaceChildren(...tableOf(state, render));
    body.querySelector(`[data-key="${focusedKey}"]`)?.focus();
  };
  try {
    state.file = await loadFeatures();
  } catch {
    const error = 'The list of features could not be loaded. ';
    const retry = button('Try again', () => showCandidates(body, loadFeatures));
    body.replaceChildren(element('p', { class: 'load-error', role: 'status' }, error, retry));
    return;
  }
  render();
}

const button = (text, click, attributes = {}) => element('button', { type: 'button', click, ...attributes }, text);

function tableOf(state, render) {
  const { file, all } = state;
  const features = sortFeatures(rowsOf(file.features, all), state);
  const caption = all ? `All ${features.length} features with a verdict` : `${features.length} candidates for removal`;
  const toggle = element('input', {
    type: 'checkbox',
    checked: all,
    'data-key': 'all',
    change: event => {
      state.all = event.target.checked;
      render('all');
    },
  });
  return [
    element('p', {}, file.candidateRule),
    element('label', { class: 'toggle' }, toggle, ' Show all features'),
    scrollableTable(
      caption + (file.month ? `, ${formatMonth(file.month)}` : ''),
      COLUMNS.map(column => headerCell(column, state, render)),
      features.map(feature => tableRow(feature, file.threshold)),
      caption,
    ),
  ];
}

function headerCell({ key, name, isNumber, isDescending }, state, render) {
  const isSorted = state.key === key;
  const sort = () => {
    state.descending = isSorted ? !state.descending : Boolean(isDescending);
    state.key = key;
    render(key);
  };
  return element(
    'th',
    {
      scope: 'col',
      class: isNumber && 'number',
      'aria-sort': isSorted && (state.descending ? 'descending' : 'ascending'),
    },
    button(name, sort, { 'data-key': key }),
  );
}

function tableRow(feature, threshold) {
  const { chart, label, name } = feature;
  const [, ...others] = COLUMNS;
  return element(
    'tr',
    {},
    element(
      'th',
      { scope: 'row' },
      element('a', { href: featureHash(chart, label) }, isolated(printable(label))),
      name != null && element('span', { class: 'hint' }, isolated(printable(name))),
    ),
    ...others.map(({ text, isNumber }) =>
      element(
        'td',
        { class: isNumber && 'number' },
        text(feature) ?? (feature.noData ? 'no data' : `fewer than ${threshold}`),
      ),
    ),
  );
}
