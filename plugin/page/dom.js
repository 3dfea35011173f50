/** Building the page. Text goes in as text only: nothing that a chart or a server says is ever read as markup. */

/** An element. Attributes that are null, undefined or false are left out; true stands alone. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

export function button(label, act, attributes = {}) {
  const element = el("button", {type: "button", ...attributes}, label);
  element.addEventListener("click", act);
  return element;
}

export const list = (items, attributes = {}) => el("ul", attributes, items.map(item => el("li", {}, item)));

/** What can be folded away. Stays as the reader left it when it is built anew under the same key. */
export function folded(key, summary, ...children) {
  const was = document.querySelector(`details[data-key="${CSS.escape(key)}"]`);
  return el("details", {"data-key": key, open: was?.open}, el("summary", {}, summary), ...children);
}

/** A region of the page with its heading. */
export function section(id, heading, ...children) {
  return el("section", {id, "aria-labelledby": `${id}-heading`},
            el("h2", {id: `${id}-heading`, tabindex: "-1"}, heading), ...children);
}
