// The feature explorer shows one feature (a label of a chart, such as a stage type), or compares several.
import { badgeMarkdown, compareHash, featureHash, parseFragment, titleFor } from './address.js';
import { dataLinks, tableOf } from './card.js';
import { combobox, noMatch } from './combobox.js';
import { lineFigure, showComparison } from './compare.js';
import { loadOrNull } from './data.js';
import { byId, element, isolated } from './dom.js';
import { describeUse, factsOf, usesByRelease } from './feature-lines.js';
import { isShare, isValue, printable } from './format.js';
import { findFeature, search, searchIndex } from './search.js';
import { measures, periods } from './series.js';

/**
 * Starts the explorer. It shows what the address's fragment names, now and whenever the fragment changes.
 *
 * @param index index.json
 * @param loadFeatures see featureLoader of data.js
 */
export function startExplorer(index, loadFeatures) {
  const page = {
    index,
    charts: new Map(index.charts.map(chart => [chart.name, chart])),
    details: byId('feature-details'),
    latest: 0,
  };
  let searchable = null;
  page.load = () => loadOrExplain(loadFeatures);
  page.find = async query => {
    searchable ??= searchIndex((await page.load()).features);
    return search(searchable, query);
  };
  page.input = combobox([byId('feature'), byId('feature-list'), byId('feature-count')], {
    find: page.find,
    nounOf: ({ noun }) => noun,
    threshold: index.threshold,
    select: ({ chart, label }) => go(featureHash(chart, label)),
    selectNone: query => showNoMatch(page, query),
  });
  // loads the list just before it is needed
  byId('explorer').addEventListener('pointerover', () => page.load().catch(() => null), { once: true });
  addEventListener('hashchange', () => showRequested(page));
  return showRequested(page);
}

/** Loads the features. If that fails, the page says so. */
async function loadOrExplain(loadFeatures) {
  try {
    const file = await loadFeatures();
    byId('feature-error').textContent = '';
    return file;
  } catch (error) {
    byId('feature-error').textContent =
      'The list of features could not be loaded. The charts below still work. Type again to retry.';
    throw error;
  }
}

/** Goes to a fragment, or shows it again if it is the current one. */
function go(hash) {
  if (location.hash === hash) {
    dispatchEvent(new HashChangeEvent('hashchange'));
  } else {
    location.hash = hash;
  }
}

async function showRequested(page) {
  const { kind, features } = parseFragment(location.hash);
  const request = ++page.latest;
  if (kind === 'target') {
    return; // the browser goes there, and what is shown stays
  }
  if (kind === 'none') {
    hide(page);
    return;
  }
  const file = await page.load().catch(() => null);
  if (request !== page.latest) {
    return;
  }
  const found = features.map(each => describe(page, file, each));
  document.title = titleFor(found);
  const wasAdding = document.activeElement?.id === 'compare-add';
  const hadFocus = document.activeElement === byId('feature');
  const heading =
    kind === 'compare'
      ? await showComparison(page.details, found, {
          ...comparisonOptions(page),
          isCurrent: () => request === page.latest,
        })
      : showFeature(page, found[0], file);
  if (heading == null) {
    return;
  }
  if (kind === 'compare') {
    releaseReservedSpace(); // a comparison is lower than a feature
  }
  byId('explorer').scrollIntoView({ block: 'start' });
  if (wasAdding) {
    (byId('compare-add') ?? heading).focus({ preventScroll: true });
  } else if (!hadFocus) {
    heading.focus({ preventScroll: true });
  }
}

const comparisonOptions = ({ find, index }) => ({
  search: find,
  nounOf: ({ noun }) => noun,
  threshold: index.threshold,
  releases: index.releases,
});

/** The feature as features.json has it, or what is known without that file. */
function describe(page, file, requested) {
  const chart = page.charts.get(requested.chart);
  const found = file == null ? undefined : findFeature(file.features, requested);
  return found ?? { ...requested, noun: chart?.feature ?? chart?.title ?? requested.chart, isUnknown: file != null };
}

