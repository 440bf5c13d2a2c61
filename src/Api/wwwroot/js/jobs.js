import { Problem, call, get } from './api.js';
import { whenReconnected } from './connection.js';
import { PagedList } from './paged-list.js';
import { watchJob } from './progress.js';

const NOT_FOUND = 404;
const FINISHED = new Set(['succeeded', 'failed', 'cancelled']);

/** How often to check for jobs that were started elsewhere. */
const POLL_MS = 5000;

/**
 * How many jobs are streamed at once: the running one and the next. Browsers allow six HTTP/1.1 connections per host, shared by all tabs, and
 * the worker trains one job at a time.
 */
const MAX_WATCHED = 2;

const events = new EventTarget();
export const jobList = new PagedList('/jobs');

/** The loaded jobs by id. `epochs` is empty until the job is streamed or its curve is shown; `isComplete` is whether all its epochs are loaded. */
const jobs = new Map();

/** Jobs that were running while they were older than the loaded pages. */
const unlisted = new Set();
const watches = new Map();
const requestedEpochs = new Set();
let isLoaded = false;

/** Orders the states of a job: a response that was requested before another state was received is outdated. */
let clock = 0;

export const isFinished = job => FINISHED.has(job.status);
export const hasEpochs = job => job.bestValidationAccuracy !== null;

/** All loaded jobs, newest first. */
export const allJobs = () => [...jobs.values()].sort((a, b) => b.id.localeCompare(a.id));

/** Calls `changed` when any job changes, and `trained` when jobs have produced models. */
export function whenJobsChange(changed, trained) {
  events.addEventListener('changed', changed);
  events.addEventListener('trained', trained);
}

export async function startJob(request) {
  const job = await call('POST', '/train', { json: request });
  jobList.add(job.id);
  store(job, ++clock);
  changed();
}

export const cancelJob = id => change(id, `/jobs/${id}/cancel`);
export const resumeJob = id => change(id, `/jobs/${id}/resume`);

/** Deletes a finished job. It does not matter if another client was faster. */
export async function deleteJob(id) {
  await call('DELETE', `/jobs/${id}`).catch(ignoreNotFound);
  remove(id);
  changed();
}

async function change(id, path) {
  const asOf = ++clock;
  store(await call('POST', path), asOf);
  changed();
}

/** Reloads the newest jobs and the running ones. */
export async function refreshJobs() {
  const asOf = ++clock;
  const [newest, running] = await Promise.all([jobList.refresh(), get('/jobs?status=running')]);
  const loaded = [...newest, ...running.data.filter(job => !newest.some(other => other.id === job.id))];
  const succeeded = loaded.filter(job => store(job, asOf) && job.status === 'succeeded' && isLoaded);
  running.data.filter(job => !jobList.ids.includes(job.id)).forEach(job => unlisted.add(job.id));
  [...jobs.keys()].filter(id => !jobList.ids.includes(id) && !unlisted.has(id)).forEach(forget);
  requestedEpochs.clear();
  isLoaded = true;
  changed();
  if (succeeded.length > 0) {
    events.dispatchEvent(new Event('trained'));
  }
}

export async function loadOlderJobs() {
  const asOf = ++clock;
  (await jobList.loadOlder()).forEach(job => store(job, asOf));
  changed();
}

/** Loads the epochs of jobs that are not streamed. Each job is requested once between two refreshes. */
export function loadEpochs(shown) {
  for (const { id } of shown.filter(job => hasEpochs(job) && !job.isComplete && !watches.has(job.id) && !requestedEpochs.has(job.id))) {
    requestedEpochs.add(id);
    const asOf = ++clock;
    get(`/jobs/${id}`)
      .then(job => store(job, asOf), error => { ignoreNotFound(error); remove(id); })
      .then(changed)
      .catch(() => {}); // the next refresh tries again
  }
}

/** Stores a job from a list, without epochs, or from another response, with them. Returns whether it finished since the last state. */
function store(job, asOf) {
  const before = jobs.get(job.id);
  if (before?.asOf > asOf) {
    return false;
  }
  const isComplete = job.epochs !== undefined || Boolean(before?.isComplete && before.finishedAt === job.finishedAt);
  // Epochs may have been streamed after the response was created.
  const epochs = (before?.epochs.length ?? 0) > (job.epochs?.length ?? 0) ? before.epochs : job.epochs ?? [];
  jobs.set(job.id, {
    ...job, asOf, epochs, isComplete,
    progress: job.progress ?? before?.progress,
    bestValidationAccuracy: best(job.bestValidationAccuracy, before?.bestValidationAccuracy, ...epochs.map(epoch => epoch.validationAccuracy)),
  });
  return isFinished(job) && !(before && isFinished(before));
}

/** The highest of the accuracies that are known; null if none is. */
function best(...accuracies) {
  const known = accuracies.filter(Number.isFinite);
  return known.length > 0 ? Math.max(...known) : null;
}

function changed() {
  watchUnfinished();
  events.dispatchEvent(new Event('changed'));
}

function watchUnfinished() {
  for (const id of [...watches.keys()].filter(id => isFinished(jobs.get(id)))) {
    unwatch(id);
  }
  const oldestFirst = allJobs().reverse().filter(job => !isFinished(job));
  for (const { id } of oldestFirst.slice(0, MAX_WATCHED).filter(job => !watches.has(job.id))) {
    watches.set(id, watchJob(id, {
      job: streamed,
      epoch: epoch => update(id, job => job.epochs.some(known => known.epoch === epoch.epoch) ? null : {
        epochs: [...job.epochs, epoch],
        bestValidationAccuracy: best(job.bestValidationAccuracy, epoch.validationAccuracy),
      }),
      progress: progress => update(id, job => ({ status: job.status === 'queued' ? 'running' : job.status, progress })),
      closed: () => watches.delete(id),
    }));
  }
}

function streamed(job) {
  const hasFinished = store(job, ++clock);
  changed();
  if (hasFinished && job.status === 'succeeded') {
    events.dispatchEvent(new Event('trained'));
  }
}

function update(id, change) {
  const job = jobs.get(id);
  const values = isFinished(job) ? null : change(job);
  if (values) {
    jobs.set(id, { ...job, ...values });
    changed();
  }
}

function unwatch(id) {
  watches.get(id)?.();
  watches.delete(id);
}

function forget(id) {
  unwatch(id);
  jobs.delete(id);
}

function remove(id) {
  forget(id);
  unlisted.delete(id);
  jobList.delete(id);
}

function ignoreNotFound(error) {
  if (!(error instanceof Problem && error.status === NOT_FOUND)) {
    throw error;
  }
}

const refreshIgnoringErrors = () => refreshJobs().catch(() => {});
setInterval(() => document.hidden || refreshIgnoringErrors(), POLL_MS);
document.addEventListener('visibilitychange', () => document.hidden || refreshIgnoringErrors());
whenReconnected(refreshIgnoringErrors);
