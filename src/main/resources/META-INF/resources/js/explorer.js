// The feature explorer: one stage type, provider or trigger, and what its numbers say.
import { EXPLORED, featureHash, tableOf } from './card.js';
import { load } from './data.js';
import { byId, element, isolated } from './dom.js';
import { draw } from './picture.js';
import { activeRow, lastRows, periods, valuesOf } from './series.js';
import { judge } from './verdict.js';
import { isSpecial, month, percent, shown, whole, compact } from './words.js';

/** Starts it; answers to the address's hash from then on. */
export async function startExplorer() {
  const box = combobox(byId('feature'), byId('features'), byId('feature-count'));
  const features = await allFeatures();
  box.offer(features);
  const answer = () => {
    const wanted = fromHash();
    if (wanted) {
      show(wanted, features, box);
    }
  };
  addEventListener('hashchange', answer);
  answer();
}

/** Every label of the three charts, those that most instances used last month first. */
async function allFeatures() {
  const files = await Promise.all(Object.keys(EXPLORED).map(load));
  return files.flatMap(file => {
    const last = new Map(lastRows(file).map(row => [row.label, row.instances]));
    return [...new Set(file.rows.map(row => row.label))]
      .filter(label => !isSpecial(label))
      .map(label => ({ chart: file.name, kind: EXPLORED[file.name], label, instances: last.get(label) ?? null }))
      .sort((a, b) => (b.instances ?? 0) - (a.instances ?? 0) || (a.label < b.label ? -1 : 1));
  });
}

function fromHash() {
  const slash = location.hash.indexOf('/');
  const chart = location.hash.slice(1, slash);
  if (slash < 0 || !Object.hasOwn(EXPLORED, chart)) {
    return null;
  }
  try {
    return { chart, label: decodeURIComponent(location.hash.slice(slash + 1)) };
  } catch {
    return null; // not an address that this page made
  }
}

/** Shows one feature, or says that there is nothing about it. */
async function show({ chart, label }, features, box) {
  const result = byId('explored');
  const kind = EXPLORED[chart];
  box.choose(label);
  const heading = element(
    'h3',
    { tabindex: '-1', id: 'explored-title' },
    isolated(shown(label)),
    ' ',
    element('span', { class: 'kind' }, kind),
  );
  if (!features.some(feature => feature.chart === chart && feature.label === label)) {
    const { threshold } = await load(chart);
    result.replaceChildren(
      heading,
      element(
        'p',
        {},
        `No ${kind} of this name was ever sent by ${threshold} instances or more in one month: ` +
          'it may be unused, used by a few, or spelt otherwise.',
      ),
    );
  } else {
    await fill(result, heading, chart, label);
  }
  result.hidden = false;
  byId('explorer').scrollIntoView({ block: 'start' });
  if (document.activeElement !== byId('feature')) {
    heading.focus({ preventScroll: true });
  }
}

async function fill(result, heading, chart, label) {
  const [file, active] = await Promise.all([load(chart), load('active-instances').catch(() => null)]);
  const months = periods(file);
  const feature = {
    months,
    instances: valuesOf(file, label, 'instances', months),
    runs: valuesOf(file, label, 'count', months),
    all: active && months.map(at => activeRow(active, at)?.instances ?? null),
    total: file.instances,
    unit: file.unit,
    threshold: file.threshold,
  };
  const verdict = judge(feature);
  const instances = picture(feature, 'instances');
  const runs = picture(feature, 'runs');
  result.replaceChildren(
    heading,
    element(
      'div',
      { class: 'verdicts', role: 'status' },
      answered('Is it gaining traction?', verdict.traction),
      answered('Could it be removed safely?', verdict.removal),
    ),
    factsOf(verdict, feature),
    element(
      'div',
      { class: 'pair' },
      figure('Instances that used it, at least', instances, label),
      figure(`${file.unit.charAt(0).toUpperCase()}${file.unit.slice(1)} a month`, runs, label),
    ),
    element(
      'p',
      { class: 'footnote' },
      `A month without a point: fewer than ${file.threshold} instances, or none. ` +
        'Only Spinnakers with statistics turned on are counted, and there are others.',
    ),
    tableOf(file, months, false, label),
    element(
      'p',
      { class: 'ways-out' },
      element('a', { href: `/data/${chart}.csv`, 'aria-label': `${file.title}: CSV file` }, 'CSV'),
      element('a', { href: `/data/${chart}.json`, 'aria-label': `${file.title}: JSON file` }, 'JSON'),
      element('a', { href: featureHash(chart, label) }, 'Link to this'),
    ),
  );
  result.dataset.feature = `${chart}/${label}`;
  result.hidden = false;
  await Promise.all(
    [instances, runs].map(one => draw(one.canvas, one.picture, { measure: one.measure, unit: 'month' })),
  );
}

