// Latency of plain POST /predict while other clients send what is expensive: 500 images of 2048×2048, 500 downloads at 1 kB/s, 100 abandoned scans, and 16 MB of JSON.
import { setTimeout as delay } from 'node:timers/promises';
import { build, programs } from '../machine/build.mjs';
import { describeMachine } from '../machine/describe.mjs';
import { residentAndPeak } from '../machine/usage.mjs';
import { startHostileLoad } from '../load/hostile.mjs';
import { openLoop } from '../load/open-loop.mjs';
import { printTable } from '../report/markdown.mjs';
import { median, quantile, range } from '../report/statistics.mjs';
import { quickTraining, startOurs, train } from '../services/our-service.mjs';
import { openLoopColumns, openLoopRow } from './open-loop-row.mjs';

const modelCount = 5;

/** The slowest response of /health/ready, asked once a second, and how many were not 200. */
async function watchHealth(server, signal) {
  const health = { asked: 0, failed: 0, slowest: 0 };
  while (!signal.aborted) {
    const start = performance.now();
    const response = await fetch(`${server.url}/health/ready`).catch(() => null);
    await response?.arrayBuffer();
    health.asked++;
    health.failed += response?.status === 200 ? 0 : 1;
    health.slowest = Math.max(health.slowest, performance.now() - start);
    await delay(1000);
  }

  return health;
}

/** Starts a service with trained models to ask for. */
async function startTrained(directory) {
  const service = await startOurs(directory);
  const models = [];
  for (let seed = 1; seed <= modelCount; seed++) models.push(await train(service, { ...quickTraining, seed }));
  return { service, models };
}

/** Measures a service while the load goes to a target. */
async function measureUnderLoad(service, { service: target, models }, load) {
  const endLoad = startHostileLoad(target, models);
  await delay(2000);
  const end = new AbortController();
  const watching = watchHealth(service, end.signal);
  const result = await openLoop(service, load);
  end.abort();
  const health = await watching;
  const tallies = await endLoad();
  await delay(5000);
  return { result, health, tallies };
}

export async function hostile(directory, { rounds = 3, seconds = 20, connections = 64, rate = 100 }) {
  build(programs.service);
  const load = { rate, seconds, connections };
  const ours = await startTrained(directory);

  // The control: what the load costs a service that does not get it, because all processes share the processors.
  const other = await startTrained(directory);
  await openLoop(ours.service, { ...load, seconds: 5 });
  console.log(`${describeMachine()}\n`);

  const rows = [];
  const kinds = [];
  const ratios = { load: [], control: [] };
  for (let round = 1; round <= rounds; round++) {
    const idle = await openLoop(ours.service, load);
    const control = await measureUnderLoad(ours.service, other, load);
    const loaded = await measureUnderLoad(ours.service, ours, load);
    rows.push(
      openLoopRow(`round ${round}, idle`, idle),
      openLoopRow(`round ${round}, load on the other process`, control.result),
      openLoopRow(`round ${round}, load on this process`, loaded.result));
    ratios.control.push(quantile(control.result.times, 0.99) / quantile(idle.times, 0.99));
    ratios.load.push(quantile(loaded.result.times, 0.99) / quantile(idle.times, 0.99));
    for (const [kind, { statuses, withoutRetryAfter, closed }] of Object.entries(loaded.tallies)) {
      kinds.push([round, kind, Object.entries(statuses).map(([status, count]) => `${count} × ${status}`).join(', '), closed, withoutRetryAfter]);
    }

    const { asked, failed, slowest } = loaded.health;
    kinds.push([round, '/health/ready', `${asked - failed} × 200, slowest ${slowest.toFixed(0)} ms`, failed, 0]);
    console.error(`round ${round} of ${rounds}: p99 ${ratios.load.at(-1).toFixed(1)} times that of idle; load on the other process: ${ratios.control.at(-1).toFixed(1)} times`);
  }

  console.log(`${rate} requests/s to /predict, open loop, ${rounds} rounds of ${seconds} s:\n`);
  printTable(openLoopColumns, rows);
  printTable(['round', 'load', 'responses', 'closed or failed', 'refused without Retry-After'], kinds);
  printTable(['p99 / idle p99', 'median', 'lowest to highest'], [
    ['load on this process', median(ratios.load).toFixed(1), range(ratios.load, 1)],
    ['load on the other process', median(ratios.control).toFixed(1), range(ratios.control, 1)]]);
  console.log(`Peak of resident memory: ${residentAndPeak(ours.service.pid).peak.toFixed(0)} MB.`);
  await ours.service.stop();
  await other.service.stop();
}
