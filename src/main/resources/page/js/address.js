// The page's state in its address: the feature or comparison that is shown, and what a reader chose for the charts. Pure.
import { printable } from './format.js';
import { DEFAULT_PERIOD, PERIODS, measures, views } from './series.js';

const TITLE = 'How Spinnaker is used';
const COMPARE = 'compare=';
const CHART_NAME = /^[a-z]+(-[a-z]+)*$/;

/** A comparison of more features is hard to read. */
export const MAX_COMPARED = 4;

/** A feature, that is, one label of a chart, as it is written in a fragment: CHART/LABEL. */
const formatFeature = ({ chart, label }) => `${chart}/${encodeURIComponent(label)}`;

/** The fragment under which the explorer shows a feature. */
export const featureHash = (chart, label) => `#${formatFeature({ chart, label })}`;

/** The fragment under which the explorer compares features. */
export const compareHash = features => `#${COMPARE}${features.map(formatFeature).join(',')}`;

/** The name of a feature's badge under /data. */
export const badgeName = (chart, label) => `badge-${chart}-${label.replaceAll(/[^A-Za-z0-9._-]/g, '-')}`;

/** A badge in Markdown, for a README. Its text is Spinnaker's own name, which has no brackets. */
export function badgeMarkdown({ chart, label }, origin) {
  const endpoint = encodeURIComponent(`${origin}/data/${badgeName(chart, label)}.json`);
  const text = label.replaceAll(/[[\]\\]/g, '');
  const page = `${origin}/${featureHash(chart, label)}`.replaceAll(/[()]/g, each => (each === '(' ? '%28' : '%29'));
  return `[![${text}: Spinnaker usage](https://img.shields.io/endpoint?url=${endpoint})](${page})`;
}

/**
 * Reads a fragment.
 *
 * @returns kind: "feature" or "compare", with features (of which "compare" has at most four, and can have none), or "target": an
 *     element of the page, or "none"
 */
export function parseFragment(fragment) {
  const text = fragment.replace(/^#/, '');
  if (text === '') {
    return { kind: 'none', features: [] };
  }
  if (text.startsWith(COMPARE)) {
    const features = text.slice(COMPARE.length).split(',').map(parseFeature).filter(Boolean);
    return { kind: 'compare', features: withoutDuplicates(features).slice(0, MAX_COMPARED) };
  }
  const feature = parseFeature(text);
  return feature ? { kind: 'feature', features: [feature] } : { kind: 'target', features: [] };
}

/** The chart and label of a feature; null if the text does not name one. */
function parseFeature(text) {
  const slash = text.indexOf('/');
  const chart = text.slice(0, Math.max(0, slash));
  if (!CHART_NAME.test(chart)) {
    return null;
  }
  try {
    const label = decodeURIComponent(text.slice(slash + 1));
    return label === '' ? null : { chart, label };
  } catch {
    return null; // malformed percent-encoding
  }
}

const withoutDuplicates = features => [...new Map(features.map(each => [formatFeature(each), each])).values()];

/** The view and measure that a chart is shown with first. */
function defaultsOf(chart, hasReleases) {
  const possible = views(chart, hasReleases);
  return { view: possible.includes(chart.view) ? chart.view : possible[0], measure: measures(chart)[0] };
}

/**
 * Reads the query string. Unknown and invalid values are ignored.
 *
 * @param charts the charts of index.json
 * @param hasReleases whether the dates of the releases are known, on which a view depends
 * @returns period: a value of PERIODS, and charts: view and measure of the charts that differ from the default, by name
 */
export function parseState(query, charts, hasReleases = true) {
  const parameters = new URLSearchParams(query);
  const period = parameters.get('period');
  const state = { period: PERIODS.some(({ value }) => value === period) ? period : DEFAULT_PERIOD, charts: {} };
  for (const chart of charts.filter(({ name }) => parameters.has(name))) {
    const [view, measure] = parameters.get(chart.name).split('.');
    const defaults = defaultsOf(chart, hasReleases);
    const chosen = {
      view: views(chart, hasReleases).includes(view) ? view : defaults.view,
      measure: measures(chart).includes(measure) ? measure : defaults.measure,
    };
    if (!isSame(defaults, chosen)) {
      state.charts[chart.name] = chosen;
    }
  }
  return state;
}

/** The query string for a state. Parameters that say nothing about charts, such as theme, stay. Empty if there are none. */
export function formatState(query, state, charts, hasReleases = true) {
  const parameters = new URLSearchParams(query);
  setOrDelete(parameters, 'period', state.period === DEFAULT_PERIOD ? null : state.period);
  for (const chart of charts) {
    const chosen = state.charts[chart.name];
    setOrDelete(
      parameters,
      chart.name,
      chosen == null || isSame(defaultsOf(chart, hasReleases), chosen) ? null : `${chosen.view}.${chosen.measure}`,
    );
  }
  return parameters.size === 0 ? '' : `?${parameters}`;
}

const isSame = (first, second) => first.view === second.view && first.measure === second.measure;

function setOrDelete(parameters, name, value) {
  if (value == null) {
    parameters.delete(name);
  } else {
    parameters.set(name, value);
  }
}

/** The document's title while these features, each with a label and a noun, are shown. */
export function titleFor(features) {
  if (features.length === 0) {
    return TITLE;
  }
  const [{ label, noun }] = features;
  const names = features.map(each => printable(each.label)).join(', ');
  return `${features.length === 1 ? `${printable(label)} (${noun})` : `${names} compared`} · ${TITLE}`;
}
