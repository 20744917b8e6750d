// One chart, or all charts, for a frame in another page: /embed.html?chart=NAME&period=12&theme=dark
import { card } from './card.js';
import { load } from './data.js';
import { byId, element } from './dom.js';
import { redrawAll } from './chart-canvas.js';
import { DEFAULT_PERIOD, PERIODS } from './series.js';
import { banners, loadErrorPanel, noDataPanel } from './banners.js';
import { formatDay } from './format.js';

const FRAME_HEIGHT = '560';
const FRAME_HEIGHT_OF_ALL_CHARTS = '900';

const parameters = new URLSearchParams(location.search);

async function start() {
  let index;
  try {
    index = await load('index');
  } catch {
    byId('banners').replaceChildren(loadErrorPanel(start));
    return;
  }
  byId('banners').replaceChildren(...banners(index));
  if (index.asOf == null) {
    byId('banners').append(noDataPanel(index));
    return;
  }
  const name = parameters.get('chart');
  const charts = name == null ? index.charts : index.charts.filter(chart => chart.name === name);
  if (charts.length === 0) {
    byId('banners').append(
      element(
        'p',
        { class: 'panel' },
        'No such chart. ',
        element('a', { href: '/', target: '_blank', rel: 'noopener' }, 'See all charts.'),
      ),
    );
    return;
  }
  const requested = parameters.get('period') ?? DEFAULT_PERIOD;
  const { months } = PERIODS.find(({ value }) => value === requested) ?? PERIODS.at(-1);
  byId('charts').replaceChildren(
    ...charts.map(chart => card(chart, { asOf: index.asOf, months, embedded: true }).article),
  );
  byId('as-of').replaceChildren(
    `Spinnaker usage statistics as of ${formatDay(index.asOf)}. Numbers below ${index.threshold} are not shown. Licence: `,
    element('a', { href: index.licence.url, target: '_blank', rel: 'noopener' }, index.licence.name),
    '.',
  );
  if (window === window.top) {
    byId('embed-help').replaceChildren(...embedHelp(charts));
  }
}

/** Shows how to embed this page, if it is opened outside a frame. */
function embedHelp(charts) {
  const isOne = charts.length === 1;
  const frame = element('iframe', {
    src: location.href,
    title: isOne ? charts[0].title : 'Spinnaker usage statistics',
    width: '100%',
    height: isOne ? FRAME_HEIGHT : FRAME_HEIGHT_OF_ALL_CHARTS,
    loading: 'lazy',
  });
  return [
    element('h2', {}, 'Embed this in your page'),
    element('pre', { tabindex: '0', 'aria-label': 'HTML of the frame' }, element('code', {}, frame.outerHTML)),
    element(
      'p',
      { class: 'footnote' },
      'Optional parameters: &period=3, 12 or all sets how many months trends show; &theme=light or dark sets the ' +
        'colors. Without chart=…, the frame shows all charts.',
    ),
  ];
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redrawAll);
start();
