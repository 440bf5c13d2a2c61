import { byId, setText } from './dom.js';

const RETRY_MS = 1000;
const connection = new EventTarget();
let waiting = false;

/** Calls back each time the service is available again. */
export const whenReconnected = callback => connection.addEventListener('reconnected', callback);

/** Called when the service does not respond: shows a message and polls until it does. */
export async function connectionLost() {
  if (waiting) {
    return;
  }
  waiting = true;
  setText(byId('connection'), 'The service is not responding. The page reconnects automatically, and no data is lost.');
  while (!await isAlive()) {
    await new Promise(resolve => setTimeout(resolve, RETRY_MS));
  }
  waiting = false;
  setText(byId('connection'), '');
  connection.dispatchEvent(new Event('reconnected'));
}

async function isAlive() {
  try {
    return (await fetch('/health/live', { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}
