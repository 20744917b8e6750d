// Messages above the numbers: there are none, they cannot be loaded, they are old, or they are generated.
import { ageInDays, firstPublication, isSilent, isStale } from './data.js';
import { element } from './dom.js';
import { formatDay, formatMonth, plural } from './format.js';

/** The command that fills a developer's empty database. */
const DEMO_COMMAND = 'curl -X POST localhost:8080/dev/demo';
const ISSUES = 'https://github.com/spinnaker/stats/issues';

/** Warnings that a reader needs before reading any number; empty if there is nothing to warn about. */
export function banners({ asOf, lastEventDay, demo }) {
  const all = [];
  if (demo) {
    all.push(
      element(
        'p',
        { class: 'banner demo' },
        element('strong', {}, 'Demo data. '),
        'These numbers are generated to show the page. No Spinnaker instance reported them.',
      ),
    );
  }
  if (asOf != null && isStale(asOf)) {
    all.push(
      element(
        'p',
        { class: 'banner stale', role: 'status' },
        element('strong', {}, `These numbers are ${plural(ageInDays(asOf), 'day')} old. `),
        `They are as of ${formatDay(asOf)}, although they should be updated every day. Please `,
        element('a', { href: ISSUES }, 'report the problem'),
        ' unless there is an issue already.',
      ),
    );
  }
  if (isSilent({ asOf, lastEventDay })) {
    all.push(
      element(
        'p',
        { class: 'banner stale silent', role: 'status' },
        element('strong', {}, `No events since ${formatDay(lastEventDay)}. `),
        'The collection may have failed. Days and months without complete data have no numbers. Please ',
        element('a', { href: ISSUES }, 'report the problem'),
        ' unless there is an issue already.',
      ),
    );
  }
  return all;
}

/** Says that there are no monthly numbers yet. The date of the first ones is beside the date of the page. */
export const firstMonthBanner = ({ threshold }) =>
  element(
    'p',
    { class: 'banner', id: 'first-month', role: 'status' },
    element('strong', {}, 'No monthly numbers yet. '),
    'A month has numbers if each of its days has data and at least ' +
      `${threshold} instances count. They appear on the 5th of the next month.`,
  );

/** Replaces the charts while there are no events. */
export function noDataPanel({ dev, threshold }) {
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

/** Replaces the charts before the first publication. */
export const notPublishedPanel = () =>
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
export function loadErrorPanel(retry) {
  return element(
    'div',
    { class: 'panel', id: 'load-error', role: 'alert' },
    element('h2', {}, 'The numbers could not be loaded'),
    element('p', {}, 'The service or its storage did not respond. This is usually temporary.'),
    element('p', {}, element('button', { type: 'button', click: retry }, 'Try again')),
  );
}

/** What to show if index.json cannot be loaded: it does not exist before the first publication. */
export const panelFor = (error, retry) => (error.status === 404 ? notPublishedPanel() : loadErrorPanel(retry));
