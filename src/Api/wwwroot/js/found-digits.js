import { byId, el } from './dom.js';
import { verdict } from './format.js';

const boxes = byId('boxes');
const choices = byId('digits');

/** Shows a box around each digit on the pad, and, for several, a button for each. `select` is called with a digit that is selected. */
export function showDigits(digits, frame, select) {
  const shown = frame.always || digits.length > 1 ? digits : [];
  boxes.replaceChildren(...shown.map(({ box, digit }) => {
    const place = { '--x': frame.x + box.x * frame.scale, '--y': frame.y + box.y * frame.scale, '--width': box.width * frame.scale, '--height': box.height * frame.scale };
    const element = el('li', {}, el('b', {}, String(digit)));
    Object.entries(place).forEach(([name, value]) => element.style.setProperty(name, value));
    return element;
  }));
  choices.replaceChildren(...digits.length < 2 ? [] : digits.map((digit, i) => el('button', {
    type: 'button',
    'aria-label': `Digit ${i + 1}: ${digit.digit}. ${verdict(digit)}`,
    click: () => {
      mark(i);
      select(digit);
    },
  }, String(digit.digit))));
  mark(0);
}

export function clearDigits() {
  boxes.replaceChildren();
  choices.replaceChildren();
}

function mark(selected) {
  [...boxes.children].forEach((box, i) => box.classList.toggle('selected', i === selected));
  [...choices.children].forEach((choice, i) => choice.setAttribute('aria-pressed', i === selected));
}
