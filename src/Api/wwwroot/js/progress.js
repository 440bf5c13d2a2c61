/**
 * Watches a job. The browser reconnects by itself and says what it heard last; each connection begins with the whole job, so that nothing
 * is missed, and ends after its last event. Returns what closes it.
 */
export function watchJob(id, { job, epoch, progress, closed }) {
  const source = new EventSource(`/jobs/${id}/progress`);
  const on = (type, tell) => source.addEventListener(type, event => tell(JSON.parse(event.data)));

  on('epoch', epoch);
  on('progress', progress);
  for (const type of ['status', 'succeeded', 'failed', 'cancelled']) {
    on(type, job);
  }
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) {
      closed();
    }
  });
  return () => source.close();
}

/** How much of a job is done, 0 to 1. */
export function doneShare({ progress }) {
  return progress ? batchesDone(progress) / (progress.epochs * progress.batches) : 0;
}

/** Seconds until a job will probably end; null when nobody can know. */
export function secondsLeft({ progress, options }) {
  return progress?.imagesPerSecond > 0
    ? (progress.epochs * progress.batches - batchesDone(progress)) * options.batchSize / progress.imagesPerSecond
    : null;
}

const batchesDone = ({ epoch, batch, batches }) => (epoch - 1) * batches + batch;
