import { el } from './dom.js';

const DIGITS = [...Array(10).keys()];

/** A confusion matrix as a heat map: how many test digits (row) were read as which digit (column). Calls back with the cell that is chosen. */
export function confusionTable(model, title, pick) {
  const mistakes = model.confusionMatrix.flatMap((row, actual) => row.filter((_, predicted) => predicted !== actual));
  const most = Math.max(1, ...mistakes);
  return el('table', { class: 'matrix' },
    el('caption', {}, 'Row: what it is. Column: what it was read as. Choose a mistake to see it.'),
    el('thead', {}, el('tr', {}, el('td', {}), DIGITS.map(digit => el('th', { scope: 'col' }, String(digit))))),
    el('tbody', {}, model.confusionMatrix.map((row, actual) => el('tr', {},
      el('th', { scope: 'row' }, String(actual)),
      row.map((count, predicted) => cell(count, actual, predicted, most, title, pick))))));
}

function cell(count, actual, predicted, most, title, pick) {
  if (actual === predicted) {
    return el('td', { class: 'right' }, String(count));
  }
  if (count === 0) {
    return el('td', {});
  }
  const button = el('button', {
    type: 'button',
    'aria-pressed': 'false',
    'aria-label': `${title}: ${actual} read as ${predicted}, ${count} ${count === 1 ? 'time' : 'times'}`,
    'data-cell': `${actual}-${predicted}`,
    click: () => pick(actual, predicted, button),
  }, String(count));
  button.style.setProperty('--heat', Math.sqrt(count / most));
  return el('td', {}, button);
}
