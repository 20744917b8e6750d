// The dashboard at /.
import { card, featureHash } from './card.js';
import { load } from './data.js';
import { byId, element, isolated } from './dom.js';
import { startExplorer } from './explorer.js';
import { recolour } from './picture.js';
import { DEFAULT_PERIOD, PERIODS, activeRow, lastPeriod, lastRows, periods } from './series.js';
import { broken, empty, warnings } from './state.js';
import { compact, day, isSpecial, month, percent, shortened, shown, whole } from './words.js';

/** The charts in the order of what people ask first; a chart that is new stands under the last heading. */
const SECTIONS = [
  [
    'What Spinnaker is used for',
    ['stage-types', 'cloud-providers', 'stage-failures', 'triggers', 'execution-types', 'execution-statuses'],
  ],
  ['How many use it, and which versions', ['active-instances', 'events-per-day', 'versions', 'version-adoption']],
  [
    'Where and how it runs',
    ['deployment-methods', 'environments', 'deployed-artifacts', 'pipelines-per-instance', 'applications-per-instance'],
  ],
  ['How good these numbers are', ['unknown-values']],
];

async function start() {
  const main = byId('numbers');
  let index;
  try {
    index = await load('index');
  } catch {
    main.hidden = true;
    byId('state').replaceChildren(broken(start));
    return;
  }
  byId('state').replaceChildren(...warnings(index));
  if (index.asOf == null) {
    main.hidden = true;
    byId('state').append(empty(index));
    return;
  }
  main.hidden = false;
  byId('as-of').replaceChildren('As of ', element('time', { datetime: index.asOf }, day(index.asOf)));
  byId('complete').textContent =
    `Monthly numbers cover complete months; the latest is ${month(lastMonth(index.asOf))}.`;
  byId('protection').textContent = protection(index.threshold);
  keyNumbers(byId('key-numbers'), index);
  startExplorer().catch(() => {
    byId('feature-count').textContent = 'The features cannot be loaded just now.';
  });
  charts(index);
}

/** The first day of the last month that is over at the end of that day. */
function lastMonth(asOf) {
  const next = new Date(asOf);
  next.setUTCDate(next.getUTCDate() + 1);
  return new Date(Date.UTC(next.getUTCFullYear(), next.getUTCMonth() - 1, 1));
}

const protection = threshold =>
  `Every number stands for at least ${threshold} Spinnaker instances and is rounded down, to a multiple of ` +
  `${threshold} and to three digits, so that nobody can be singled out, not even by subtracting one chart from ` +
  `another. What fewer than ${threshold} instances sent is merged into “(other)” or left out. That hides a ` +
  `little: what is missing may be up to ${threshold - 1} instances, and sums may fall short.`;

// --- Key numbers ------------------------------------------------------------------------------

/** Six answers at once; each is filled in as soon as its file is there. */
function keyNumbers(list, { charts: known }) {
  const numbers = [
    ['active-instances', 'Active instances', active],
    ['execution-types', 'Executions', executions],
    ['stage-types', 'Most used stage type', mostUsed],
    ['cloud-providers', 'Most used cloud', mostUsed],
    ['triggers', 'Most used trigger', mostUsed],
    ['versions', 'Most used version', mostUsed],
  ];
  const tiles = numbers
    .filter(([name]) => known.some(chart => chart.name === name))
    .map(([name, term, read]) => {
      const answer = element('dd', { class: 'answer' }, '…');
      const note = element('dd', { class: 'note' }, '\u00a0');
      load(name).then(
        file => {
          const { value, words } = read(file) ?? { value: '–', words: 'not enough instances yet' };
          answer.replaceChildren(value);
          answer.style.setProperty('--length', String(answer.textContent.length));
          note.textContent = words;
        },
        () => {
          note.textContent = 'cannot be loaded just now';
        },
      );
      return element('div', { class: 'tile' }, element('dt', {}, term), answer, note);
    });
  list.replaceChildren(...tiles);
}

