// Elements without innerHTML: what is shown comes from strangers.

/**
 * A new element. Attributes that are null, undefined or false are left out, functions listen to the event of their
 * name, and children may be elements or text.
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      made.addEventListener(key, value);
    } else if (value != null && value !== false) {
      made.setAttribute(key, value === true ? '' : value);
    }
  }
  made.append(...children.filter(child => child != null));
  return made;
}

/** A label, which may be written in either direction, apart from the text around it. */
export const isolated = text => element('bdi', {}, text);

export const byId = id => document.getElementById(id);
