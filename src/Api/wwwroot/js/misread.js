import { get } from './api.js';
import { byId, el } from './dom.js';
import { drawPixels } from './pixels.js';
import { number, percent } from './words.js';

const LIMIT = 24;
let asked = 0;

/** Shows test digits that a network took for another. */
export async function showMisread(model, actual, predicted) {
  const ask = ++asked;
  const box = byId('misread');
  const title = `Each is a ${actual}, and #${model.version} read a ${predicted}`;
  box.replaceChildren(el('h3', {}, title), el('p', { class: 'empty', role: 'status' }, 'Looking for them…'));
  try {
    const page = await get(`/models/${model.id}/misread?actual=${actual}&predicted=${predicted}&limit=${LIMIT}`);
    if (ask === asked) {
      box.replaceChildren(el('h3', {}, title), el('ul', {}, page.data.map(item)), page.hasMore ? el('p', { class: 'help' }, `The first ${LIMIT} are shown.`) : '');
    }
  } catch (fault) {
    if (ask === asked) {
      box.replaceChildren(el('h3', {}, title), el('p', { class: 'message', role: 'alert' }, fault.message));
    }
  }
}

/** Shows what this place is for. */
export function clearMisread() {
  asked++;
  byId('misread').replaceChildren(el('h3', {}, 'Misread digits'), el('p', { class: 'empty' }, 'Choose a mistake in the table to see the digits behind it.'));
}

function item({ index, actual, predicted, confidence, pixels }) {
  const canvas = el('canvas', { width: 28, height: 28, role: 'img', 'aria-label': `Test image ${index}: a ${actual} that was read as a ${predicted}` });
  drawPixels(canvas, pixels);
  return el('li', {}, canvas, el('span', {}, el('b', {}, percent(confidence, 0)), ` sure, image ${number(index)}`));
}
