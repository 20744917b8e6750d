// The dashboard at /.
import { card, featureHash } from './card.js';
import { load } from './data.js';
import { byId, element, isolated } from './dom.js';
import { startExplorer } from './explorer.js';
import { redrawAll } from './chart-canvas.js';
import { DEFAULT_PERIOD, PERIODS, hasData, lastPeriod, lastRows, periodOf, valueOf } from './series.js';
import { banners, loadErrorPanel, noDataPanel } from './banners.js';
import { formatDay, formatMonth, formatNumber, formatPercent, formatPeriod, isValue, truncate } from './format.js';

async function start() {
  const numbers = byId('numbers');
  let index;
  try {
    index = await load('index');
  } catch {
    numbers.hidden = true;
    byId('banners').replaceChildren(loadErrorPanel(start));
    return;
  }
  byId('banners').replaceChildren(...banners(index));
  showLicence(index.licence);
  if (index.asOf == null) {
    numbers.hidden = true;
    byId('banners').append(noDataPanel(index));
    return;
  }
  numbers.hidden = false;
  byId('as-of').replaceChildren('As of ', element('time', { datetime: index.asOf }, formatDay(index.asOf)));
  showLatestMonth(index.charts);
  byId('anonymity').replaceChildren(...rulesOfPublication(index).map(rule => element('li', {}, rule)));
  byId('key-numbers').replaceChildren(...tiles(index.charts));
  startExplorer(index).catch(() => {
    byId('feature-count').textContent = 'The features could not be loaded.';
  });
  renderCharts(index);
}

/** Says which month the monthly charts end with, as soon as the first of them is loaded. */
async function showLatestMonth(charts) {
  const chart = charts.find(each => each.tileValue === 'instances') ?? charts.find(each => each.period === 'month');
  const file = chart && (await load(chart.name).catch(() => null));
  const latest = file && lastPeriod(file);
  byId('latest-month').textContent =
    'Monthly numbers appear on the 5th of the next month' +
    (latest ? `; the latest are for ${formatMonth(latest)}.` : '.');
}

function showLicence({ name, url }) {
  byId('licence').replaceChildren('The data is licensed under ', element('a', { href: url }, name), '. ');
}

/** The rules that published numbers follow, a paragraph for each. */
const rulesOfPublication = ({ threshold, noise }) =>
  [
    'Every number counts instances, or averages each instance’s own share. One instance changes a number by one at ' +
      'most.',
    'An instance counts from the second day on which it reports, if both days are within 60 days.',
    `Numbers below ${threshold} are not shown.`,
    noise &&
      'Each number has a small random error, usually of 2 or less, and never of more than 6. The same instances always have ' +
        'the same error, so comparing charts does not remove it. Changes of a few instances mean nothing.',
    'Names that Spinnaker itself does not have are counted together as “(own)”.',
    'A month is computed once, on the 5th of the next month, and a day after two more days. Both then stay as they are.',
    'A month that lacks events of some days has no numbers. It is a gap, not a zero.',
  ].filter(Boolean);

// --- Key numbers ------------------------------------------------------------------------------

/** Reads a tile's value and note from a chart's file, by the chart's tileValue; null if there is not enough data. */
const TILE_VALUES = { instances: instancesOfPeriod, top: topLabel };

/** The tiles of the charts that have one. Each is filled in when its chart's file is loaded. */
function tiles(charts) {
  return Object.entries(TILE_VALUES).flatMap(([tileValue, read]) =>
    charts.filter(chart => chart.tile != null && chart.tileValue === tileValue).map(chart => tile(chart, read)),
  );
}

function tile(chart, read) {
  const value = element('dd', { class: 'value' }, '…');
  const note = element('dd', { class: 'note' }, '\u00a0');
  load(chart.name).then(
    file => {
      const result = read(file) ?? { value: '–', note: 'no numbers yet' };
      value.replaceChildren(result.value);
      value.style.setProperty('--length', String(value.textContent.length));
      note.textContent = result.note;
    },
    () => {
      note.textContent = 'could not be loaded';
    },
  );
  return element('div', { class: 'tile' }, element('dt', {}, chart.tile), value, note);
}

