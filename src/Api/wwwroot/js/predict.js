import { Problem, call } from './api.js';

const FULL = 503;

/** Asks for the newest PNG only: one request under way, and what came in between is dropped. */
export class Predictor {
  #waiting = null;
  #busy = false;

  constructor(answered, failed) {
    this.answered = answered;
    this.failed = failed;
  }

  /** `ask` is { png: () => Promise<Blob>, invert, settled }. */
  async send(ask) {
    this.#waiting = ask;
    if (this.#busy) {
      return;
    }
    this.#busy = true;
    while (this.#waiting) {
      const current = this.#waiting;
      this.#waiting = null;
      await this.#answer(current);
    }
    this.#busy = false;
  }

  /** Whatever is under way is not wanted any more. */
  drop() {
    this.#waiting = null;
  }

  async #answer(ask) {
    try {
      const png = new File([await ask.png()], 'digit.png', { type: 'image/png' });
      const body = new FormData();
      body.set('image', png);
      this.answered(await call('POST', `/predict?fit=true&trace=true&invert=${ask.invert}`, { body }), ask);
    } catch (fault) {
      this.failed(fault, ask);
      if (fault instanceof Problem && fault.status === FULL) {
        await new Promise(resolve => setTimeout(resolve, 1000 * (fault.retryAfter ?? 1)));
        this.#waiting ??= ask;
      }
    }
  }
}
