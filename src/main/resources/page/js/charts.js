// The cards of the dashboard: their state is in the address, and links to them land on them.
import { formatState, parseFragment, parseState } from './address.js';
import { card } from './card.js';
import { byId, element } from './dom.js';
import { PERIODS } from './series.js';

/** Makes the charts interactive. */
export function startCharts({ charts, asOf, releases }) {
  const hasReleases = releases?.length > 0;
  const state = parseState(location.search, charts, hasReleases);
  const save = () => {
    const address = location.pathname + formatState(location.search, state, charts, hasReleases) + location.hash;
    history.replaceState(history.state, '', address);
  };
  const cards = charts.map(chart => ({
    chart,
    ...card(chart, {
      asOf,
      months: monthsOf(state.period),
      releases,
      ...state.charts[chart.name],
      onStateChange(name, chosen) {
        state.charts[name] = chosen;
        save();
      },
    }),
  }));
  const added = cards.filter(({ article }) => !article.isConnected);
  byId('charts').append(...sectionsOf(added));
  for (const input of byId('period').elements) {
    input.checked = input.value === state.period;
    input.addEventListener('change', () => {
      state.period = input.value;
      save();
      cards.forEach(each => each.setMonths(monthsOf(state.period)));
    });
  }
  addEventListener('hashchange', goToTarget);
  goToTarget();
}

/** How long a page can take to settle after it was opened. */
const SETTLING_MILLIS = 5000;

/**
 * Goes to the element that the fragment names, and keeps it at the top of the window while charts above it change their height,
 * until the reader does something.
 */
function goToTarget() {
  const target = parseFragment(location.hash).kind === 'target' && byId(location.hash.slice(1));
  if (!target) {
    return;
  }
  const observer = new ResizeObserver(() => target.scrollIntoView({ behavior: 'instant' }));
  const stop = () => observer.disconnect();
  observer.observe(document.body);
  for (const event of ['wheel', 'touchstart', 'pointerdown', 'keydown', 'hashchange']) {
    addEventListener(event, stop, { once: true, passive: true });
  }
  setTimeout(stop, SETTLING_MILLIS);
}

/** The sections of cards that the page came without. */
function sectionsOf(cards) {
  const sections = new Map();
  for (const { chart, article } of cards) {
    sections.set(chart.section, [...(sections.get(chart.section) ?? []), article]);
  }
  return [...sections].map(([title, articles]) =>
    element('section', {}, element('h2', {}, title), element('div', { class: 'cards' }, ...articles)),
  );
}

const monthsOf = period => PERIODS.find(({ value }) => value === period).months;
