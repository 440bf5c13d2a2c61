import { call, get } from './api.js';
import { showComparison } from './compare.js';
import { whenBack } from './connection.js';
import { byId, setText } from './dom.js';
import { modelRow } from './model-row.js';
import { network, percent } from './words.js';

const MAX_COMPARED = 2;
let models = [];
let compared = [];
let changed = () => {};

/** Shows the networks; calls back when another one answers. */
export function showModels(servingChanged) {
  changed = servingChanged;
  return refreshModels();
}

/** Reads the list anew, as long as it has been unfolded to. */
export async function refreshModels() {
  const before = active()?.id;
  const pages = Math.max(1, Math.ceil(models.length / 20));
  const { data, hasMore } = await get(`/models?limit=${Math.min(100, pages * 20)}`);
  models = data;
  byId('more-models').hidden = !hasMore;
  if (compared.length === 0 || (compared.length === 1 && compared[0] === before)) {
    compared = active() ? [active().id] : [];
  }
  redraw();
  if (before !== active()?.id) {
    changed();
  }
}

async function loadMore() {
  const { data, hasMore } = await get(`/models?limit=20&after=${models.at(-1).id}`);
  models = [...models, ...data];
  byId('more-models').hidden = !hasMore;
  redraw();
}

const active = () => models.find(model => model.active);

/** The network that answered before the one that does now. */
const previous = () => models.find(model => model.version < (active()?.version ?? 0));

async function serve(id) {
  await call('PUT', '/models/active', { json: { id } });
  await refreshModels();
}

function compare(id, chosen) {
  compared = chosen ? [...compared, id].slice(-MAX_COMPARED) : compared.filter(other => other !== id);
  redraw();
}

function redraw() {
  const focused = document.activeElement?.id;
  const actions = { serve: id => tried(serve(id)), compare };
  document.querySelector('#model-table tbody').replaceChildren(...models.map(model => modelRow(model, compared.includes(model.id), actions)));
  if (focused && document.activeElement === document.body) {
    byId(focused)?.focus();
  }
  byId('model-table').hidden = models.length === 0;
  setText(byId('serving'), servingInWords());
  byId('roll-back').hidden = !previous();
  setText(byId('roll-back'), `Roll back to #${previous()?.version}`);
  byId('follow').hidden = !active()?.pinned;
  showComparison(compared.map(id => models.find(model => model.id === id)).filter(Boolean));
}

function servingInWords() {
  const model = active();
  if (!model) {
    return 'No network has been trained yet. Train one above; it answers as soon as it is done.';
  }
  const why = model.pinned ? 'because it was chosen' : 'because it is the latest';
  return `#${model.version} answers, ${why}: ${network(model.options)}, ${percent(model.testAccuracy)} of the test digits right.`;
}

async function tried(action) {
  setText(byId('models-message'), '');
  await action.catch(fault => setText(byId('models-message'), fault.message));
}

byId('roll-back').addEventListener('click', () => tried(serve(previous().id)));
byId('follow').addEventListener('click', () => tried(serve('latest')));
byId('more-models').addEventListener('click', () => tried(loadMore()));
whenBack(() => tried(refreshModels()));
