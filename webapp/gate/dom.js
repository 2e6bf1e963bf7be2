// Changes a page in place: what has not changed is not touched, so focus, selection and screen readers stay where they are.

/** An element; children are texts or elements. Text of strangers comes in here and nowhere else, and is never markup. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    set(made, key, value);
  }
  made.append(...children);
  return made;
}

/** An attribute; null or false takes it away. */
export function set(target, name, value) {
  const text = value === true ? '' : value;
  if (value === null || value === undefined || value === false) {
    target.removeAttribute(name);
  } else if (target.getAttribute(name) !== String(text)) {
    target.setAttribute(name, text);
  }
}

/** The text of an element. */
export function text(target, value) {
  const wanted = String(value ?? '');
  if (target.textContent !== wanted) {
    target.textContent = wanted;
  }
}

/**
 * The rows of a table, one for each value.
 *
 * @param key what tells values apart
 * @param make makes a row's cells, by name
 * @param fill puts a value into them
 */
export class Rows {
  #body;
  #make;
  #fill;
  #rows = new Map();

  constructor(table, make, fill) {
    this.#body = table.tBodies[0];
    this.#make = make;
    this.#fill = fill;
  }

  show(values, key) {
    const left = new Map(this.#rows);
    let before = null;
    for (const value of values) {
      const id = key(value);
      let row = left.get(id);
      left.delete(id);
      if (!row) {
        const cells = this.#make(value);
        row = { cells, element: element('tr', { role: 'row' }, ...Object.values(cells)) };
        this.#rows.set(id, row);
      }
      this.#fill(row.cells, value);
      const place = before ? before.nextElementSibling : this.#body.firstElementChild;
      if (place !== row.element) {
        this.#body.insertBefore(row.element, place);
      }
      before = row.element;
    }
    for (const [id, row] of left) {
      this.#rows.delete(id);
      row.element.remove();
    }
  }
}

/** A cell; its name stands before it where the table has no room for a head. */
export const cell = (name, className, ...children) =>
  element('td', { role: 'cell', 'data-name': name || null, class: className || null }, ...children);
