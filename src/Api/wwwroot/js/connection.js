import { byId, setText } from './dom.js';

const RETRY_MS = 1000;
const attempts = new EventTarget();
let waiting = false;

/** Calls back each time that the service answers again. */
export const whenBack = callback => attempts.addEventListener('back', callback);

/** The service did not answer: says so, and asks until it does. */
export async function lost() {
  if (waiting) {
    return;
  }
  waiting = true;
  setText(byId('connection'), 'The service does not answer. Nothing is lost: this page goes on by itself when it is back.');
  while (!await isAlive()) {
    await new Promise(resolve => setTimeout(resolve, RETRY_MS));
  }
  waiting = false;
  setText(byId('connection'), '');
  attempts.dispatchEvent(new Event('back'));
}

async function isAlive() {
  try {
    return (await fetch('/health/live', { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}