/** Gives up the space that theme.js reserves for the first feature. */
function releaseReservedSpace() {
  delete document.documentElement.dataset.opens;
}

function hide(page) {
  releaseReservedSpace();
  page.details.hidden = true;
  page.details.replaceChildren();
  delete page.details.dataset.feature;
  page.input.clear();
  document.title = titleFor([]);
}

/** Replaces what is shown by a message that nothing matches. */
function showNoMatch(page, query) {
  page.latest++;
  releaseReservedSpace();
  history.pushState(null, '', location.pathname + location.search);
  document.title = titleFor([]);
  delete page.details.dataset.feature;
  page.details.replaceChildren(
    element('h3', {}, isolated(printable(query))),
    element(
      'p',
      { role: 'status' },
      noMatch(page.index.threshold),
      ' See ',
      element('a', { href: '#candidates' }, 'the table of features'),
      '.',
    ),
  );
  page.details.hidden = false;
}

/**
 * Shows a feature, and loads its chart.
 *
 * @param file features.json; null if it could not be loaded
 * @returns the heading, which gets the focus
 */
function showFeature(page, feature, file) {
  const { details, charts } = page;
  const { chart: name, label } = feature;
  const chart = charts.get(name);
  page.input.setValue(label);
  const heading = element(
    'h3',
    { tabindex: '-1' },
    isolated(printable(label)),
    ' ',
    element('span', { class: 'noun' }, feature.noun),
  );
  details.dataset.feature = `${name}/${label}`;
  details.hidden = false;
  const hasNumbers = chart != null && feature.reportedAs == null && !feature.isUnknown;
  if (!hasNumbers) {
    releaseReservedSpace();
  }
  if (chart == null) {
    details.replaceChildren(heading, element('p', {}, 'This page has no such chart.'));
  } else if (feature.reportedAs != null) {
    details.replaceChildren(heading, ...explainReportedAs(chart, feature));
  } else if (feature.isUnknown) {
    details.replaceChildren(heading, explainAbsence(feature, page.index));
  } else {
    showNumbers(page, chart, feature, [heading, ...(file ? judged(chart, feature, file) : [noVerdicts()])]);
  }
  return heading;
}

const noVerdicts = () => element('p', { class: 'load-error', role: 'status' }, 'The verdicts could not be loaded.');

function explainReportedAs(chart, { noun, reportedAs }) {
  return [
    element(
      'p',
      {},
      `Spinnaker cannot report this ${noun}. It is counted as part of `,
      element('a', { href: featureHash(chart.name, reportedAs) }, reportedAs),
      ', so nobody can say from these numbers how much it is used or who would be affected by its removal.',
    ),
    element('p', { class: 'footnote' }, chart.explanations?.[reportedAs]),
  ];
}

const explainAbsence = ({ noun }, { threshold }) =>
  element(
    'p',
    {},
    `No ${noun} has this name here. Either fewer than ${threshold} instances use it, or it has another name. Names that ` +
      'Spinnaker itself does not have are counted together as “(own)”. See ',
    element('a', { href: '#candidates' }, 'the table of features'),
    '.',
  );

/** The verdicts on a feature and its facts, or why there are none. */
function judged(chart, feature, file) {
  const { traction, frequency, affected } = feature;
  if (traction == null) {
    return isRange(chart)
      ? [element('p', {}, `A range of releases has no verdict. ${explainRangeGaps(file)}`)]
      : [element('p', {}, explainWithoutVerdict(chart, feature)), facts(feature, file)];
  }
  return [
    element(
      'div',
      { class: 'verdicts', role: 'status' },
      verdictBox('Is its use growing?', traction),
      frequency && verdictBox('And its regular use?', frequency),
      affected && verdictBox('Who would be affected by its removal?', affected),
    ),
    facts(feature, file),
  ];
}

/** Whether the labels of the chart are ranges such as "2026.1 or newer". */
const isRange = ({ labels }) => labels === 'cumulative';

const explainRangeGaps = ({ threshold }) =>
  `It has a number in months in which at least ${threshold} instances run its oldest release, however many run newer ones.`;

