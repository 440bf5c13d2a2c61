import { byId, el, setText } from './dom.js';
import { percent, verdict } from './format.js';

const DIGITS = [...Array(10).keys()];
const bars = DIGITS.map(digit => {
  const fill = el('span', { class: 'fill' });
  const share = el('span', { class: 'share' }, '–');
  const row = el('li', {}, el('b', {}, String(digit)), el('span', { class: 'track', 'aria-hidden': 'true' }, fill), share);
  return { row, fill, share };
});
byId('bars').append(...bars.map(bar => bar.row));

/** Shows one bar per digit; null clears them. */
export function showProbabilities(probabilities) {
  const first = probabilities && probabilities.indexOf(Math.max(...probabilities));
  bars.forEach((bar, digit) => {
    bar.fill.style.setProperty('--share', probabilities?.[digit] ?? 0);
    bar.row.classList.toggle('first', digit === first);
    setText(bar.share, probabilities ? percent(probabilities[digit], 1) : '–');
  });
}

/** Shows the number that the digits form. */
export function showPrediction({ number, digits, model }) {
  const worst = digits.find(digit => digit.isDigit === false) ?? digits.reduce((least, digit) => digit.confidence < least.confidence ? digit : least);
  show(number, digits.length === 1 ? verdict(worst) : `${digits.length} digits. Least certain: ${worst.digit}. ${verdict(worst)}`, `model #${model.version}`);
}

/** Shows why there is no prediction. */
export function showMessage(text) {
  show('?', text, '');
  showProbabilities(null);
}

/** Announces a text to screen readers. Called only when a stroke is complete, so that drawing is not interrupted. */
export const announce = text => setText(byId('spoken'), text);

function show(digit, text, signature) {
  byId('digit').classList.toggle('unknown', digit === '?');
  byId('digit').classList.toggle('several', digit.length > 1);
  byId('digit').style.setProperty('--length', digit.length);
  setText(byId('digit'), digit);
  setText(byId('verdict'), text);
  setText(byId('signature'), signature);
}
