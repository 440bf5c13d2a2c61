import { call, get } from './api.js';
import { showComparison } from './compare.js';
import { whenReconnected } from './connection.js';
import { byId, setText } from './dom.js';
import { networkName, percent } from './format.js';
import { modelRow } from './model-row.js';

const MAX_COMPARED = 2;
const PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 100;
let models = [];
let compared = [];
let changed = () => {};

/** Shows the models; calls back when another model becomes active. */
export function showModels(activeChanged) {
  changed = activeChanged;
  return refreshModels();
}

/** Reloads as many models as are shown. */
export async function refreshModels() {
  const before = active()?.id;
  const pages = Math.max(1, Math.ceil(models.length / PAGE_SIZE));
  const { data, hasMore } = await get(`/models?limit=${Math.min(MAX_PAGE_SIZE, pages * PAGE_SIZE)}`);
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
  const { data, hasMore } = await get(`/models?limit=${PAGE_SIZE}&after=${models.at(-1).id}`);
  models = [...models, ...data];
  byId('more-models').hidden = !hasMore;
  redraw();
}

const active = () => models.find(model => model.active);

/** The newest model older than the active one. */
const previous = () => models.find(model => model.version < (active()?.version ?? 0));

async function activate(id) {
  await call('PUT', '/models/active', { json: { id } });
  await refreshModels();
}

function compare(id, selected) {
  compared = selected ? [...compared, id].slice(-MAX_COMPARED) : compared.filter(other => other !== id);
  redraw();
}

function redraw() {
  const focused = document.activeElement?.id;
  const actions = { activate: id => showErrors(activate(id)), compare };
  document.querySelector('#model-table tbody').replaceChildren(...models.map(model => modelRow(model, compared.includes(model.id), actions)));
  if (focused && document.activeElement === document.body) {
    byId(focused)?.focus();
  }
  byId('model-table').hidden = models.length === 0;
  setText(byId('serving'), activeModelText());
  byId('roll-back').hidden = !previous();
  setText(byId('roll-back'), `Roll back to #${previous()?.version}`);
  byId('follow').hidden = !active()?.pinned;
  showComparison(compared.map(id => models.find(model => model.id === id)).filter(Boolean));
}

function activeModelText() {
  const model = active();
  if (!model) {
    return 'No models yet. Train one above; it becomes active when training finishes.';
  }
  const reason = model.pinned ? 'pinned' : 'latest';
  return `Active model: #${model.version} (${reason}), ${networkName(model.options)}, ${percent(model.testAccuracy)} test accuracy`;
}

async function showErrors(action) {
  setText(byId('models-message'), '');
  await action.catch(error => setText(byId('models-message'), error.message));
}

byId('roll-back').addEventListener('click', () => showErrors(activate(previous().id)));
byId('follow').addEventListener('click', () => showErrors(activate('latest')));
byId('more-models').addEventListener('click', () => showErrors(loadMore()));
whenReconnected(() => showErrors(refreshModels()));
