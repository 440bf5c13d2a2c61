import { get } from './api.js';
import { byId, el } from './dom.js';
import { number, percent } from './format.js';
import { drawPixels } from './pixels.js';

const LIMIT = 24;
const box = byId('misread');
let latestRequest = 0;
let whenVisible = null;

/** Shows the test images of one digit that a model classified as another digit. */
export const showConfused = (model, actual, predicted) =>
  show(model, `Images of ${actual} that model #${model.version} classified as ${predicted}`, `actual=${actual}&predicted=${predicted}`);

/** Shows some misclassified images when the section scrolls into view: the service has to classify all test images to find them. */
export function showSomeMisclassified(model) {
  latestRequest++;
  box.replaceChildren(el('h3', {}, 'Misclassified images'), el('p', { class: 'empty' }, 'Select an error in the confusion matrix to see its images.'));
  whenVisible = () => show(model, `Images that model #${model.version} misclassified`, '');
  observer.unobserve(box);
  observer.observe(box);
}

const observer = new IntersectionObserver(entries => {
  if (entries.some(entry => entry.isIntersecting)) {
    whenVisible?.();
  }
});

async function show(model, title, query) {
  const request = ++latestRequest;
  whenVisible = null;
  box.replaceChildren(el('h3', {}, title), el('p', { class: 'empty', role: 'status' }, 'Loading…'));
  const content = await list(model, query);
  if (request === latestRequest) {
    box.replaceChildren(el('h3', {}, title), ...content);
  }
}

async function list(model, query) {
  try {
    const { data, hasMore } = await get(`/models/${model.id}/misread?${query}&limit=${LIMIT}`);
    return [el('ul', {}, data.map(item)), hasMore ? el('p', { class: 'help' }, `Showing the first ${LIMIT} images.`) : ''];
  } catch (error) {
    return [el('p', { class: 'message', role: 'alert' }, error.message)];
  }
}

function item({ index, actual, predicted, confidence, pixels }) {
  const canvas = el('canvas', { width: 28, height: 28, role: 'img', 'aria-label': `Test image ${index}: a ${actual} classified as ${predicted}` });
  drawPixels(canvas, pixels);
  return el('li', {}, canvas, el('span', {}, el('b', {}, `${actual}, predicted ${predicted}`), ` ${percent(confidence, 0)}, image ${number(index)}`));
}
