// One chart, or all, in a frame of somebody else's page: /embed.html?chart=versions&period=12&theme=dark
import { card } from './card.js';
import { load } from './data.js';
import { byId, element } from './dom.js';
import { recolour } from './picture.js';
import { DEFAULT_PERIOD, PERIODS } from './series.js';
import { broken, empty, warnings } from './state.js';
import { day } from './words.js';

const asked = new URLSearchParams(location.search);

async function start() {
  const state = byId('state');
  let index;
  try {
    index = await load('index');
  } catch {
    state.replaceChildren(broken(start));
    return;
  }
  state.replaceChildren(...warnings(index));
  if (index.asOf == null) {
    state.append(empty(index));
    return;
  }
  const name = asked.get('chart');
  const charts = name == null ? index.charts : index.charts.filter(chart => chart.name === name);
  if (charts.length === 0) {
    state.append(
      element(
        'p',
        { class: 'panel' },
        'There is no chart of this name. ',
        element('a', { href: '/', target: '_blank', rel: 'noopener' }, 'These there are.'),
      ),
    );
    return;
  }
  const period = PERIODS.find(({ value }) => value === (asked.get('period') ?? DEFAULT_PERIOD)) ?? PERIODS.at(-1);
  byId('charts').replaceChildren(
    ...charts.map(chart => card(chart, { months: period.months, embedded: true }).article),
  );
  byId('as-of').textContent =
    `Spinnaker usage statistics, as of ${day(index.asOf)}. ` +
    `Each number stands for at least ${index.threshold} instances.`;
  if (window === window.top) {
    byId('how').replaceChildren(...howTo(charts));
  }
}

/** Who opens the page by itself wants to know how to put it into theirs. */
function howTo(charts) {
  const title = charts.length === 1 ? charts[0].title : 'Spinnaker usage statistics';
  const frame = element('iframe', {
    src: location.href,
    title,
    width: '100%',
    height: charts.length === 1 ? '560' : '900',
    loading: 'lazy',
  });
  return [
    element('h2', {}, 'Put it into your page'),
    element('pre', { tabindex: '0', 'aria-label': 'HTML of the frame' }, element('code', {}, frame.outerHTML)),
    element(
      'p',
      { class: 'footnote' },
      'Add &period=3, 12 or all for how far trends go back, and &theme=light or dark. ' +
        'Without chart=… the frame has every chart.',
    ),
  ];
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', recolour);
start();
