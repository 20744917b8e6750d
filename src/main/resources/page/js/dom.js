// Creates elements without innerHTML, because labels are free text from strangers.

/**
 * Creates an element. Attributes that are null, undefined or false are omitted; functions become listeners for the event
 * of that name. Children are elements or text; null, undefined and false are skipped.
 */
export const element = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children);

/** Creates an element of SVG, as element() does of HTML. */
export const svgElement = (name, attributes = {}, ...children) =>
  fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);

function fill(created, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      created.addEventListener(key, value);
    } else if (value != null && value !== false) {
      created.setAttribute(key, value === true ? '' : value);
    }
  }
  created.append(...children.filter(child => child != null && child !== false));
  return created;
}

/**
 * A table that scrolls inside its place if it is too wide. Readers can reach it by keyboard.
 *
 * @param headings cells of the row of headings
 * @param name of the region, if it differs from the caption
 */
export const scrollableTable = (caption, headings, rows, name = caption) =>
  element(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': name },
    element(
      'table',
      {},
      element('caption', {}, caption),
      element('thead', {}, element('tr', {}, ...headings)),
      element('tbody', {}, ...rows),
    ),
  );

/** A label whose writing direction does not affect the text around it. */
export const isolated = text => element('bdi', {}, text);

export const byId = id => document.getElementById(id);
