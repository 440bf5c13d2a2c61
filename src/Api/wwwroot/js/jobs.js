import { call, get } from './api.js';
import { whenReconnected } from './connection.js';
import { watchJob } from './progress.js';

const FINISHED = new Set(['succeeded', 'failed', 'cancelled']);

/** How often to check for jobs that were started elsewhere. */
const POLL_MS = 5000;

/**
 * How many jobs are streamed at once: the running one and the next. Browsers allow six HTTP/1.1 connections per host, shared by all tabs, and
 * the worker trains one job at a time.
 */
const MAX_WATCHED = 2;

const events = new EventTarget();
const jobs = new Map();
const watches = new Map();
let isLoaded = false;

export const isFinished = job => FINISHED.has(job.status);

/** All loaded jobs, newest first. */
export const allJobs = () => [...jobs.values()].sort((a, b) => b.id.localeCompare(a.id));

/** Calls `changed` when any job changes, and `finished` with each job that finishes. */
export function whenJobsChange(changed, finished) {
  events.addEventListener('changed', changed);
  events.addEventListener('finished', event => finished(event.detail));
}

export async function startJob(request) {
  store(await call('POST', '/train', { json: request }));
}

export async function cancelJob(id) {
  store(await call('POST', `/jobs/${id}/cancel`));
}

export async function refreshJobs() {
  const { data } = await get('/jobs?limit=20');
  data.forEach(job => store(job, false));
  isLoaded = true;
  changed();
}

function store(job, notify = true) {
  const before = jobs.get(job.id);
  if (before && isFinished(before)) {
    return;
  }
  // The list may be older than the epochs that were already streamed.
  const known = before && before.epochs.length > job.epochs.length ? before : job;
  jobs.set(job.id, { ...job, epochs: known.epochs, progress: job.progress ?? before?.progress });
  if (notify) {
    changed();
  }
  // A short job may start and finish between two polls.
  if (isLoaded && isFinished(job)) {
    events.dispatchEvent(new CustomEvent('finished', { detail: job }));
  }
}

function changed() {
  watchUnfinished();
  events.dispatchEvent(new Event('changed'));
}

function watchUnfinished() {
  for (const [id, close] of watches) {
    if (isFinished(jobs.get(id))) {
      close();
      watches.delete(id);
    }
  }
  const oldestFirst = allJobs().reverse().filter(job => !isFinished(job));
  for (const { id } of oldestFirst.slice(0, MAX_WATCHED).filter(job => !watches.has(job.id))) {
    watches.set(id, watchJob(id, {
      job: store,
      epoch: epoch => update(id, job => ({ epochs: [...job.epochs.filter(known => known.epoch < epoch.epoch), epoch] })),
      progress: progress => update(id, () => ({ status: 'running', progress })),
      closed: () => watches.delete(id),
    }));
  }
}

function update(id, change) {
  const job = jobs.get(id);
  if (!isFinished(job)) {
    jobs.set(id, { ...job, ...change(job) });
    changed();
  }
}

const refreshIgnoringErrors = () => refreshJobs().catch(() => {});
setInterval(() => document.hidden || refreshIgnoringErrors(), POLL_MS);
document.addEventListener('visibilitychange', () => document.hidden || refreshIgnoringErrors());
whenReconnected(refreshIgnoringErrors);
