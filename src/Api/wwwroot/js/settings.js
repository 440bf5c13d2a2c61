import { byId, el } from './dom.js';

const networks = { '': 'as the recipe', lstm: 'LSTM', gru: 'GRU', rnn: 'plain RNN', fnn: 'feed-forward' };
const readings = { '': 'as the recipe', rows: 'rows', rowsAndColumns: 'rows and columns' };
const yesOrNo = { '': 'as the recipe', true: 'yes', false: 'no' };

const fields = [
  { name: 'network', label: 'Network', options: networks },
  { name: 'hiddenSize', label: 'Hidden units' },
  { name: 'layers', label: 'Layers' },
  { name: 'bidirectional', label: 'Two-way', options: yesOrNo },
  { name: 'reading', label: 'Reads', options: readings },
  { name: 'epochs', label: 'Epochs' },
  { name: 'trainingImages', label: 'Images' },
  { name: 'batchSize', label: 'Batch' },
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

/** What was filled in, as the service takes it; what is no number is sent as it is, for the service says best what is wrong with it. */
export function readSettings(form) {
  const filled = fields.map(({ name }) => [name, form.elements[name].value.trim()]).filter(([, text]) => text !== '');
  return Object.fromEntries(filled.map(([name, text]) => [name, parse(text)]));
}

/** Shows each fault beside its field; returns what belongs to no field. */
export function showFaults(form, errors) {
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
  return Object.entries(errors).filter(([name]) => !fields.some(field => field.name === name)).flatMap(([, faults]) => faults);
}

function parse(text) {
  const value = { true: true, false: false }[text] ?? Number(text);
  return Number.isNaN(value) ? text : value;
}
