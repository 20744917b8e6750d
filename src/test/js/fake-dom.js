// The few parts of a browser that drawing needs, for tests of what is drawn.

/** An element with what was set on it. Text is measured as 7 pixels per character. */
class FakeElement {
  children = [];
  attributes = {};
  style = {};
  classList = { remove() {}, toggle() {} };

  constructor(name) {
    this.name = name;
  }

  setAttribute(key, value) {
    this.attributes[key] = String(value);
  }

  append(...children) {
    this.children.push(...children);
  }

  replaceChildren(...children) {
    this.children = children;
  }

  addEventListener() {}

  getContext() {
    return { measureText: text => ({ width: text.length * 7 }) };
  }

  /** All elements of that name inside. */
  all(name) {
    return this.children
      .filter(child => child instanceof FakeElement)
      .flatMap(child => [...(child.name === name ? [child] : []), ...child.all(name)]);
  }

  get text() {
    return this.children.map(child => (child instanceof FakeElement ? child.text : String(child))).join('');
  }
}

/** Makes the document of the tests available to the code that draws. */
export function installFakeDom() {
  globalThis.document = {
    body: null,
    createElement: name => new FakeElement(name),
    createElementNS: (_, name) => new FakeElement(name),
  };
  globalThis.getComputedStyle = () => ({ fontFamily: 'sans-serif' });
  globalThis.ResizeObserver = class {
    observe() {}
  };
}

/** A box that is that wide, in which a plot can be drawn. */
export function fakeBox(width) {
  const box = new FakeElement('div');
  box.clientWidth = width;
  return box;
}
