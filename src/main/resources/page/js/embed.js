// One chart, all charts, or one feature over time, for a frame in another page. embedHelp() lists the parameters.
import { parseState } from './address.js';
import { card } from './card.js';
import { lineFigure } from './compare.js';
import { load } from './data.js';
import { byId, element, isolated } from './dom.js';
import { formatDay, isSpecial, printable } from './format.js';
import { addMessage, loadIndex } from './messages.js';
import { PERIODS, measures } from './series.js';

/** Height of a frame until it knows better, for pages that do not listen to the height that it reports. */
const FRAME_HEIGHT = '560';
const FRAME_HEIGHT_OF_ALL_CHARTS = '900';
const FRAME_ID = 'spinnaker-stats';

/** The message that tells the embedding page how high the content is, in CSS pixels. */
const HEIGHT_MESSAGE = 'spinnaker-stats-height';

const parameters = new URLSearchParams(location.search);

async function start() {
  const index = await loadIndex(start);
  if (index?.asOf == null) {
    return;
  }
  const name = parameters.get('chart');
  const charts = name == null ? index.charts : index.charts.filter(chart => chart.name === name);
  if (charts.length === 0) {
    const all = element('a', { href: '/' }, 'See all charts.');
    addMessage(element('p', { class: 'panel' }, 'No such chart. ', all));
    return;
  }
  const label = charts.length === 1 ? parameters.get('label') : null;
  if (label == null) {
    showCharts(charts, index);
  } else {
    await showFeature(charts[0], label, index);
  }
  byId('as-of').replaceChildren(
    `Spinnaker usage statistics as of ${formatDay(index.asOf)}. Numbers below ${index.threshold} are not shown. Licence: `,
    element('a', { href: index.licence.url }, index.licence.name),
    '.',
  );
  if (window === window.top) {
    byId('embed-help').replaceChildren(...embedHelp(charts, label));
  }
}

/** How many months trends show. */
function monthsOf() {
  const { period } = parseState(location.search, []);
  return PERIODS.find(({ value }) => value === period).months;
}

function showCharts(charts, { asOf, releases }) {
  const months = monthsOf();
  byId('charts').replaceChildren(
    ...charts.map(chart => {
      // the page's parameter of a chart has both
      const query = new URLSearchParams({
        [chart.name]: `${parameters.get('view') ?? ''}.${parameters.get('measure') ?? ''}`,
      });
      const chosen = parseState(query, [chart], releases?.length > 0).charts[chart.name];
      return card(chart, { asOf, months, releases, embedded: true, ...chosen }).article;
    }),
  );
}

/** The label as the chart spells it, if it has one that differs only in case. */
function labelOf(file, requested) {
  const labels = file.rows.map(row => row.label);
  const lowerCase = requested.toLowerCase();
  return labels.includes(requested) ? requested : (labels.find(each => each.toLowerCase() === lowerCase) ?? requested);
}

function explainAbsence({ threshold, unreportable = [] }, label) {
  const { reportedAs } = unreportable.find(({ name }) => name === label) ?? {};
  return reportedAs == null
    ? `No numbers are published under this name. It is used by fewer than ${threshold} instances, or it has another name here.`
    : `Spinnaker cannot report this name. It is counted as part of ${printable(reportedAs)}.`;
}

/** Shows one label of a chart over time. */
async function showFeature(chart, requestedLabel, { releases }) {
  let label = requestedLabel;
  const noun = chart.feature ?? chart.title;
  let content;
  try {
    const file = await load(chart.name);
    label = labelOf(file, label);
    const isMeasure = measures(file).includes(parameters.get('measure'));
    const measure = isMeasure ? parameters.get('measure') : measures(file)[0];
    content = file.rows.some(row => row.label === label)
      ? lineFigure([{ file, label }], measure, { releases, months: monthsOf() })
      : { figure: element('p', { class: 'no-data' }, explainAbsence(file, label)), draw() {} };
  } catch {
    const text = `The chart “${chart.title}” could not be loaded. `;
    const retry = element('button', { type: 'button', click: start }, 'Try again');
    content = { figure: element('p', { class: 'load-error', role: 'status' }, text, retry), draw() {} };
  }
  const heading = element('h3', { id: 'feature-title' }, isolated(printable(label)));
  if (!isSpecial(label)) {
    heading.append(' ', element('span', { class: 'noun' }, noun));
  }
  const page = `/#${chart.name}/${encodeURIComponent(label)}`;
  byId('charts').replaceChildren(
    element(
      'article',
      { class: 'card', 'aria-labelledby': heading.id },
      element('header', {}, heading),
      element('div', { class: 'card-body' }, content.figure),
      element('p', { class: 'downloads' }, element('a', { href: page }, 'Is it used? Who would be affected?')),
    ),
  );
  content.draw();
}

