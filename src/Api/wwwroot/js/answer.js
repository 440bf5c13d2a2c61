import { byId, el, setText } from './dom.js';
import { percent, sureness } from './words.js';

const DIGITS = [...Array(10).keys()];
const bars = DIGITS.map(digit => {
  const fill = el('span', { class: 'fill' });
  const share = el('span', { class: 'share' }, '–');
  const row = el('li', {}, el('b', {}, String(digit)), el('span', { class: 'track', 'aria-hidden': 'true' }, fill), share);
  return { row, fill, share };
});
byId('bars').append(...bars.map(bar => bar.row));

/** The ten bars; null for nothing. */
export function showBelief(probabilities) {
  const first = probabilities && probabilities.indexOf(Math.max(...probabilities));
  bars.forEach((bar, digit) => {
    bar.fill.style.setProperty('--share', probabilities?.[digit] ?? 0);
    bar.row.classList.toggle('first', digit === first);
    setText(bar.share, probabilities ? percent(probabilities[digit], 1) : '–');
  });
}

export function showAnswer({ digit, confidence, model }) {
  show(String(digit), `${sureness(confidence)} sure`, `says network #${model.version}`);
}

/** Says in words why there is no answer. */
export function showMessage(text) {
  show('?', text, '');
  showBelief(null);
}

/** For screen readers: only what has settled, so that they are not talked over while one draws. */
export const speak = text => setText(byId('spoken'), text);

function show(digit, verdict, signature) {
  byId('digit').classList.toggle('unknown', digit === '?');
  setText(byId('digit'), digit);
  setText(byId('verdict'), verdict);
  setText(byId('signature'), signature);
}
