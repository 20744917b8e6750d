// Messages above the numbers: why there are none, or that they are old.
import { ageInDays, firstPublication, isStale, load } from './data.js';
import { byId, element } from './dom.js';
import { formatDay, formatMonth, plural } from './format.js';

/** The command that fills a developer's empty database. */
const DEMO_COMMAND = 'curl -X POST localhost:8080/dev/demo';
const ISSUES = 'https://github.com/spinnaker/stats/issues';

/**
 * Loads index.json, and shows what a reader must know: why there are no numbers, or that they are old. The page comes with all other
 * warnings.
 *
 * @param retry called if the reader wants to try again
 * @returns the file; null if it cannot be loaded
 */
export async function loadIndex(retry) {
  let index = null;
  let message;
  try {
    index = await load('index');
    message = index.asOf == null ? noDataPanel(index) : isStale(index.asOf) ? staleBanner(index) : '';
  } catch (error) {
    message = error.status === 404 ? notPublishedPanel() : loadErrorPanel(retry);
  }
  byId('messages').replaceChildren(message);
  return index;
}

/** Adds a message below the others. */
export const addMessage = message => byId('messages').append(message);

const staleBanner = ({ asOf }) =>
  element(
    'p',
    { class: 'banner stale', role: 'status' },
    element('strong', {}, `These numbers are ${plural(ageInDays(asOf), 'day')} old. `),
    `They are as of ${formatDay(asOf)}, although they should be updated every day. Please `,
    element('a', { href: ISSUES }, 'report the problem'),
    ' unless there is an issue already.',
  );

/** Replaces the charts while there are no events. */
function noDataPanel({ dev, threshold }) {
  const { month, day } = firstPublication();
  return element(
    'div',
    { class: 'panel', id: 'no-data' },
    element('h2', {}, 'No data yet'),
    element('p', {}, 'The service is running, but it has not received a full day of events yet.'),
    element(
      'p',
      {},
      `The first complete month can be ${formatMonth(month)}. Its numbers appear on ${formatDay(day)}, if at least ` +
        `${threshold ?? 5} instances have reported on two days. The chart of days begins after three days.`,
    ),
    dev && element('p', {}, 'To try the page with a year of generated data, run this command and reload the page:'),
    dev && element('pre', { tabindex: '0', 'aria-label': 'Command' }, element('code', {}, DEMO_COMMAND)),
    element('p', {}, 'Until then, see ', element('a', { href: '/what-we-collect/' }, 'what we collect'), '.'),
  );
}

/** Replaces the charts before the first publication: index.json does not exist yet. */
const notPublishedPanel = () =>
  element(
    'div',
    { class: 'panel', id: 'not-published' },
    element('h2', {}, 'Nothing is published yet'),
    element(
      'p',
      {},
      'This site shows numbers that are written to a file once a day. That has not happened yet. ' +
        'Reload this page tomorrow.',
    ),
    element('p', {}, 'Until then, see ', element('a', { href: '/what-we-collect/' }, 'what we collect'), '.'),
  );

/** Replaces the charts if the list of charts cannot be loaded, or comes above those that are part of the page. */
function loadErrorPanel(retry) {
  return element(
    'div',
    { class: 'panel', id: 'load-error', role: 'alert' },
    element('h2', {}, 'The numbers could not be loaded'),
    element('p', {}, 'The service or its storage did not respond. This is usually temporary.'),
    element('p', {}, element('button', { type: 'button', click: retry }, 'Try again')),
  );
}
