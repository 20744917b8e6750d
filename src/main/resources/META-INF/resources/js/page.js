// The dashboard at /.
import { card, featureHash } from './card.js';
import { load } from './data.js';
import { byId, element, isolated } from './dom.js';
import { startExplorer } from './explorer.js';
import { redrawAll } from './chart-canvas.js';
import { DEFAULT_PERIOD, PERIODS, baselineRow, lastPeriod, lastRows, periods } from './series.js';
import { banners, loadErrorPanel, noDataPanel } from './banners.js';
import {
  formatCompact,
  formatDay,
  formatMonth,
  formatNumber,
  formatPercent,
  isSpecial,
  printable,
  truncate,
} from './format.js';

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
  if (index.asOf == null) {
    numbers.hidden = true;
    byId('banners').append(noDataPanel(index));
    return;
  }
  numbers.hidden = false;
  byId('as-of').replaceChildren('As of ', element('time', { datetime: index.asOf }, formatDay(index.asOf)));
  byId('latest-month').textContent =
    `Monthly numbers cover complete months; the latest is ${formatMonth(lastCompleteMonth(index.asOf))}.`;
  byId('anonymity').textContent = anonymityRules(index.threshold);
  byId('key-numbers').replaceChildren(...tiles(index.charts));
  startExplorer(index).catch(() => {
    byId('feature-count').textContent = 'The features could not be loaded.';
  });
  renderCharts(index);
}

/** The first day of the last month that is complete at the end of that day. */
function lastCompleteMonth(asOf) {
  const next = new Date(asOf);
  next.setUTCDate(next.getUTCDate() + 1);
  return new Date(Date.UTC(next.getUTCFullYear(), next.getUTCMonth() - 1, 1));
}

const anonymityRules = threshold =>
  `The numbers are k-anonymous: every number stands for at least ${threshold} instances. Numbers are rounded down to a ` +
  `multiple of ${threshold} and to three digits. Values that fewer than ${threshold} instances reported are merged ` +
  'into “(other)” or suppressed. Published numbers are therefore lower than the true ones, and sums can be lower than ' +
  'the total.';

// --- Key numbers ------------------------------------------------------------------------------

/** Reads a tile's value and note from a chart's file, by the chart's tileValue; null if there is not enough data. */
const TILE_VALUES = { baseline: latestBaseline, total: latestTotal, top: topLabel };

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
      const result = read(file) ?? { value: '–', note: 'not enough instances yet' };
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

function latestBaseline(file) {
  const row = baselineRow(file, lastPeriod(file));
  if (!row) {
    return null;
  }
  const change = comparedWithYearBefore(row.instances, baselineRow(file, yearBefore(file))?.instances);
  return {
    value: formatNumber(row.instances),
    note: `seen ${printable(row.label)} in ${formatMonth(lastPeriod(file))}${change}`,
  };
}

function latestTotal(file) {
  const totalOf = period => file.rows.filter(row => row.period === period).reduce((sum, row) => sum + row.count, 0);
  const total = totalOf(lastPeriod(file));
  return total === 0
    ? null
    : {
        value: formatCompact(total),
        note: `in ${formatMonth(lastPeriod(file))}${comparedWithYearBefore(total, totalOf(yearBefore(file)))}`,
      };
}

function topLabel(file) {
  const [top] = lastRows(file)
    .filter(row => !isSpecial(row.label))
    .sort((a, b) => b.instances - a.instances);
  if (!top) {
    return null;
  }
  const breakable = truncate(top.label, 24).replaceAll(/(?<=[a-z])(?=[A-Z])/g, '\u200b'); // can wrap inside camelCase
  const label = isolated(breakable);
  return {
    value: file.feature == null ? label : element('a', { href: featureHash(file.name, top.label) }, label),
    note:
      file.instances == null
        ? `used by ${formatNumber(top.instances)} instances`
        : `used by ${formatPercent(Math.min(1, top.instances / file.instances))} of instances in ` +
          formatMonth(lastPeriod(file)),
  };
}

const yearBefore = file => periods(file).at(-13);

function comparedWithYearBefore(now, before) {
  if (!before) {
    return '';
  }
  const change = now / before - 1;
  return Math.abs(change) < 0.005
    ? ', unchanged from a year before'
    : `, ${formatPercent(Math.abs(change))} ${change > 0 ? 'more' : 'fewer'} than a year before`;
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
