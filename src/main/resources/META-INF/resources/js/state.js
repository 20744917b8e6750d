// What a page says when there are no numbers, none that can be had, old ones, or invented ones.
import { ageInDays, isStale } from './data.js';
import { element } from './dom.js';
import { day, several } from './words.js';

/** The command that fills a developer's empty database. */
const DEMO_COMMAND = 'curl -X POST localhost:8080/dev/demo';
const ISSUES = 'https://github.com/spinnaker/stats/issues';

/** What must be known before any number is read; empty when all is well. */
export function warnings({ asOf, demo }) {
  const all = [];
  if (demo) {
    all.push(
      element(
        'p',
        { class: 'banner demo' },
        element('strong', {}, 'Demo data. '),
        'These numbers are made up, to show what the page looks like. No Spinnaker sent them.',
      ),
    );
  }
  if (asOf != null && isStale(asOf)) {
    all.push(
      element(
        'p',
        { class: 'banner stale', role: 'status' },
        element('strong', {}, `These numbers are ${several(ageInDays(asOf), 'day')} old. `),
        `They are as of ${day(asOf)} and should be as of yesterday: something is broken. `,
        element('a', { href: ISSUES }, 'Tell us'),
        ', if nobody has yet.',
      ),
    );
  }
  return all;
}

/** No event has been rolled up yet. */
export function empty({ dev, threshold }) {
  return element(
    'div',
    { class: 'panel', id: 'empty' },
    element('h2', {}, 'No data yet'),
    element(
      'p',
      {},
      'This service is running, but there is no complete day of events to draw. The first numbers ' +
        `appear the day after at least ${threshold ?? 'a few'} Spinnakers have sent theirs.`,
    ),
    dev && element('p', {}, 'To see the page with a made-up year, run this and load the page again:'),
    dev && element('pre', { tabindex: '0', 'aria-label': 'command' }, element('code', {}, DEMO_COMMAND)),
    element('p', {}, element('a', { href: '/what-we-collect/' }, 'What we collect'), ' can be read now.'),
  );
}

/** The numbers are there, perhaps, but not here. */
export function broken(tryAgain) {
  return element(
    'div',
    { class: 'panel', id: 'broken', role: 'alert' },
    element('h2', {}, 'The numbers cannot be loaded'),
    element('p', {}, 'The service or its storage did not answer. Mostly that passes.'),
    element('p', {}, element('button', { type: 'button', click: tryAgain }, 'Try again')),
  );
}
