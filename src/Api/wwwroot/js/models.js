import { call, get, ignoreNotFound } from './api.js';
import { showComparison } from './compare.js';
import { whenReconnected } from './connection.js';
import { byId, setText } from './dom.js';
import { networkName, percent } from './format.js';
import { modelRow } from './model-row.js';
import { PagedList, connectOlderButton } from './paged-list.js';

const MAX_COMPARED = 2;
const list = new PagedList('/models');
const models = new Map();
let active = null;

/** The newest model older than the active one. */
let previous = null;
let compared = [];
let changed = () => {};
let latestRefresh = 0;

/** Shows the models; calls back when another model becomes active. */
export function showModels(activeChanged) {
  changed = activeChanged;
  return refreshModels();
}

/** Reloads the newest models and the active one. */
export async function refreshModels() {
  const refresh = ++latestRefresh;
  const newest = await list.refresh();
  newest.forEach(model => models.set(model.id, model));
  const nowActive = newest.find(model => model.active) ?? (newest.length > 0 ? await getActive() : null);
  const nowPrevious = nowActive && await findPrevious(nowActive);
  if (refresh === latestRefresh) {
    setActive(nowActive, nowPrevious);
  }
}

function setActive(nowActive, nowPrevious) {
  const before = active?.id;
  [active, previous] = [nowActive, nowPrevious];
  if (active) {
    models.set(active.id, active);
  }
  if (compared.length === 0 || (compared.length === 1 && compared[0] === before)) {
    compared = active ? [active.id] : [];
  }
  redraw();
  if (before !== active?.id) {
    changed();
  }
}

/** The active model, which may be older than the loaded pages; null if all models are damaged. */
const getActive = () => get('/models/active').catch(ignoreNotFound);

async function findPrevious({ id }) {
  const next = list.ids[list.ids.indexOf(id) + 1];
  if (list.ids.includes(id) && (next || !list.hasMore)) {
    return models.get(next) ?? null;
  }
  return (await get(`/models?limit=1&after=${id}`)).data[0] ?? null;
}

async function loadOlder() {
  (await list.loadOlder()).forEach(model => models.set(model.id, model));
  redraw();
}

async function activate(id) {
  await call('PUT', '/models/active', { json: { id } });
  await refreshModels();
}

function compare(id, selected) {
  compared = selected ? [...compared, id].slice(-MAX_COMPARED) : compared.filter(other => other !== id);
  redraw();
}

/** The models of the loaded pages and the active one, newest first. */
function shownModels() {
  const ids = new Set([...list.ids, ...active ? [active.id] : []]);
  return [...ids].map(id => models.get(id)).sort((a, b) => b.version - a.version);
}

function redraw() {
  const focused = document.activeElement?.id;
  const actions = { activate: id => showErrors(activate(id)), compare };
  const rows = shownModels().map(model => modelRow({ ...model, active: model.id === active?.id, pinned: model.id === active?.id && active.pinned }, compared.includes(model.id), actions));
  document.querySelector('#model-table tbody').replaceChildren(...rows);
  if (focused && document.activeElement === document.body) {
    byId(focused)?.focus();
  }
  byId('model-table').hidden = rows.length === 0;
  byId('more-models').hidden = !list.hasMore;
  setText(byId('serving'), rows.length === 0 ? 'No models yet. Train one above; it becomes active when training finishes.' : activeModelText());
  byId('roll-back').hidden = !previous;
  setText(byId('roll-back'), `Roll back to #${previous?.version}`);
  byId('follow').hidden = !active?.pinned;
  showComparison(compared.map(id => models.get(id)).filter(Boolean));
}

function activeModelText() {
  if (!active) {
    return 'No model is active. Activate one of these models.';
  }
  const reason = active.pinned ? 'pinned' : 'latest';
  return `Active model: #${active.version} (${reason}), ${networkName(active.options)}, ${percent(active.testAccuracy)} test accuracy`;
}

async function showErrors(action) {
  setText(byId('models-message'), '');
  await action.catch(error => setText(byId('models-message'), error.message));
}

byId('roll-back').addEventListener('click', () => showErrors(activate(previous.id)));
byId('follow').addEventListener('click', () => showErrors(activate('latest')));
connectOlderButton(byId('more-models'), list, byId('model-scroll'), () => showErrors(loadOlder()));
whenReconnected(() => showErrors(refreshModels()));
