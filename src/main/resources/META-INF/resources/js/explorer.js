// The feature explorer shows one feature (a label of a chart, such as a stage type) and judges its numbers.
import { dataLinks, featureHash, tableOf } from './card.js';
import { load } from './data.js';
import { byId, element, isolated } from './dom.js';
import { draw } from './chart-canvas.js';
import { baselineRow, isComplete, lastRows, periods, valuesOf } from './series.js';
import { judge } from './verdict.js';
import {
  capitalize,
  formatCompact,
  formatMonth,
  formatNumber,
  formatPercent,
  isSpecial,
  plural,
  printable,
} from './format.js';

/** Starts the explorer. It shows the feature in the address's fragment, now and whenever the fragment changes. */
export async function startExplorer({ charts }) {
  const featureCharts = new Map(charts.filter(chart => chart.feature != null).map(chart => [chart.name, chart]));
  const baselineChart = charts.find(chart => chart.baseline != null);
  const input = combobox(byId('feature'), byId('feature-list'), byId('feature-count'));
  const { features, missing } = await loadFeatures([...featureCharts.values()]);
  input.setFeatures(features);
  byId('feature-error').textContent = missing.length === 0 ? '' : `Not loaded: ${missing.join(', ')}.`;
  const showRequested = () => {
    const requested = fromHash(featureCharts);
    if (requested) {
      show(requested, input, baselineChart).catch(() => showError(requested));
    }
  };
  addEventListener('hashchange', showRequested);
  showRequested();
}

/**
 * Loads the features of all charts that can be loaded, those with the most instances in the last month first.
 *
 * @returns features, and missing: the titles of the charts that could not be loaded
 */
export async function loadFeatures(charts) {
  const results = await Promise.allSettled(charts.map(chart => load(chart.name)));
  const missing = charts.filter((_, i) => results[i].status === 'rejected').map(chart => chart.title);
  const files = results.filter(result => result.status === 'fulfilled').map(result => result.value);
  return { features: featuresOf(files), missing };
}

function featuresOf(files) {
  return files.flatMap(file => {
    const instances = new Map(lastRows(file).map(row => [row.label, row.instances]));
    return [...new Set(file.rows.map(row => row.label))]
      .filter(label => !isSpecial(label))
      .map(label => ({
        chart: file.name,
        noun: file.feature,
        label,
        instances: instances.get(label) ?? null,
      }))
      .sort((a, b) => (b.instances ?? 0) - (a.instances ?? 0) || (a.label < b.label ? -1 : 1));
  });
}

/** The chart and label in the address's fragment; null if there is none. */
function fromHash(featureCharts) {
  const slash = location.hash.indexOf('/');
  const chart = featureCharts.get(location.hash.slice(1, slash));
  if (slash < 0 || !chart) {
    return null;
  }
  try {
    return { chart, label: decodeURIComponent(location.hash.slice(slash + 1)) };
  } catch {
    return null; // malformed percent-encoding
  }
}

async function show({ chart, label }, input, baselineChart) {
  const details = byId('feature-details');
  input.setValue(label);
  const heading = element(
    'h3',
    { tabindex: '-1' },
    isolated(printable(label)),
    ' ',
    element('span', { class: 'noun' }, chart.feature),
  );
  const { rows, threshold } = await load(chart.name);
  if (!isSpecial(label) && rows.some(row => row.label === label)) {
    await showFeature(details, heading, chart.name, label, baselineChart);
  } else {
    details.replaceChildren(
      heading,
      element(
        'p',
        {},
        `Fewer than ${threshold} instances ever reported this ${chart.feature} in any month, or many others were ` +
          'reported more often. It may be unused, rare or misspelled.',
      ),
    );
  }
  details.hidden = false;
  byId('explorer').scrollIntoView({ block: 'start' });
  if (document.activeElement !== byId('feature')) {
    heading.focus({ preventScroll: true });
  }
}

/** Says that a feature's chart could not be loaded. The next attempt loads it again. */
function showError({ chart, label }) {
  const details = byId('feature-details');
  details.replaceChildren(
    element(
      'h3',
      { tabindex: '-1' },
      isolated(printable(label)),
      ' ',
      element('span', { class: 'noun' }, chart.feature),
    ),
    element('p', { class: 'load-error', role: 'status' }, `The chart “${chart.title}” could not be loaded.`),
  );
  details.hidden = false;
}

