import { connectionLost } from './connection.js';

const NOT_FOUND = 404;

/** An error response: `message` is its detail, `errors` has the validation errors by field. */
export class Problem extends Error {
  constructor(status, body, retryAfter) {
    super(body.detail ?? `The service returned status ${status}.`);
    this.status = status;
    this.errors = body.errors ?? {};
    this.retryAfter = Number(retryAfter) || null;
  }
}

/** The service did not respond at all. connection.js shows this and waits until it is back. */
export class Unreachable extends Error {
  constructor() {
    super('The service is not responding.');
  }
}

/** Calls the service. `body` is sent unchanged, `json` is serialized. */
export async function call(method, path, { json, body } = {}) {
  let response;
  try {
    response = await fetch(path, {
      method,
      body: json === undefined ? body : JSON.stringify(json),
      headers: json === undefined ? {} : { 'Content-Type': 'application/json' },
    });
  } catch {
    connectionLost();
    throw new Unreachable();
  }
  const result = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Problem(response.status, result, response.headers.get('Retry-After'));
  }
  return result;
}

export const get = path => call('GET', path);

/** Use as `catch` callback if it does not matter that something does not exist any more. Returns null. */
export function ignoreNotFound(error) {
  if (error instanceof Problem && error.status === NOT_FOUND) {
    return null;
  }
  throw error;
}