// --- How to embed -------------------------------------------------------------------------------

/** The lines of the embedding page that give the frame the height of its content. */
const PARENT_SCRIPT = `<script>
  addEventListener('message', event => {
    const frame = document.getElementById('${FRAME_ID}');
    if (event.source === frame.contentWindow && event.data?.type === '${HEIGHT_MESSAGE}') {
      frame.style.height = \`\${event.data.height}px\`;
    }
  });
</script>`;

/** Shows how to embed this page, if it is opened outside a frame. */
function embedHelp(charts, label) {
  const isOne = charts.length === 1;
  const [chart] = charts;
  const title = isOne ? (label ?? chart.title) : 'Spinnaker usage statistics';
  const frame = htmlOf('iframe', {
    id: FRAME_ID,
    src: location.href,
    title,
    width: '100%',
    height: isOne ? FRAME_HEIGHT : FRAME_HEIGHT_OF_ALL_CHARTS,
    loading: 'lazy',
  });
  const image = htmlOf('img', { src: `${location.origin}/data/${chart.name}.svg`, alt: title, width: '720' });
  const link = htmlOf('a', { href: `${location.origin}/#${chart.name}` }, chart.title);
  return [
    element('h2', {}, 'Embed this in your page'),
    element('h3', {}, 'Frame'),
    code('HTML of the frame', frame),
    element('p', {}, 'The frame tells your page its height. These lines use it:'),
    code('Script that sets the height of the frame', PARENT_SCRIPT),
    ...(isOne && label == null
      ? [
          element('h3', {}, 'Picture'),
          element('p', {}, 'A picture needs no script. It has its title, date and source in it.'),
          code('HTML of the picture', image),
          element('h3', {}, 'Link'),
          code('HTML of the link', link),
        ]
      : []),
    element('h3', {}, 'Parameters of the frame'),
    element(
      'dl',
      { class: 'parameters' },
      ...PARAMETERS.map(([name, meaning]) =>
        element('div', {}, element('dt', {}, element('code', {}, name)), element('dd', {}, meaning)),
      ),
    ),
  ];
}

const PARAMETERS = [
  ['chart', 'The name of the chart. Without it, the frame shows all charts.'],
  ['label', 'A label of the chart, such as deployManifest. The frame shows that label over time.'],
  ['period', 'How many months trends show: 3, 12 or all.'],
  ['view', 'How the chart is shown first: bars, trend, age, weeks or days, if the chart has that view.'],
  ['measure', 'The numbers that the chart shows first, such as instances, instances-percent or share.'],
  ['theme', 'light or dark. Without it, the reader’s system decides.'],
  ['compact', '1 leaves out everything but title, plot and source.'],
];

/** The HTML of an element of a document that is never shown, so that nothing is loaded. */
function htmlOf(name, attributes, text = '') {
  const created = document.implementation.createHTMLDocument('').createElement(name);
  Object.entries(attributes).forEach(([key, value]) => created.setAttribute(key, value));
  created.textContent = text;
  return created.outerHTML;
}

const code = (label, text) => element('pre', { tabindex: '0', 'aria-label': label }, element('code', {}, text));

/** Tells the embedding page the height of the content whenever it changes. Any page may know it. */
function reportHeight() {
  new ResizeObserver(() => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    parent.postMessage({ type: HEIGHT_MESSAGE, height }, '*');
  }).observe(document.body);
}

if (parameters.get('compact') === '1') {
  document.body.dataset.compact = '';
}
if (window !== window.top) {
  reportHeight();
}
start();
