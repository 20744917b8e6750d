// What we collect, drawn from the very schema that the table is made from.
import { load } from './data.js';
import { byId, element } from './dom.js';
import { several } from './words.js';

async function fields() {
  const answer = await fetch('/events.schema.json');
  if (!answer.ok) {
    throw new Error(`/events.schema.json: ${answer.status}`);
  }
  return flattened(await answer.json(), '');
}

/** Every field under its full name; a group of fields is no field. */
const flattened = (columns, prefix) =>
  columns.flatMap(column => [
    { ...column, path: prefix + column.name },
    ...flattened(column.fields ?? [], `${prefix}${column.name}.`),
  ]);

/** Each description says first what the field is and then, from "Kept …" on, why. */
function whatAndWhy(description) {
  const kept = description.search(/\bKept (to|because) /);
  return kept < 0 ? [description, ''] : [description.slice(0, kept).trim(), description.slice(kept)];
}

/** Hashes and row numbers are counted, but no number of one instance, let alone its id, is published. */
const isIdentifier = ({ description }) => /SHA-256|UUID/.test(description);

/** Roles are said as well: on a narrow screen the cells stand below each other, and would be no table to a reader. */
function row(field) {
  const [what, why] = whatAndWhy(field.description);
  const name = element('code', {}, ...breakable(field.path));
  if (field.type === 'RECORD') {
    return element(
      'tr',
      { role: 'row', class: 'record' },
      element(
        'th',
        { role: 'rowheader', scope: 'rowgroup', colspan: '4' },
        name,
        element('span', { class: 'record-what' }, what),
      ),
    );
  }
  return element(
    'tr',
    { role: 'row' },
    element('th', { role: 'rowheader', scope: 'row' }, name, element('span', { class: 'hint' }, typeOf(field))),
    element('td', { role: 'cell' }, what),
    element('td', { role: 'cell' }, why),
    element('td', { role: 'cell' }, `Data readers; in public ${isIdentifier(field) ? 'never' : 'counts at most'}`),
  );
}

/** A long name, which may go on in the next line after a dot. */
const breakable = path => path.split(/(?<=\.)/).flatMap((part, i) => (i === 0 ? [part] : [element('wbr'), part]));

const typeOf = ({ type, mode }) => `${type.toLowerCase()}${mode === 'NULLABLE' ? ', may be missing' : ''}`;

/** Fields under the heading of the group that they are in. */
function bodies(all) {
  const groups = [];
  for (const field of all) {
    if (field.type === 'RECORD' || groups.length === 0) {
      groups.push([]);
    }
    groups.at(-1).push(field);
  }
  return groups.map(group => element('tbody', { role: 'rowgroup' }, ...group.map(field => row(field))));
}

async function start() {
  const index = await load('index').catch(() => null);
  byId('retention').textContent =
    index?.retentionDays == null
      ? 'until it is deleted: this service sets no end'
      : `for ${several(index.retentionDays, 'day')} after it arrived; then its whole day is deleted`;
  if (index) {
    document.querySelectorAll('.threshold').forEach(place => {
      place.textContent = String(index.threshold);
    });
  }
  try {
    const all = await fields();
    byId('fields').append(...bodies(all));
    byId('field-count').textContent =
      `${all.filter(field => field.type !== 'RECORD').length} fields, and nothing else.`;
  } catch {
    byId('field-count').textContent = 'The list of fields cannot be loaded just now. Please try again.';
  }
}

start();
