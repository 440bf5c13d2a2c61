// Load that costs the server far more than the client: large images, slow downloads, abandoned scans, and huge tensors. Clients wait for Retry-After, as told.
import { fork } from 'node:child_process';
import { once, setMaxListeners } from 'node:events';
import { connect } from 'node:net';
import { setPriority } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { image, pngOf } from '../../mnist.mjs';
import { Connection } from './connection.mjs';

const largeSide = 2048;
const digitSide = 28;
const bytesPerSecond = 1000;
const scanMilliseconds = 50;

const request = (method, path, type, body) => Buffer.concat([
  Buffer.from(`${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${type ? `Content-Type: ${type}\r\n` : ''}Content-Length: ${body.length}\r\n\r\n`), body]);

/** A test image scaled to 2048×2048. */
function largePng() {
  const pixels = image(0);
  const rows = Array.from({ length: largeSide }, (_, y) => Buffer.from([0, ...Array.from({ length: largeSide }, (_, x) =>
    pixels[Math.floor((y * digitSide) / largeSide) * digitSide + Math.floor((x * digitSide) / largeSide)])]));
  return pngOf(largeSide, deflateSync(Buffer.concat(rows)));
}

/** Waits as told, and up to a second longer, so that clients that were refused together do not come again together. */
const wait = (seconds) => delay(1000 * (seconds + (seconds > 0 ? Math.random() : 0)));

/** Counts responses by status, and those that refuse without saying when to come again. */
export const createTally = () => ({ statuses: {}, withoutRetryAfter: 0, closed: 0 });

function count(tally, { status, head }) {
  tally.statuses[status] = (tally.statuses[status] ?? 0) + 1;
  const seconds = Number(/\r\nretry-after: *(\d+)/i.exec(head)?.[1]);
  tally.withoutRetryAfter += [429, 503].includes(status) && !(seconds > 0) ? 1 : 0;
  return seconds || 0;
}

/** Sends a request again and again on its own connection until the signal is aborted. */
async function repeat(server, bytes, tally, signal, pauseSeconds = 0) {
  let connection = null;
  while (!signal.aborted) {
    try {
      connection ??= await Connection.open(server);
      const seconds = count(tally, await connection.send(bytes()));
      await wait(Math.max(seconds, pauseSeconds));
    } catch {
      tally.closed++;
      connection = null;
      await delay(1000);
    }
  }

  connection?.close();
}

/** Reads a response at 1 kB/s, and starts again when it ends. */
function readSlowly(server, path, tally, signal) {
  if (signal.aborted) return;
  const socket = connect({ port: server.port, host: '127.0.0.1', highWaterMark: bytesPerSecond });
  let head = '';
  const timer = setInterval(() => {
    const bytes = socket.read(Math.min(bytesPerSecond, socket.readableLength));
    if (head === '' && bytes) {
      head = bytes.toString('latin1').split('\r\n\r\n')[0];
      const seconds = count(tally, { status: Number(head.slice(9, 12)), head });
      if (seconds > 0) setTimeout(() => socket.destroy(), 1000 * (seconds + Math.random()));
    }
  }, 1000);
  socket.on('error', () => {}).on('close', () => {
    clearInterval(timer);
    tally.closed++;
    setTimeout(() => readSlowly(server, path, tally, signal), 1000);
  });
  signal.addEventListener('abort', () => socket.destroy(), { once: true });
  socket.pause();
  socket.write(request('GET', path, null, Buffer.alloc(0)));
}

/** Requests a scan, disconnects soon, and turns to the next model. */
async function rotateScans(server, models, first, tally, signal) {
  for (let i = first; !signal.aborted; i++) {
    try {
      const connection = await Connection.open(server);
      const response = connection.send(request('GET', `/models/${models[i % models.length]}/misread`, null, Buffer.alloc(0)));
      const answer = await Promise.race([response, delay(scanMilliseconds)]);
      response.catch(() => {});
      if (answer) await wait(count(tally, answer));
      connection.close();
      await delay(scanMilliseconds);
    } catch {
      tally.closed++;
      await delay(1000);
    }
  }
}

/** Starts all load in this process. Returns a function that ends it and returns the counts by kind. */
function start({ server, models, fits, downloads, scans }) {
  const end = new AbortController();
  setMaxListeners(0, end.signal);
  const tallies = { fits: createTally(), downloads: createTally(), scans: createTally(), tensors: createTally() };
  const fit = request('POST', '/predict?fit=true', 'image/png', largePng());
  const tensor = request('POST', '/v2/models/digits/infer', 'application/json', Buffer.from(`{"inputs": [{"name": "image", "data": [${'{},'.repeat(5_000_000)}{}]}]}`));
  for (let i = 0; i < fits; i++) repeat(server, () => fit, tallies.fits, end.signal);
  for (let i = 0; i < downloads; i++) readSlowly(server, `/models/${models[i % models.length]}/weights.safetensors`, tallies.downloads, end.signal);
  for (let i = 0; i < scans; i++) rotateScans(server, models, i, tallies.scans, end.signal);
  repeat(server, () => tensor, tallies.tensors, end.signal, 1);
  return () => {
    end.abort();
    return tallies;
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.once('disconnect', () => process.exit());
  process.once('message', (options) => {
    const stop = start(options);
    process.once('message', () => process.send(stop(), () => process.exit()));
  });
}

/**
 * Starts all load in a process of its own with the lowest priority, so that it does not delay the one that measures. Returns a function that ends it and returns the counts by
 * kind.
 */
export function startHostileLoad(server, models, { fits = 500, downloads = 500, scans = 100 } = {}) {
  const child = fork(fileURLToPath(import.meta.url));
  setPriority(child.pid, 19);
  child.send({ server: { port: server.port }, models, fits, downloads, scans });
  return async () => {
    const tallies = once(child, 'message');
    child.send('end');
    return (await tallies)[0];
  };
}