/** Says why a label has no verdict. */
function explainWithoutVerdict(chart, { label, noun }) {
  const explanations = [
    isValue(label) ? null : `There is no verdict on ${printable(label)}, because it is not one ${noun}.`,
    chart.explanations?.[label],
  ];
  return explanations.filter(Boolean).join(' ');
}

function verdictBox(question, { headline, tone, explanation }) {
  return element(
    'div',
    { class: `verdict ${tone}` },
    element('p', { class: 'question' }, question),
    element('p', { class: 'headline' }, headline),
    element('p', { class: 'explanation' }, explanation),
  );
}

const facts = (feature, file) =>
  element(
    'dl',
    { class: 'facts' },
    ...factsOf(feature, file).map(([term, text]) =>
      element('div', {}, element('dt', {}, term), element('dd', {}, text)),
    ),
  );

/** Shows the numbers over time below what is known already. */
async function showNumbers(page, chart, feature, above) {
  const { details, index } = page;
  const plots = element('div', { class: 'feature-plots' }, element('div', { class: 'plot loading' }));
  const releases = element('div');
  const numbers = element('div');
  details.replaceChildren(...above, releases, plots, numbers, links(chart, feature));
  showUseByRelease(releases, page, feature);
  const file = await loadOrNull(chart.name);
  if (file == null) {
    const retry = element(
      'button',
      { type: 'button', click: () => showNumbers(page, chart, feature, above) },
      'Try again',
    );
    plots.replaceChildren(
      element('p', { class: 'load-error', role: 'status' }, `The chart “${chart.title}” could not be loaded. `, retry),
    );
    return;
  }
  const figures = measures(file)
    .filter(isShare)
    .map(measure => lineFigure([{ file, label: feature.label }], measure, index));
  plots.replaceChildren(...figures.map(({ figure }) => figure));
  figures.forEach(each => each.draw());
  numbers.replaceChildren(
    element(
      'p',
      { class: 'footnote' },
      (isRange(chart)
        ? 'A grey month has no complete data. '
        : `A gap in a line means that fewer than ${file.threshold} instances are behind the number; a grey month has no ` +
          'complete data. ') + 'Only instances with usage statistics enabled are counted.',
    ),
    tableOf(file, periods(file), false, feature.label),
  );
}

/** Says how many of the instances on new releases use a feature, if that is published. */
async function showUseByRelease(box, { charts }, { chart, label }) {
  const combined = [...charts.values()].find(({ breakdown }) => breakdown?.chart === chart);
  if (combined == null) {
    return;
  }
  const [file, adoption] = await Promise.all([loadOrNull(combined.name), loadOrNull(combined.breakdown.totals)]);
  const uses = file && adoption ? usesByRelease(file, adoption, label) : [];
  if (uses.length > 0) {
    box.replaceChildren(
      element('h4', {}, 'On new releases'),
      element('ul', { class: 'by-release' }, ...uses.map(use => element('li', {}, describeUse(use)))),
    );
  }
}

function links(chart, feature) {
  const { chart: name, label } = feature;
  const embed = `/embed.html?${new URLSearchParams({ chart: name, label })}`;
  return element(
    'div',
    { class: 'feature-links' },
    element('a', { href: compareHash([feature]) }, 'Compare'),
    element('a', { href: featureHash(name, label) }, 'Permalink'),
    element('a', { href: embed }, 'Embed'),
    ...dataLinks(chart),
    hasBadge(chart, feature) && badgeDetails(feature),
  );
}

/** Whether the feature has a badge: only features of the charts that name one do, if they were ever reported. */
const hasBadge = (chart, { label, firstReported }) => chart.feature != null && firstReported != null && isValue(label);

const badgeDetails = feature =>
  element(
    'details',
    { class: 'badge' },
    element('summary', {}, 'Badge'),
    element(
      'p',
      { class: 'footnote' },
      'Markdown for a README. The picture comes from shields.io, not from this site.',
    ),
    element(
      'pre',
      { tabindex: '0', 'aria-label': 'Markdown of the badge' },
      element('code', {}, badgeMarkdown(feature, location.origin)),
    ),
  );
