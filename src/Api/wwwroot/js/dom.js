export const byId = id => document.getElementById(id);

/** Makes an element: listeners where the value is a function, attributes otherwise; what is false or null is left out. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name, value);
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined));
  return element;
}

/** Writes a text only when it is another one: a screen reader says again whatever is written. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

export const reducedMotion = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