function instancesOfPeriod(file) {
  const last = lastPeriod(file);
  if (last == null) {
    return null;
  }
  const { instances } = periodOf(file, last);
  return {
    value: formatNumber(instances),
    note: `reported in ${formatPeriod(last, file.period)}${comparedWithYearBefore(file, last, instances)}`,
  };
}

function topLabel(file) {
  const [top] = lastRows(file)
    .filter(row => isValue(row.label))
    .sort((a, b) => b.instances - a.instances);
  if (!top) {
    return null;
  }
  const breakable = truncate(top.label, 24).replaceAll(/(?<=[a-z])(?=[A-Z])/g, '\u200b'); // can wrap inside camelCase
  const label = isolated(breakable);
  const share = formatPercent(valueOf(file, top, 'instances-percent'));
  return {
    value: file.feature == null ? label : element('a', { href: featureHash(file.name, top.label) }, label),
    note: `used by ${share} of instances in ${formatPeriod(top.period, file.period)}`,
  };
}

/** Smaller differences between two numbers of instances can come from their noise. */
const MIN_DIFFERENCE = 7;

function comparedWithYearBefore(file, last, now) {
  const yearBefore = `${Number(last.slice(0, 4)) - 1}${last.slice(4)}`;
  if (!hasData(file, yearBefore)) {
    return '';
  }
  const before = periodOf(file, yearBefore).instances;
  return Math.abs(now - before) < MIN_DIFFERENCE
    ? ', about as many as a year before'
    : `, ${formatPercent(Math.abs(now / before - 1))} ${now > before ? 'more' : 'fewer'} than a year before`;
}

// --- Charts -----------------------------------------------------------------------------------

function renderCharts({ charts, asOf }) {
  const cards = charts.map(chart => ({ chart, ...card(chart, { asOf, months: monthsOf(DEFAULT_PERIOD) }) }));
  const sections = new Map();
  for (const { chart, article } of cards) {
    sections.set(chart.section, [...(sections.get(chart.section) ?? []), article]);
  }
  byId('charts').replaceChildren(
    ...[...sections].map(([title, articles]) =>
      element('section', {}, element('h2', {}, title), element('div', { class: 'cards' }, ...articles)),
    ),
  );
  byId('period').replaceChildren(...periodOptions(months => cards.forEach(each => each.setMonths(months))));
  if (location.hash && !location.hash.includes('/')) {
    byId(location.hash.slice(1))?.scrollIntoView(); // the browser looked for the card before it existed
  }
}

const monthsOf = period => PERIODS.find(({ value }) => value === period).months;

function periodOptions(onChange) {
  const options = PERIODS.map(({ value, name, months }) =>
    element(
      'label',
      {},
      element('input', {
        type: 'radio',
        name: 'period',
        value,
        checked: value === DEFAULT_PERIOD,
        change: () => onChange(months),
      }),
      element('span', {}, name),
    ),
  );
  return [element('legend', {}, 'Trends over'), ...options];
}

// --- Light and dark ---------------------------------------------------------------------------

const darkPreferred = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => (document.documentElement.dataset.theme ?? (darkPreferred.matches ? 'dark' : 'light')) === 'dark';

function startThemeButton(button) {
  const showOtherTheme = () => {
    button.textContent = isDark() ? 'Light' : 'Dark';
  };
  const onThemeChange = () => {
    showOtherTheme();
    redrawAll();
  };
  button.addEventListener('click', () => {
    const theme = isDark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem('theme', theme);
    } catch {
      // without storage, the choice lasts until the page is left
    }
    onThemeChange();
  });
  darkPreferred.addEventListener('change', onThemeChange);
  showOtherTheme();
}

startThemeButton(byId('theme'));
start();
