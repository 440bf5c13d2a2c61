import { Problem, call } from './api.js';

const SERVICE_UNAVAILABLE = 503;

/** Sends predictions one at a time. While one is in flight, only the newest waits; older ones are dropped. */
export class Predictor {
  #latest = null;
  #waiting = null;
  #busy = false;

  constructor(predicted, failed) {
    this.predicted = predicted;
    this.failed = failed;
  }

  /** `request` is { file: () => Promise<File>, frame, invert, complete }. */
  async send(request) {
    this.#latest = request;
    this.#waiting = request;
    if (this.#busy) {
      return;
    }
    this.#busy = true;
    while (this.#waiting) {
      const current = this.#waiting;
      this.#waiting = null;
      await this.#predict(current);
    }
    this.#busy = false;
  }

  /** Drops the waiting request, and that in flight: it is not repeated, and its error is not reported. */
  drop() {
    this.#latest = null;
    this.#waiting = null;
  }

  async #predict(request) {
    try {
      const body = new FormData();
      body.set('image', await request.file());
      this.predicted(await call('POST', `/predict?each=true&trace=true&invert=${request.invert}`, { body }), request);
    } catch (error) {
      if (!this.#latest) {
        return;
      }
      this.failed(error, request);
      if (error instanceof Problem && error.status === SERVICE_UNAVAILABLE) {
        await new Promise(resolve => setTimeout(resolve, 1000 * (error.retryAfter ?? 1)));
        this.#waiting ??= this.#latest;
      }
    }
  }
}
