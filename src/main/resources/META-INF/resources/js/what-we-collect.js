// Lists all fields that are collected, from the schema that the table is created from.
import { load } from './data.js';
import { byId, element } from './dom.js';
import { plural } from './format.js';

async function loadFields() {
  const response = await fetch('/events.schema.json');
  if (!response.ok) {
    throw new Error(`/events.schema.json: ${response.status}`);
  }
  return flatten(await response.json(), '');
}

/** All columns, including the nested ones, with their full names. */
const flatten = (columns, prefix) =>
  columns.flatMap(column => [
    { ...column, path: prefix + column.name },
    ...flatten(column.fields ?? [], `${prefix}${column.name}.`),
  ]);

/** Splits a description into the field's meaning and its purpose, which starts with "Kept". */
function meaningAndPurpose(description) {
  const purpose = description.search(/\bKept (to|because) /);
  return purpose < 0 ? [description, ''] : [description.slice(0, purpose).trim(), description.slice(purpose)];
}

/** Identifiers and hashes are used to count and deduplicate, but nothing is published about a single one. */
const isIdentifier = ({ description }) => /SHA-256|UUID/.test(description);

/** Roles are explicit, because narrow screens show cells as blocks, which removes the table's implicit roles. */
function row(field) {
  const [meaning, purpose] = meaningAndPurpose(field.description);
  const name = element('code', {}, ...breakable(field.path));
  if (field.type === 'RECORD') {
    return element(
      'tr',
      { role: 'row', class: 'record' },
      element(
        'th',
        { role: 'rowheader', scope: 'rowgroup', colspan: '4' },
        name,
        element('span', { class: 'record-meaning' }, meaning),
      ),
    );
  }
  const access = isIdentifier(field)
    ? 'Owners only; never public'
    : 'Owners; data readers, reduced; publicly only as aggregate counts';
  return element(
    'tr',
    { role: 'row' },
    element('th', { role: 'rowheader', scope: 'row' }, name, element('span', { class: 'hint' }, typeOf(field))),
    element('td', { role: 'cell' }, meaning),
    element('td', { role: 'cell' }, purpose),
    element('td', { role: 'cell' }, access),
  );
}

/** A long name, which can wrap after a dot. */
const breakable = path => path.split(/(?<=\.)/).flatMap((part, i) => (i === 0 ? [part] : [element('wbr'), part]));

const typeOf = ({ type, mode }) => `${type.toLowerCase()}${mode === 'NULLABLE' ? ', optional' : ''}`;

/** Table bodies, each with the fields of one record. */
function tableBodies(fields) {
  const groups = [];
  for (const field of fields) {
    if (field.type === 'RECORD' || groups.length === 0) {
      groups.push([]);
    }
    groups.at(-1).push(field);
  }
  return groups.map(group => element('tbody', { role: 'rowgroup' }, ...group.map(field => row(field))));
}

function retention(index) {
  if (index == null) {
    return '… (the retention limit could not be loaded)';
  }
  return index.retentionDays == null
    ? 'indefinitely; no retention limit is set'
    : `for ${plural(index.retentionDays, 'day')} after arrival; then all events of that day are deleted`;
}

/** A link to an e-mail address or a web page. */
const contactLink = contact =>
  element('a', { href: contact.startsWith('https://') ? contact : `mailto:${contact}` }, contact);

async function start() {
  const index = await load('index').catch(() => null);
  byId('retention').textContent = retention(index);
  if (index) {
    if (index.contact) {
      byId('contact').replaceChildren(contactLink(index.contact));
    }
    document.querySelectorAll('.threshold').forEach(place => {
      place.textContent = String(index.threshold);
    });
  }
  try {
    const fields = await loadFields();
    byId('fields').append(...tableBodies(fields));
    byId('field-count').textContent =
      `${fields.filter(field => field.type !== 'RECORD').length} fields are stored per event, and nothing else.`;
  } catch {
    byId('field-count').textContent = 'The list of fields could not be loaded. Please reload the page.';
  }
}

start();
