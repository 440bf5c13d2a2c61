const FINISHED = new Set(['succeeded', 'failed', 'cancelled']);

export const isFinished = job => FINISHED.has(job.status);
export const hasEpochs = job => job.bestValidationAccuracy !== null;

/** The known jobs. `epochs` is empty until the job is streamed or its curve is shown; `isComplete` is whether all its epochs are loaded. */
export class JobStates {
  #jobs = new Map();
  #clock = 0;

  /** A point in time that orders states: call it when a response is requested or an event is received. */
  now() {
    return ++this.#clock;
  }

  get ids() {
    return [...this.#jobs.keys()];
  }

  /** All jobs, newest first. */
  get all() {
    return [...this.#jobs.values()].sort((a, b) => b.id.localeCompare(a.id));
  }

  get(id) {
    return this.#jobs.get(id);
  }

  /**
   * Stores a job from a list, without epochs, or from another response, with them. A response that was requested before a newer one was received is
   * outdated and ignored. Returns whether the job has finished since its last state.
   */
  store(job, asOf) {
    const before = this.#jobs.get(job.id);
    if (before?.asOf > asOf) {
      return false;
    }
    const isUnchanged = before?.finishedAt === job.finishedAt && before?.progress?.epoch === job.progress?.epoch;
    // Epochs may have been streamed after the response was created.
    const epochs = (before?.epochs.length ?? 0) > (job.epochs?.length ?? 0) ? before.epochs : job.epochs ?? [];
    this.#jobs.set(job.id, {
      ...job, asOf, epochs,
      isComplete: job.epochs !== undefined || Boolean(before?.isComplete && isUnchanged),
      progress: job.progress ?? before?.progress,
      bestValidationAccuracy: best(job.bestValidationAccuracy, before?.bestValidationAccuracy, ...epochs.map(epoch => epoch.validationAccuracy)),
    });
    return isFinished(job) && !(before && isFinished(before));
  }

  /** Adds a completed epoch; a new connection repeats those that are known. Returns whether the job changed. */
  addEpoch(id, epoch) {
    const { epochs, bestValidationAccuracy } = this.get(id);
    return !epochs.some(known => known.epoch === epoch.epoch)
      && this.#update(id, { epochs: [...epochs, epoch], bestValidationAccuracy: best(bestValidationAccuracy, epoch.validationAccuracy) });
  }

  /** Updates the progress within an epoch. Returns whether the job changed. */
  setProgress(id, progress) {
    const { status } = this.get(id);
    return this.#update(id, { progress, status: status === 'queued' ? 'running' : status });
  }

  delete(id) {
    this.#jobs.delete(id);
  }

  #update(id, values) {
    const job = this.get(id);
    if (isFinished(job)) {
      return false;
    }
    this.#jobs.set(id, { ...job, ...values });
    return true;
  }
}

/** The highest of the accuracies that are known; null if none is. */
function best(...accuracies) {
  const known = accuracies.filter(Number.isFinite);
  return known.length > 0 ? Math.max(...known) : null;
}