function active(file) {
  const often = activeRow(file, lastPeriod(file));
  if (!often) {
    return null;
  }
  const before = activeRow(file, aYearBefore(file));
  return {
    value: whole(often.instances),
    words: `seen ${shown(often.label)} in ${month(lastPeriod(file))}${since(often.instances, before?.instances)}`,
  };
}

function executions(file) {
  const sumAt = at => file.rows.filter(row => row.period === at).reduce((total, row) => total + row.count, 0);
  const now = sumAt(lastPeriod(file));
  return now === 0
    ? null
    : {
        value: compact(now),
        words: `in ${month(lastPeriod(file))}${since(now, sumAt(aYearBefore(file)))}`,
      };
}

function mostUsed(file) {
  const most = lastRows(file)
    .filter(row => !isSpecial(row.label))
    .sort((a, b) => b.instances - a.instances)[0];
  if (!most) {
    return null;
  }
  const label = isolated(shortened(most.label, 24).replaceAll(/(?<=[a-z])(?=[A-Z])/g, '\u200b')); // may break there
  return {
    value: file.name === 'versions' ? label : element('a', { href: featureHash(file.name, most.label) }, label),
    words:
      file.instances == null
        ? `at ${whole(most.instances)} instances`
        : `at ${percent(Math.min(1, most.instances / file.instances))} of instances in ${month(lastPeriod(file))}`,
  };
}

const aYearBefore = file => periods(file).at(-13);

function since(now, before) {
  if (!before) {
    return '';
  }
  const change = now / before - 1;
  return Math.abs(change) < 0.005
    ? ', as a year before'
    : `, ${percent(Math.abs(change))} ${change > 0 ? 'more' : 'fewer'} than a year before`;
}

// --- Charts -----------------------------------------------------------------------------------

function charts({ charts: known }) {
  const cards = known.map(chart => card(chart, { months: monthsOf(DEFAULT_PERIOD) }));
  const left = new Map(cards.map(made => [made.article.id, made.article]));
  const take = name => {
    const article = left.get(name);
    left.delete(name);
    return article;
  };
  const sections = SECTIONS.map(([title, names]) => [title, names.map(take).filter(Boolean)]);
  sections.at(-1)[1].push(...left.values());
  byId('charts').replaceChildren(
    ...sections
      .filter(([, articles]) => articles.length > 0)
      .map(([title, articles]) =>
        element('section', {}, element('h2', {}, title), element('div', { class: 'cards' }, ...articles)),
      ),
  );
  periodChoice(byId('period'), months => cards.forEach(each => each.choosePeriod(months)));
  if (location.hash && !location.hash.includes('/')) {
    byId(location.hash.slice(1))?.scrollIntoView(); // the browser looked for it before it was there
  }
}

const monthsOf = choice => PERIODS.find(({ value }) => value === choice).months;

function periodChoice(place, chosen) {
  place.replaceChildren(
    element('legend', {}, 'Trends over'),
    ...PERIODS.map(({ value, name }) =>
      element(
        'label',
        {},
        element('input', {
          type: 'radio',
          name: 'period',
          value,
          checked: value === DEFAULT_PERIOD,
          change: () => chosen(monthsOf(value)),
        }),
        element('span', {}, name),
      ),
    ),
  );
}

// --- Light and dark ---------------------------------------------------------------------------

const darkPreferred = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => (document.documentElement.dataset.theme ?? (darkPreferred.matches ? 'dark' : 'light')) === 'dark';

function themeChoice(button) {
  const say = () => {
    button.textContent = isDark() ? 'Light' : 'Dark';
  };
  button.addEventListener('click', () => {
    document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
    try {
      localStorage.setItem('theme', document.documentElement.dataset.theme);
    } catch {
      // then it holds for this visit
    }
    say();
    recolour();
  });
  darkPreferred.addEventListener('change', () => {
    say();
    recolour();
  });
  say();
}

themeChoice(byId('theme'));
start();
