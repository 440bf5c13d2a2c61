import { el } from './dom.js';
import { network, number, percent, recipe, time } from './words.js';

/** A row of the table of networks. */
export function modelRow(model, compared, { serve, compare }) {
  const name = `#${model.version}`;
  const download = (file, text) => el('a', { href: `/models/${model.id}/${file}`, download: true, 'aria-label': `Download ${name} as ${text}` }, text);
  const pick = el('input', { type: 'checkbox', id: `compare-${model.version}`, 'aria-label': `Compare ${name}`, change: event => compare(model.id, event.target.checked) });
  pick.checked = compared;
  return el('tr', { class: model.active ? 'active' : null, 'data-version': model.version },
    el('th', { scope: 'row' }, `${name} ${network(model.options)}`, el('small', {}, recipe(model.options))),
    el('td', { class: 'number' }, percent(model.testAccuracy)),
    el('td', { class: 'number' }, number(model.parameters)),
    el('td', {}, time(model.createdAt)),
    el('td', {}, el('label', { class: 'pick' }, pick)),
    el('td', {}, model.active
      ? el('span', { class: 'badge' }, model.pinned ? 'Chosen' : 'Serves')
      : el('button', { type: 'button', id: `serve-${model.version}`, 'aria-label': `Let it serve: ${name}`, click: () => serve(model.id) }, 'Let it serve')),
    el('td', {}, el('div', { class: 'downloads' }, download('weights.safetensors', 'safetensors'), download('model.onnx', 'ONNX'))));
}
