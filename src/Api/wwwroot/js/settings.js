import { byId, el } from './dom.js';

const networks = { '': 'from preset', lstm: 'LSTM', gru: 'GRU', rnn: 'RNN', fnn: 'feed-forward' };
const readings = { '': 'from preset', rows: 'rows', rowsAndColumns: 'rows and columns', rowsOrColumns: 'rows or columns' };
const yesOrNo = { '': 'from preset', true: 'yes', false: 'no' };

const fields = [
  { name: 'network', label: 'Network', options: networks },
  { name: 'hiddenSize', label: 'Hidden size' },
  { name: 'layers', label: 'Layers' },
  { name: 'bidirectional', label: 'Bidirectional', options: yesOrNo },
  { name: 'reading', label: 'Reading', options: readings },
  { name: 'members', label: 'Members' },
  { name: 'epochs', label: 'Epochs' },
  { name: 'trainingImages', label: 'Training images' },
  { name: 'batchSize', label: 'Batch size' },
  { name: 'learningRate', label: 'Learning rate' },
  { name: 'seed', label: 'Seed' },
];

byId('settings').append(...fields.map(({ name, label, options }) => {
  const attributes = { id: `set-${name}`, name, 'aria-describedby': `fault-${name}` };
  const control = options
    ? el('select', attributes, Object.entries(options).map(([value, text]) => el('option', { value }, text)))
    : el('input', { ...attributes, type: 'text', inputmode: 'decimal', autocomplete: 'off' });
  return el('div', { class: 'field' }, el('label', { for: `set-${name}` }, label), control, el('p', { id: `fault-${name}`, class: 'fault' }));
}));

/** The settings that were filled in. Text that is not a number is sent unchanged, and the service explains the error. */
export function readSettings(form) {
  const filled = fields.map(({ name }) => [name, form.elements[name].value.trim()]).filter(([, text]) => text !== '');
  return Object.fromEntries(filled.map(([name, text]) => [name, parse(text)]));
}

/** Shows validation errors next to their fields; returns those that belong to no field. */
export function showErrors(form, errors) {
  for (const { name } of fields) {
    byId(`fault-${name}`).textContent = (errors[name] ?? []).join(' ');
    form.elements[name].toggleAttribute('aria-invalid', false);
    if (errors[name]) {
      form.elements[name].setAttribute('aria-invalid', 'true');
    }
  }
  const first = form.querySelector('[aria-invalid=true]');
  if (first) {
    first.closest('details').open = true;
    first.focus();
  }
  return Object.entries(errors).filter(([name]) => !fields.some(field => field.name === name)).flatMap(([, messages]) => messages);
}

function parse(text) {
  const value = { true: true, false: false }[text] ?? Number(text);
  return Number.isNaN(value) ? text : value;
}
