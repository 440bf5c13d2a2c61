import { el } from './dom.js';

const DIGITS = [...Array(10).keys()];

/** A confusion matrix as a heat map: rows are labels, columns are predictions. Calls `select` when a cell with errors is selected. */
export function confusionMatrix(model, title, select) {
  const errors = model.confusionMatrix.flatMap((row, actual) => row.filter((_, predicted) => predicted !== actual));
  const most = Math.max(1, ...errors);
  return el('table', { class: 'matrix' },
    el('caption', {}, 'Rows: label. Columns: prediction. Select an error to see its images.'),
    el('thead', {}, el('tr', {}, el('td', {}), DIGITS.map(digit => el('th', { scope: 'col' }, String(digit))))),
    el('tbody', {}, model.confusionMatrix.map((row, actual) => el('tr', {},
      el('th', { scope: 'row' }, String(actual)),
      row.map((count, predicted) => cell(count, actual, predicted, most, title, select))))));
}

function cell(count, actual, predicted, most, title, select) {
  if (actual === predicted) {
    return el('td', { class: 'correct' }, String(count));
  }
  if (count === 0) {
    return el('td', {});
  }
  const button = el('button', {
    type: 'button',
    'aria-pressed': 'false',
    'aria-label': `${title}: ${actual} classified as ${predicted}, ${count} ${count === 1 ? 'time' : 'times'}`,
    'data-cell': `${actual}-${predicted}`,
    click: () => select(actual, predicted, button),
  }, String(count));
  button.style.setProperty('--heat', Math.sqrt(count / most));
  return el('td', {}, button);
}
