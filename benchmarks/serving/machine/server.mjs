// Starts servers on free local ports, and always stops them, by their process ids.
import { spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const startTimeoutSeconds = 60;
const running = new Set();

/** Finds a free port. */
export async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function untilReady(server, probe, pollMilliseconds, log) {
  for (const deadline = Date.now() + 1000 * startTimeoutSeconds; ; await delay(pollMilliseconds)) {
    const response = await probe(server.url).catch(() => null);
    if (response?.ok) return;
    await response?.body?.cancel();
    if (server.process.exitCode !== null || server.process.signalCode || Date.now() > deadline) {
      throw new Error(`${server.name} did not start. Its last output:\n${readFileSync(log, 'utf8').slice(-2000)}`);
    }
  }
}

/**
 * Starts a server and waits until readyPath responds with success, or until `probe`, which receives the server's URL, resolves to a successful response.
 * `command` receives the port and returns the program and its arguments. The result's `readyMilliseconds` is the time since the start.
 * The server leads a separate process group, so that its workers are measured and stopped together with it.
 */
export async function startServer({
  name, command, readyPath, probe = (url) => fetch(url + readyPath), pollMilliseconds = 50, environment = {}, directory, workingDirectory }) {
  const port = await freePort();
  const [program, ...args] = command(port);
  const log = join(directory, `${name.replaceAll(/\W+/g, '-')}-${port}.log`);
  const output = openSync(log, 'w');
  const started = performance.now();
  const child = spawn(program, args, { detached: true, cwd: workingDirectory, env: { ...process.env, ...environment }, stdio: ['ignore', output, output] });
  const ended = new Promise((resolve, reject) => child.once('exit', resolve).once('error', reject));
  ended.catch(() => {});
  const server = { name, port, url: `http://127.0.0.1:${port}`, pid: child.pid, process: child, stop: () => stop(server, ended) };
  running.add(server);
  await untilReady(server, probe, pollMilliseconds, log);
  server.readyMilliseconds = performance.now() - started;
  return server;
}

async function stop(server, ended) {
  if (!running.delete(server)) return;
  end(server, 'SIGTERM');
  const late = setTimeout(() => end(server, 'SIGKILL'), 20_000);
  await ended;
  clearTimeout(late);
}

function end(server, signal) {
  try {
    process.kill(-server.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Stops all running servers. */
export const stopAll = () => Promise.all([...running].map((server) => server.stop()));

process.on('exit', () => running.forEach((server) => end(server, 'SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
