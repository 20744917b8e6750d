// The dashboard at /. The page has its numbers and pictures without this script, which makes them interactive.
import { featureLoader } from './data.js';
import { byId, element } from './dom.js';
import { formatDay } from './format.js';
import { addMessage, loadIndex } from './messages.js';

const hasStaticCharts = () => byId('charts').querySelector('article') != null;

async function start() {
  const numbers = byId('numbers');
  const index = await loadIndex(start);
  if (index?.asOf == null) {
    numbers.hidden = index != null || !hasStaticCharts();
    delete document.documentElement.dataset.opens; // theme.js reserves space for a feature
    return;
  }
  numbers.hidden = false;
  showDate(index);
  const loadFeatures = featureLoader(index);
  startExplorer(index, loadFeatures);
  startCandidates(loadFeatures);
  startCharts(index);
}

/** Shows the date, if the page came without it. */
function showDate({ asOf }) {
  if (!byId('as-of')) {
    const date = element('time', { datetime: asOf }, formatDay(asOf));
    byId('dates').replaceChildren(element('p', { id: 'as-of' }, 'As of ', date));
  }
}

/** Makes the charts interactive. Loaded after what a reader sees first. */
function startCharts(index) {
  import('./charts.js')
    .then(charts => charts.startCharts(index))
    .catch(() => {
      addMessage(
        element('p', { class: 'banner stale' }, 'The charts cannot be changed. Reload the page to try again.'),
      );
    });
}

/** Starts the explorer, which is loaded after the charts that a reader sees first. */
function startExplorer(index, loadFeatures) {
  import('./explorer.js')
    .then(explorer => explorer.startExplorer(index, loadFeatures))
    .catch(() => {
      byId('feature-error').textContent = 'The search could not be loaded. Reload the page to try again.';
    });
}

/** Starts the table of candidates for removal, which is loaded when it is opened. */
function startCandidates(loadFeatures) {
  const details = byId('candidates-table');
  const body = byId('candidates-body');
  const show = async () => {
    if (!details.open) {
      delete document.documentElement.dataset.opens;
    }
    if (details.open && !body.hasChildNodes()) {
      body.append(element('p', { class: 'footnote' }, 'Loading …'));
      const { showCandidates } = await import('./candidates.js');
      await showCandidates(body, loadFeatures);
    }
  };
  const openIfRequested = () => {
    if (location.hash === '#candidates') {
      details.open = true;
    }
  };
  details.addEventListener('toggle', show);
  addEventListener('hashchange', openIfRequested);
  openIfRequested();
}

// --- Light and dark ---------------------------------------------------------------------------

const darkPreferred = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => (document.documentElement.dataset.theme ?? (darkPreferred.matches ? 'dark' : 'light')) === 'dark';

function startThemeButton(button) {
  const showOtherTheme = () => {
    button.textContent = isDark() ? 'Light' : 'Dark';
  };
  button.addEventListener('click', () => {
    const theme = isDark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem('theme', theme);
    } catch {
      // without storage, the choice lasts until the page is left
    }
    showOtherTheme();
  });
  darkPreferred.addEventListener('change', showOtherTheme);
  showOtherTheme();
}

startThemeButton(byId('theme'));
start();
