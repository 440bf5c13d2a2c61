import { get } from './api.js';
import { byId, el } from './dom.js';
import { drawPixels } from './pixels.js';
import { number, percent } from './words.js';

const LIMIT = 24;
const box = byId('misread');
let asked = 0;
let later = null;

/** Shows test digits that a network took for another. */
export const showMisread = (model, actual, predicted) =>
  show(model, `Each is a ${actual}, and #${model.version} read a ${predicted}`, `actual=${actual}&predicted=${predicted}`);

/** Shows some of all that a network misread, once somebody looks here: to find them the network must read all test digits. */
export function showSomeMisread(model) {
  asked++;
  box.replaceChildren(el('h3', {}, 'Misread digits'), el('p', { class: 'empty' }, 'Choose a mistake in the table to see the digits behind it.'));
  later = () => show(model, `Some that #${model.version} misread`, '');
  sight.unobserve(box);
  sight.observe(box);
}

const sight = new IntersectionObserver(entries => {
  if (entries.some(entry => entry.isIntersecting)) {
    later?.();
  }
});

async function show(model, title, query) {
  const ask = ++asked;
  later = null;
  box.replaceChildren(el('h3', {}, title), el('p', { class: 'empty', role: 'status' }, 'Looking for them…'));
  const content = await list(model, query);
  if (ask === asked) {
    box.replaceChildren(el('h3', {}, title), ...content);
  }
}

async function list(model, query) {
  try {
    const { data, hasMore } = await get(`/models/${model.id}/misread?${query}&limit=${LIMIT}`);
    return [el('ul', {}, data.map(item)), hasMore ? el('p', { class: 'help' }, `The first ${LIMIT} are shown.`) : ''];
  } catch (fault) {
    return [el('p', { class: 'message', role: 'alert' }, fault.message)];
  }
}

function item({ index, actual, predicted, confidence, pixels }) {
  const canvas = el('canvas', { width: 28, height: 28, role: 'img', 'aria-label': `Test image ${index}: a ${actual} that was read as a ${predicted}` });
  drawPixels(canvas, pixels);
  return el('li', {}, canvas, el('span', {}, el('b', {}, `${actual} read as ${predicted}`), ` ${percent(confidence, 0)} sure, image ${number(index)}`));
}
