/**
 * Subscribes to a job's events. EventSource reconnects automatically and sends the last event id; each new connection starts with the complete
 * job, so no event is missed. The log of a resumed job has earlier terminal events: only the last one ends the stream. Returns a function that
 * closes the stream.
 */
export function watchJob(id, { job, epoch, progress, closed }) {
  const source = new EventSource(`/jobs/${id}/progress`);
  const on = (type, callback) => source.addEventListener(type, event => callback(JSON.parse(event.data)));
  let end = null;

  on('status', job);
  on('epoch', epoch);
  on('progress', progress);
  on('resumed', () => { end = null; });
  for (const type of ['succeeded', 'failed', 'cancelled']) {
    on(type, result => { end = result; });
  }
  source.addEventListener('error', () => {
    if (end) {
      source.close();
      job(end);
    } else if (source.readyState === EventSource.CLOSED) {
      closed();
    }
  });
  return () => source.close();
}

/** A job's progress, from 0 to 1. */
export function progressShare({ progress }) {
  return progress ? batchesDone(progress) / (progress.epochs * progress.batches) : 0;
}

/** Estimated seconds until a job finishes; null if unknown. */
export function secondsLeft({ progress, options }) {
  return progress?.imagesPerSecond > 0
    ? (progress.epochs * progress.batches - batchesDone(progress)) * options.batchSize / progress.imagesPerSecond
    : null;
}

const batchesDone = ({ epoch, batch, batches }) => (epoch - 1) * batches + batch;
