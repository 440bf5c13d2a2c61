import { call, get } from './api.js';
import { whenBack } from './connection.js';
import { watchJob } from './progress.js';

const OVER = new Set(['succeeded', 'failed', 'cancelled']);

/** Trainings that others started are found by asking now and then. */
const POLL_MS = 5000;

/** A browser has six connections to a service, for all its tabs: one worker trains at a time, so this one and the next are watched. */
const MAX_WATCHED = 2;

const events = new EventTarget();
const jobs = new Map();
const watches = new Map();
let isLoaded = false;

export const isOver = job => OVER.has(job.status);

/** The jobs that are known, newest first. */
export const allJobs = () => [...jobs.values()].sort((a, b) => b.id.localeCompare(a.id));

/** Calls back when jobs changed, and with each job that has just ended. */
export function whenJobsChange(changed, ended) {
  events.addEventListener('changed', changed);
  events.addEventListener('ended', event => ended(event.detail));
}

export async function startJob(request) {
  take(await call('POST', '/train', { json: request }));
}

export async function cancelJob(id) {
  take(await call('POST', `/jobs/${id}/cancel`));
}

export async function refreshJobs() {
  const { data } = await get('/jobs?limit=20');
  data.forEach(job => take(job, false));
  isLoaded = true;
  changed();
}

function take(job, tell = true) {
  const before = jobs.get(job.id);
  if (before && isOver(before)) {
    return;
  }
  // A list may have been written before the epoch that has just been streamed.
  const known = before && before.epochs.length > job.epochs.length ? before : job;
  jobs.set(job.id, { ...job, epochs: known.epochs, progress: job.progress ?? before?.progress });
  if (tell) {
    changed();
  }
  // A short one may begin and end between two looks at the list.
  if (isLoaded && isOver(job)) {
    events.dispatchEvent(new CustomEvent('ended', { detail: job }));
  }
}

function changed() {
  watchUnfinished();
  events.dispatchEvent(new Event('changed'));
}

function watchUnfinished() {
  for (const [id, close] of watches) {
    if (isOver(jobs.get(id))) {
      close();
      watches.delete(id);
    }
  }
  const oldestFirst = allJobs().reverse().filter(job => !isOver(job));
  for (const { id } of oldestFirst.slice(0, MAX_WATCHED).filter(job => !watches.has(job.id))) {
    watches.set(id, watchJob(id, {
      job: take,
      epoch: epoch => update(id, job => ({ epochs: [...job.epochs.filter(known => known.epoch < epoch.epoch), epoch] })),
      progress: progress => update(id, () => ({ status: 'running', progress })),
      closed: () => watches.delete(id),
    }));
  }
}

function update(id, change) {
  const job = jobs.get(id);
  if (!isOver(job)) {
    jobs.set(id, { ...job, ...change(job) });
    changed();
  }
}

const refreshQuietly = () => refreshJobs().catch(() => {});
setInterval(() => document.hidden || refreshQuietly(), POLL_MS);
document.addEventListener('visibilitychange', () => document.hidden || refreshQuietly());
whenBack(refreshQuietly);
