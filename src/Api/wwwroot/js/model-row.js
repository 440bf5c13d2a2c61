import { el } from './dom.js';
import { dateTime, networkName, number, percent, trainingName } from './format.js';

/** A row of the table of models. */
export function modelRow(model, compared, { activate, compare }) {
  const name = `#${model.version}`;
  const download = (file, text) => el('a', { href: `/models/${model.id}/${file}`, download: true, 'aria-label': `Download ${name} as ${text}` }, text);
  const select = el('input', { type: 'checkbox', id: `compare-${model.version}`, 'aria-label': `Compare ${name}`, change: event => compare(model.id, event.target.checked) });
  select.checked = compared;
  return el('tr', { class: model.active ? 'active' : null, 'data-version': model.version },
    el('th', { scope: 'row' }, `${name} ${networkName(model.options)}`, el('small', {}, trainingName(model.options))),
    el('td', { class: 'number' }, percent(model.testAccuracy)),
    el('td', { class: 'number' }, number(model.parameters)),
    el('td', {}, dateTime(model.createdAt)),
    el('td', {}, el('label', { class: 'select' }, select)),
    el('td', {}, model.active
      ? el('span', { class: 'badge' }, model.pinned ? 'Pinned' : 'Active')
      : el('button', { type: 'button', id: `activate-${model.version}`, 'aria-label': `Activate ${name}`, click: () => activate(model.id) }, 'Activate')),
    el('td', {}, el('div', { class: 'downloads' }, download('weights.safetensors', 'safetensors'), download('model.onnx', 'ONNX'))));
}
