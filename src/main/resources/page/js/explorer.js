// The feature explorer shows one feature (a label of a chart, such as a stage type) and judges its numbers.
import { dataLinks, featureHash, tableOf } from './card.js';
import { load } from './data.js';
import { byId, element, isolated } from './dom.js';
import { draw } from './chart-canvas.js';
import { hasData, lastRows, measures, numberOf, periodOf, periods, valuesOf } from './series.js';
import { judge } from './verdict.js';
import {
  capitalize,
  explainUnreportable,
  formatMonth,
  formatNumber,
  formatPercent,
  isShare,
  isSpecial,
  isValue,
  measureName,
  plural,
  printable,
} from './format.js';

/** Starts the explorer. It shows the feature in the address's fragment, now and whenever the fragment changes. */
export async function startExplorer({ charts }) {
  const featureCharts = new Map(charts.filter(chart => chart.feature != null).map(chart => [chart.name, chart]));
  const input = combobox(byId('feature'), byId('feature-list'), byId('feature-count'));
  const { features, missing } = await loadFeatures([...featureCharts.values()]);
  input.setFeatures(features);
  byId('feature-error').textContent = missing.length === 0 ? '' : `Not loaded: ${missing.join(', ')}.`;
  const showRequested = () => {
    const requested = fromHash(featureCharts);
    if (requested) {
      show(requested, input).catch(() => showError(requested));
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
    const reported = [...new Set(file.rows.map(row => row.label))]
      .filter(label => !isSpecial(label))
      .map(label => ({ chart: file.name, noun: file.feature, label, instances: instances.get(label) ?? null }))
      .sort((a, b) => (b.instances ?? 0) - (a.instances ?? 0) || (a.label < b.label ? -1 : 1));
    const unreportable = (file.unreportable ?? []).map(({ name, reportedAs }) => ({
      chart: file.name,
      noun: file.feature,
      label: name,
      instances: null,
      reportedAs,
    }));
    return [...reported, ...unreportable];
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

async function show({ chart, label: requested }, input) {
  const details = byId('feature-details');
  const file = await load(chart.name);
  const label = labelOf(file, requested);
  input.setValue(label);
  const heading = element(
    'h3',
    { tabindex: '-1' },
    isolated(printable(label)),
    ' ',
    element('span', { class: 'noun' }, chart.feature),
  );
  const unreportable = file.unreportable?.find(each => each.name === label);
  if (unreportable) {
    details.replaceChildren(heading, ...explainReportedAs(file, unreportable));
  } else if (file.rows.some(row => row.label === label)) {
    await showFeature(details, heading, file, label);
  } else {
    details.replaceChildren(heading, element('p', {}, explainAbsence(file)));
  }
  details.hidden = false;
  byId('explorer').scrollIntoView({ block: 'start' });
  if (document.activeElement !== byId('feature')) {
    heading.focus({ preventScroll: true });
  }
}

/** The label as the chart spells it, if it has one that differs only in case. */
function labelOf(file, requested) {
  const labels = [...file.rows.map(row => row.label), ...(file.unreportable ?? []).map(each => each.name)];
  const lowerCase = requested.toLowerCase();
  return labels.includes(requested) ? requested : (labels.find(each => each.toLowerCase() === lowerCase) ?? requested);
}

function explainReportedAs(file, { reportedAs }) {
  return [
    element(
      'p',
      {},
      `Spinnaker cannot report this ${file.feature}. It reports `,
      element('a', { href: featureHash(file.name, reportedAs) }, reportedAs),
      ' in its place, so nobody can say from these numbers how much it is used or who would miss it.',
    ),
    element('p', { class: 'footnote' }, explainUnreportable(file).join(' ')),
  ];
}

const explainAbsence = file =>
  `No number is published under this name in ${plural(periods(file).length, 'month')}. Either fewer than ` +
  `${file.threshold} instances used this ${file.feature} in any month, or Spinnaker does not have it under this name: ` +
  'such names are counted together as “(own)”.';

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

async function showFeature(details, heading, file, label) {
  const months = periods(file);
  const plots = measures(file)
    .filter(isShare)
    .map(measure => lineFigure(file, label, measure, months));
  details.replaceChildren(
    heading,
    ...(isValue(label) ? judged(file, label, months) : [explainWithoutVerdict(file, label)]),
    element('div', { class: 'feature-plots' }, ...plots.map(plot => plot.figure)),
    element(
      'p',
      { class: 'footnote' },
      `A gap in a line means that fewer than ${file.threshold} instances are behind the number; a grey month has no ` +
        'complete data. Only instances with usage statistics enabled are counted.',
    ),
    tableOf(file, months, false, label),
    element(
      'p',
      { class: 'downloads' },
      ...dataLinks(file),
      element('a', { href: featureHash(file.name, label) }, 'Permalink'),
    ),
  );
  details.dataset.feature = `${file.name}/${label}`;
  details.hidden = false;
  await Promise.all(plots.map(plot => plot.draw()));
}

/** Says why a label that does not name a value has no verdict. */
function explainWithoutVerdict(file, label) {
  const explanations = [
    `There is no verdict on ${printable(label)}, because it is not one ${file.feature}.`,
    file.explanations?.[label],
    ...explainUnreportable(file).filter(sentence => sentence.startsWith(`${label} `)),
  ];
  return element('p', {}, explanations.filter(Boolean).join(' '));
}

function judged(file, label, months) {
  const numbers = number => valuesOf(file, label, number, months);
  const feature = {
    months,
    totals: months.map(at => (hasData(file, at) ? periodOf(file, at).instances : null)),
    instances: numbers('instances'),
    regular: numbers('regular'),
    failing: numbers('failing'),
    threshold: file.threshold,
    noise: file.noise,
  };
  const verdict = judge(feature);
  return [
    element(
      'div',
      { class: 'verdicts', role: 'status' },
      verdictBox('Is its use growing?', verdict.traction),
      verdict.frequency && verdictBox('And its regular use?', verdict.frequency),
      verdictBox('Who would be affected by its removal?', verdict.affected),
    ),
    facts(verdict, feature),
  ];
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

/** The last month with data in numbers, and the first and best months. */
function facts(verdict, { months, totals, threshold, ...counts }) {
  const last = totals.findLastIndex(value => value != null);
  const describe = count =>
    count == null
      ? `fewer than ${threshold}`
      : `${formatPercent(Math.min(1, count / totals[last]))} (${formatNumber(count)} of ${formatNumber(totals[last])})`;
  const latest = [
    ['Use it', counts.instances],
    ['Use it regularly', counts.regular],
    ['See it fail', counts.failing],
  ].map(([term, values]) => [`${term}, ${formatMonth(months[last])}`, describe(values[last])]);
  const first = verdict.firstReported && formatMonth(verdict.firstReported);
  const terms = [
    ...(last < 0 ? [] : latest),
    [`First month with at least ${threshold} instances`, verdict.firstIsStart ? `${first} or earlier` : first],
    ['Most instances', verdict.peak && `${formatNumber(verdict.peakInstances)} in ${formatMonth(verdict.peak)}`],
  ];
  return element(
    'dl',
    { class: 'facts' },
    ...terms
      .filter(([, text]) => text != null)
      .map(([term, text]) => element('div', {}, element('dt', {}, term), element('dd', {}, text))),
  );
}

/** A line plot of one measure of a feature. Its canvas can be drawn once the figure is on the page. */
function lineFigure(file, label, measure, months) {
  const values = valuesOf(file, label, measure, months);
  const published = values.filter(value => value != null);
  const caption = capitalize(measureName(measure));
  if (published.length === 0) {
    return {
      figure: element(
        'figure',
        {},
        element('figcaption', {}, caption),
        element('p', { class: 'footnote' }, `Fewer than ${file.threshold} in every month.`),
      ),
      draw: () => null,
    };
  }
  const canvas = element('canvas', {
    role: 'img',
    'aria-label':
      `${caption}: ${printable(label)}, ${formatMonth(months[0])} to ${formatMonth(months.at(-1))}, ` +
      `between ${formatPercent(Math.min(...published))} and ${formatPercent(Math.max(...published))}. ` +
      'The table below has every number.',
  });
  const counts = measure === 'share' ? null : valuesOf(file, label, numberOf(measure), months);
  const missing = months.map(at => !hasData(file, at));
  const plot = {
    kind: 'lines',
    categories: months,
    missing,
    series: [{ label: measureName(measure), values, counts }],
  };
  return {
    figure: element('figure', {}, element('figcaption', {}, caption), element('div', { class: 'plot' }, canvas)),
    draw: () => draw(canvas, plot, { measure, unit: 'month', threshold: file.threshold }),
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

  const hintOf = ({ instances, reportedAs }) =>
    reportedAs != null
      ? `reported as ${reportedAs}`
      : instances == null
        ? 'not in the last month'
        : `${formatNumber(instances)} instances`;

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
      element('span', { class: 'hint' }, hintOf(feature)),
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