function answered(question, { answer, tone, words }) {
  return element(
    'div',
    { class: `verdict ${tone}` },
    element('p', { class: 'asked' }, question),
    element('p', { class: 'answer' }, answer),
    element('p', { class: 'words' }, words),
  );
}

function factsOf(verdict, feature) {
  const latest = month(feature.months.at(-1));
  const runs = feature.runs.at(-1);
  const facts = [
    ['First month seen', verdict.firstIsStart ? `${month(verdict.firstSeen)} or earlier` : month(verdict.firstSeen)],
    [
      `Share of instances, ${latest}`,
      verdict.share == null ? `under ${feature.threshold} instances` : percent(verdict.share),
    ],
    [
      `${feature.unit.charAt(0).toUpperCase()}${feature.unit.slice(1)}, ${latest}`,
      runs == null ? 'not published' : compact(runs),
    ],
    ['Most instances', `${whole(verdict.peakInstances)} in ${month(verdict.peak)}`],
  ];
  return element(
    'dl',
    { class: 'facts' },
    ...facts.map(([term, text]) => element('div', {}, element('dt', {}, term), element('dd', {}, text))),
  );
}

function picture(feature, name) {
  const values = feature[name];
  return {
    measure: name === 'instances' ? 'instances' : 'count',
    picture: { form: 'lines', names: feature.months, series: [{ label: name, values }] },
    canvas: element('canvas', { role: 'img' }),
  };
}

function figure(caption, one, label) {
  const known = one.picture.series[0].values.filter(value => value != null);
  one.canvas.setAttribute(
    'aria-label',
    `${caption}: ${shown(label)}, ${month(one.picture.names[0])} to ${month(one.picture.names.at(-1))}, ` +
      `between ${whole(Math.min(...known))} and ${whole(Math.max(...known))}. The table below has every number.`,
  );
  return element('figure', {}, element('figcaption', {}, caption), element('div', { class: 'picture' }, one.canvas));
}

/**
 * An input with a list of what it may hold (the combobox of the ARIA patterns): arrows walk the list, Enter chooses,
 * Escape closes.
 */
function combobox(input, list, count) {
  let features = [];
  let options = [];
  let active = -1;

  const open = () => {
    render(input.dataset.typed === 'true' ? input.value : '');
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
    active = -1;
  };
  const isOpen = () => !list.hidden;

  function render(typed) {
    const wanted = typed.trim().toLowerCase();
    const found = features.filter(({ label }) => label.toLowerCase().includes(wanted));
    active = -1;
    options = [];
    const groups = Object.entries(EXPLORED).map(([chart, kind]) => {
      const members = found.filter(feature => feature.chart === chart);
      if (members.length === 0) {
        return null;
      }
      const id = `group-${chart}`;
      return element(
        'ul',
        { role: 'group', 'aria-labelledby': id },
        element('li', { role: 'presentation', id, class: 'group' }, `${kind}s`),
        ...members.map(optionOf),
      );
    });
    list.replaceChildren(...groups.filter(Boolean));
    count.textContent =
      found.length === 0 ? 'Nothing that enough instances sent is called so.' : `${found.length} found`;
    count.classList.toggle('visually-hidden', found.length > 0);
  }

  function optionOf(feature) {
    const option = element(
      'li',
      {
        role: 'option',
        id: `option-${options.length}`,
        'aria-selected': 'false',
        mousedown: event => event.preventDefault(), // keeps the focus in the input
        click: () => go(feature),
      },
      isolated(shown(feature.label)),
      element(
        'span',
        { class: 'hint' },
        feature.instances == null ? 'not last month' : `${whole(feature.instances)} instances`,
      ),
    );
    options.push({ option, feature });
    return option;
  }

  function go(feature) {
    close();
    const hash = featureHash(feature.chart, feature.label);
    if (location.hash === hash) {
      dispatchEvent(new HashChangeEvent('hashchange'));
    } else {
      location.hash = hash;
    }
  }

  function walk(to) {
    options[active]?.option.setAttribute('aria-selected', 'false');
    active = (to + options.length) % options.length;
    const { option } = options[active];
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
        walk(event.key === 'ArrowDown' ? active + 1 : Math.max(active, 0) - 1);
      }
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const chosen = options[active] ?? (isOpen() ? options[0] : null);
      if (chosen) {
        go(chosen.feature);
      }
    }
  });

  return {
    offer(all) {
      features = all;
      input.disabled = false;
      if (isOpen()) {
        open();
      }
    },
    choose(label) {
      input.value = shown(label);
      input.dataset.typed = 'false';
    },
  };
}
