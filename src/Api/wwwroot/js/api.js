import { lost } from './connection.js';

/** The service said no: `message` says what to do, `errors` has the faults field by field. */
export class Problem extends Error {
  constructor(status, body, retryAfter) {
    super(body.detail ?? `The service answered ${status}.`);
    this.status = status;
    this.errors = body.errors ?? {};
    this.retryAfter = Number(retryAfter) || null;
  }
}

/** The service did not answer at all; connection.js says so and waits for it. */
export class Unreachable extends Error {
  constructor() {
    super('The service does not answer.');
  }
}

/** Calls the service. `body` is sent as it is, `json` as JSON. */
export async function call(method, path, { json, body } = {}) {
  let response;
  try {
    response = await fetch(path, {
      method,
      body: json === undefined ? body : JSON.stringify(json),
      headers: json === undefined ? {} : { 'Content-Type': 'application/json' },
    });
  } catch {
    lost();
    throw new Unreachable();
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Problem(response.status, answer, response.headers.get('Retry-After'));
  }
  return answer;
}

export const get = path => call('GET', path);
