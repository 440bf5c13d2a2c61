import { call, get, ignoreNotFound } from './api.js';
import { whenReconnected } from './connection.js';
import { JobStates, hasEpochs, isFinished } from './job-states.js';
import { PagedList } from './paged-list.js';
import { watchJob } from './progress.js';

/** How often to check for jobs that were started elsewhere. */
const POLL_MS = 5000;

/**
 * How many jobs are streamed at once: the running one and the next. Browsers allow six HTTP/1.1 connections per host, shared by all tabs, and
 * the worker trains one job at a time.
 */
const MAX_WATCHED = 2;

const events = new EventTarget();
const jobs = new JobStates();
export const jobList = new PagedList('/jobs');

/** Jobs that were running while they were older than the loaded pages. */
const unlisted = new Set();
const watches = new Map();
const requestedEpochs = new Set();
let isLoaded = false;

/** All loaded jobs, newest first. */
export const allJobs = () => jobs.all;

/** Calls `changed` when any job changes, and `trained` when jobs have produced models. */
export function whenJobsChange(changed, trained) {
  events.addEventListener('changed', changed);
  events.addEventListener('trained', trained);
}

export async function startJob(request) {
  const job = await call('POST', '/train', { json: request });
  jobList.add(job.id);
  jobs.store(job, jobs.now());
  changed();
}

export const cancelJob = id => loadJob(id, call('POST', `/jobs/${id}/cancel`));
export const resumeJob = id => loadJob(id, call('POST', `/jobs/${id}/resume`));

/** Deletes a finished job, unless another client already did. */
export async function deleteJob(id) {
  await call('DELETE', `/jobs/${id}`).catch(ignoreNotFound);
  remove(id);
  changed();
}

/** Reloads the newest jobs and the running ones. */
export async function refreshJobs() {
  const asOf = jobs.now();
  const [newest, running] = await Promise.all([jobList.refresh(), get('/jobs?status=running')]);
  const succeeded = [...newest, ...running.data].filter(job => jobs.store(job, asOf) && job.status === 'succeeded' && isLoaded);
  running.data.filter(job => !jobList.ids.includes(job.id)).forEach(job => unlisted.add(job.id));
  forgetUnlisted();
  requestedEpochs.clear();
  isLoaded = true;
  changed();
  if (succeeded.length > 0) {
    events.dispatchEvent(new Event('trained'));
  }
}

export async function loadOlderJobs() {
  const asOf = jobs.now();
  (await jobList.loadOlder()).forEach(job => jobs.store(job, asOf));
  forgetUnlisted();
  changed();
}

/** Loads the epochs of jobs that are not streamed. Each job is requested once between two refreshes. */
export function loadEpochs(shown) {
  for (const { id } of shown.filter(job => hasEpochs(job) && !job.isComplete && !watches.has(job.id) && !requestedEpochs.has(job.id))) {
    requestedEpochs.add(id);
    loadJob(id, get(`/jobs/${id}`)).catch(() => {}); // the next refresh tries again
  }
}

/** Stores the job that a request returns. A job that does not exist any more is removed. */
async function loadJob(id, request) {
  const asOf = jobs.now();
  try {
    jobs.store(await request, asOf);
  } catch (error) {
    ignoreNotFound(error);
    remove(id);
  }
  changed();
}

function changed() {
  watchUnfinished();
  events.dispatchEvent(new Event('changed'));
}

function watchUnfinished() {
  [...watches.keys()].filter(id => isFinished(jobs.get(id))).forEach(unwatch);
  const oldestFirst = jobs.all.reverse().filter(job => !isFinished(job));
  for (const { id } of oldestFirst.slice(0, MAX_WATCHED).filter(job => !watches.has(job.id))) {
    watches.set(id, watchJob(id, {
      job: streamed,
      epoch: epoch => jobs.addEpoch(id, epoch) && changed(),
      progress: progress => jobs.setProgress(id, progress) && changed(),
      closed: () => watches.delete(id),
    }));
  }
}

function streamed(job) {
  const hasFinished = jobs.store(job, jobs.now());
  changed();
  if (hasFinished && job.status === 'succeeded') {
    events.dispatchEvent(new Event('trained'));
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

/** Forgets jobs that are no longer in the loaded pages, for example because another client deleted them. */
function forgetUnlisted() {
  jobs.ids.filter(id => !jobList.ids.includes(id) && !unlisted.has(id)).forEach(forget);
}

function remove(id) {
  forget(id);
  unlisted.delete(id);
  jobList.delete(id);
}

const refreshIgnoringErrors = () => refreshJobs().catch(() => {});
setInterval(() => document.hidden || refreshIgnoringErrors(), POLL_MS);
document.addEventListener('visibilitychange', () => document.hidden || refreshIgnoringErrors());
whenReconnected(refreshIgnoringErrors);