async function showFeature(details, heading, chart, label, baselineChart) {
  const [file, baseline] = await Promise.all([
    load(chart),
    baselineChart && load(baselineChart.name).catch(() => null),
  ]);
  const months = periods(file);
  const feature = {
    months,
    instances: valuesOf(file, label, 'instances', months),
    runs: valuesOf(file, label, 'count', months),
    activeInstances: baseline && months.map(month => baselineRow(baseline, month)?.instances ?? null),
    total: file.instances,
    isComplete: isComplete(file, months.at(-1)),
    unit: file.unit,
    threshold: file.threshold,
  };
  const verdict = judge(feature);
  const plots = [
    lineFigure('Instances (at least)', label, feature, 'instances'),
    lineFigure(`${capitalize(file.unit)} per month`, label, feature, 'runs'),
  ];
  details.replaceChildren(
    heading,
    element(
      'div',
      { class: 'verdicts', role: 'status' },
      verdictBox('Is it gaining traction?', verdict.traction),
      verdictBox('Can it be removed safely?', verdict.removal),
    ),
    facts(verdict, feature),
    element('div', { class: 'feature-plots' }, ...plots.map(plot => plot.figure)),
    element(
      'p',
      { class: 'footnote' },
      `Gaps mean that no number is published, usually because fewer than ${file.threshold} instances used it. ` +
        'Only instances with usage statistics enabled are counted.',
    ),
    tableOf(file, months, false, label),
    element(
      'p',
      { class: 'downloads' },
      ...dataLinks(file),
      element('a', { href: featureHash(chart, label) }, 'Permalink'),
    ),
  );
  details.dataset.feature = `${chart}/${label}`;
  details.hidden = false;
  await Promise.all(plots.map(plot => plot.draw()));
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

function facts(verdict, feature) {
  const lastMonth = formatMonth(feature.months.at(-1));
  const runs = feature.runs.at(-1);
  const firstReported = formatMonth(verdict.firstReported);
  const terms = [
    ['First reported', verdict.firstIsStart ? `${firstReported} or earlier` : firstReported],
    [
      `Share of instances, ${lastMonth}`,
      verdict.share == null ? `under ${feature.threshold} instances` : formatPercent(verdict.share),
    ],
    [`${capitalize(feature.unit)}, ${lastMonth}`, runs == null ? 'not published' : formatCompact(runs)],
    ['Peak', `${formatNumber(verdict.peakInstances)} instances in ${formatMonth(verdict.peak)}`],
  ];
  return element(
    'dl',
    { class: 'facts' },
    ...terms.map(([term, text]) => element('div', {}, element('dt', {}, term), element('dd', {}, text))),
  );
}

/** A line plot of the feature's instances or runs. Its canvas can be drawn once the figure is on the page. */
function lineFigure(caption, label, feature, name) {
  const { months, [name]: values } = feature;
  const published = values.filter(value => value != null);
  const canvas = element('canvas', {
    role: 'img',
    'aria-label':
      `${caption}: ${printable(label)}, ${formatMonth(months[0])} to ${formatMonth(months.at(-1))}, ` +
      `between ${formatNumber(Math.min(...published))} and ${formatNumber(Math.max(...published))}. ` +
      'The table below has every number.',
  });
  const plot = { kind: 'lines', categories: months, series: [{ label: name, values }] };
  return {
    figure: element('figure', {}, element('figcaption', {}, caption), element('div', { class: 'plot' }, canvas)),
    draw: () => draw(canvas, plot, { measure: name === 'runs' ? 'count' : 'instances', unit: 'month' }),
  };
}

/**
 * Makes an input with a list of features, as the ARIA Authoring Practices describe a combobox: arrow keys move through
 * the list, Enter selects, Escape closes.
 */
function combobox(input, list, count) {
  let features = [];
  let options = [];
  let activeIndex = -1;

  const isOpen = () => !list.hidden;
  const open = () => {
    render(input.dataset.typed === 'true' ? input.value : '');
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
    activeIndex = -1;
  };

  function render(typed) {
    const query = typed.trim().toLowerCase();
    const matches = features.filter(({ label }) => label.toLowerCase().includes(query));
    activeIndex = -1;
    options = [];
    const groups = new Map();
    for (const feature of matches) {
      groups.set(feature.chart, [...(groups.get(feature.chart) ?? []), feature]);
    }
    list.replaceChildren(...[...groups].map(([chart, members]) => renderGroup(chart, members)));
    count.textContent = matches.length === 0 ? 'No matches.' : plural(matches.length, 'feature');
    count.classList.toggle('visually-hidden', matches.length > 0);
  }

  function renderGroup(chart, members) {
    const id = `group-${chart}`;
    return element(
      'ul',
      { role: 'group', 'aria-labelledby': id },
      element('li', { role: 'presentation', id, class: 'group' }, `${members[0].noun}s`),
      ...members.map(renderOption),
    );
  }

  function renderOption(feature) {
    const option = element(
      'li',
      {
        role: 'option',
        id: `option-${options.length}`,
        'aria-selected': 'false',
        mousedown: event => event.preventDefault(), // keeps the focus in the input
        click: () => select(feature),
      },
      isolated(printable(feature.label)),
      element(
        'span',
        { class: 'hint' },
        feature.instances == null ? 'not in the last month' : `${formatNumber(feature.instances)} instances`,
      ),
    );
    options.push({ option, feature });
    return option;
  }

  function select(feature) {
    close();
    const hash = featureHash(feature.chart, feature.label);
    if (location.hash === hash) {
      dispatchEvent(new HashChangeEvent('hashchange'));
    } else {
      location.hash = hash;
    }
  }

  function activate(index) {
    options[activeIndex]?.option.setAttribute('aria-selected', 'false');
    activeIndex = (index + options.length) % options.length;
    const { option } = options[activeIndex];
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', option.id);
  }

  input.addEventListener('click', open);
  input.addEventListener('focus', () => input.select());
  input.addEventListener('blur', close);
  input.addEventListener('input', () => {
    input.dataset.typed = 'true';
    open();
  });
  input.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      if (isOpen()) {
        close();
      } else {
        input.value = '';
      }
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen()) {
        open();
      }
      if (options.length > 0) {
        activate(event.key === 'ArrowDown' ? activeIndex + 1 : Math.max(activeIndex, 0) - 1);
      }
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const selected = options[activeIndex] ?? (isOpen() ? options[0] : null);
      if (selected) {
        select(selected.feature);
      }
    }
  });

  return {
    setFeatures(all) {
      features = all;
      input.disabled = false;
      if (isOpen()) {
        open();
      }
    },
    setValue(label) {
      input.value = printable(label);
      input.dataset.typed = 'false';
    },
  };
}
