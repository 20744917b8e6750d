// An input with a list of features, as the ARIA Authoring Practices describe a combobox: arrow keys move through the list,
// Enter selects, Escape closes.
import { element, isolated } from './dom.js';
import { capitalize, formatNumber, plural, printable } from './format.js';

/** More options are not shown while something is typed. */
const MAX_OPTIONS = 40;

/** What to say if nothing matches. */
export const noMatch = threshold =>
  'No match. It may have another name here. Names that Spinnaker itself does not have are counted together as “(own)”, ' +
  `and releases that fewer than ${threshold} instances run are not listed.`;

/**
 * Creates the combobox's elements.
 *
 * @param id of the input
 * @param attributes of the input, such as its label
 */
export const comboboxElements = (id, attributes) => [
  element('input', {
    id,
    type: 'text',
    role: 'combobox',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-expanded': 'false',
    'aria-controls': `${id}-list`,
    'aria-autocomplete': 'list',
    ...attributes,
  }),
  element('div', { id: `${id}-list`, class: 'options', role: 'listbox', 'aria-label': 'Features', hidden: true }),
  element('p', { id: `${id}-count`, class: 'visually-hidden', role: 'status' }),
];

/**
 * Starts a combobox.
 *
 * @param elements the input, its list, and its status
 * @param find loads the features that match what is typed, best first; all of them, in the order of charts, if nothing is.
 *     If it fails, it has told the reader why, and the list stays closed
 * @param select called with the selected feature
 * @param selectNone called with what is typed, if Enter is pressed and nothing matches; without it, the status says so
 */
export function combobox([input, list, count], { find, nounOf, threshold, select, selectNone }) {
  let options = [];
  let activeIndex = -1;
  let latest = 0;

  const isOpen = () => !list.hidden;
  const typed = () => (input.dataset.typed === 'true' ? input.value : '');

  /** Shows what matches; returns whether nothing newer was asked for meanwhile. */
  async function open() {
    const request = ++latest;
    const query = typed();
    let matches;
    try {
      matches = await find(query);
    } catch {
      return false;
    }
    if (request !== latest) {
      return false;
    }
    render(query, matches);
    list.hidden = matches.length === 0;
    input.setAttribute('aria-expanded', String(!list.hidden));
    return true;
  }

  function close() {
    latest++;
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
    activeIndex = -1;
    count.textContent = '';
  }

  function render(query, matches) {
    activeIndex = -1;
    options = [];
    const isBrowsing = query.trim() === '';
    const shown = isBrowsing ? matches : matches.slice(0, MAX_OPTIONS);
    list.replaceChildren(
      ...(isBrowsing
        ? groupByChart(shown).map(renderGroup)
        : [element('ul', { role: 'presentation' }, ...shown.map(each => renderOption(each, true)))]),
    );
    count.textContent = matches.length === 0 ? noMatch(threshold) : plural(matches.length, 'feature');
    count.classList.toggle('visually-hidden', matches.length > 0);
  }

  const groupByChart = features => [...Map.groupBy(features, ({ chart }) => chart).values()];

  function renderGroup(members) {
    const id = `${list.id}-${members[0].chart}`;
    return element(
      'ul',
      { role: 'group', 'aria-labelledby': id },
      element('li', { role: 'presentation', id, class: 'group' }, capitalize(nounOf(members[0]))),
      ...members.map(each => renderOption(each, false)),
    );
  }

  const hintOf = ({ instances, reportedAs, noData }) =>
    reportedAs != null
      ? `reported as ${reportedAs}`
      : noData
        ? 'no data'
        : instances == null
          ? `fewer than ${threshold} instances`
          : `${formatNumber(instances)} instances`;

  function renderOption(feature, withNoun) {
    const hint = withNoun ? `${nounOf(feature)}, ${hintOf(feature)}` : hintOf(feature);
    const option = element(
      'li',
      {
        role: 'option',
        id: `${list.id}-${options.length}`,
        'aria-selected': 'false',
        mousedown: event => event.preventDefault(), // keeps the focus in the input
        click: () => choose(feature),
      },
      element(
        'span',
        {},
        isolated(printable(feature.label)),
        feature.name != null && element('span', { class: 'hint' }, ' · ', isolated(printable(feature.name))),
      ),
      element('span', { class: 'hint kind' }, hint),
    );
    options.push({ option, feature });
    return option;
  }

  function choose(feature) {
    close();
    input.dataset.typed = 'false';
    select(feature);
  }

  function activate(index) {
    options[activeIndex]?.option.setAttribute('aria-selected', 'false');
    activeIndex = (index + options.length) % options.length;
    const { option } = options[activeIndex];
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', option.id);
  }

  async function move(step) {
    if (!isOpen() && !(await open())) {
      return;
    }
    if (options.length > 0) {
      activate(step > 0 ? activeIndex + 1 : Math.max(activeIndex, 0) - 1);
    }
  }

  async function enter() {
    if (isOpen() && activeIndex >= 0) {
      choose(options[activeIndex].feature);
      return;
    }
    const query = typed().trim();
    if (query === '' || !(await open())) {
      return;
    }
    if (options.length > 0) {
      choose(options[0].feature);
    } else if (selectNone) {
      close();
      selectNone(query);
    }
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
      move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      enter();
    }
  });

  // what a reader has typed before this script ran
  input.dataset.typed = String(input.value !== '');
  if (input.value !== '') {
    open();
  }

  return {
    setValue(label) {
      input.value = printable(label);
      input.dataset.typed = 'false';
    },
    clear() {
      input.value = '';
      input.dataset.typed = 'false';
    },
  };
}
