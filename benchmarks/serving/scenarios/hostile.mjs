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

export async function hostile(directory, { rounds = 3, seconds = 20, connections = 64, rate = 100 }) {
  build(programs.service);
  const ours = await startOurs(directory);
  const models = [];
  for (let seed = 1; seed <= modelCount; seed++) models.push(await train(ours, { ...quickTraining, seed }));
  await openLoop(ours, { rate, seconds: 5, connections });
  console.log(`${describeMachine()}\n`);

  const rows = [];
  const ratios = [];
  const kinds = [];
  for (let round = 1; round <= rounds; round++) {
    const idle = await openLoop(ours, { rate, seconds, connections });
    const endLoad = startHostileLoad(ours, models);
    await delay(2000);
    const end = new AbortController();
    const watching = watchHealth(ours, end.signal);
    const loaded = await openLoop(ours, { rate, seconds, connections });
    end.abort();
    const health = await watching;
    const tallies = await endLoad();
    rows.push(openLoopRow(`round ${round}, idle`, idle), openLoopRow(`round ${round}, under load`, loaded));
    ratios.push(quantile(loaded.times, 0.99) / quantile(idle.times, 0.99));
    for (const [kind, { statuses, withoutRetryAfter, closed }] of Object.entries(tallies)) {
      kinds.push([round, kind, Object.entries(statuses).map(([status, count]) => `${count} × ${status}`).join(', '), closed, withoutRetryAfter]);
    }

    kinds.push([round, '/health/ready', `${health.asked - health.failed} × 200, slowest ${health.slowest.toFixed(0)} ms`, health.failed, 0]);
    console.error(`round ${round} of ${rounds}: p99 ${ratios.at(-1).toFixed(1)} times that of idle`);
    await delay(5000);
  }

  console.log(`${rate} requests/s to /predict, open loop, ${rounds} rounds of ${seconds} s:\n`);
  printTable(openLoopColumns, rows);
  printTable(['round', 'load', 'responses', 'closed or failed', 'refused without Retry-After'], kinds);
  printTable(['p99 under load / idle', 'lowest to highest', 'peak of resident memory, MB'], [
    [median(ratios).toFixed(2), range(ratios, 2), residentAndPeak(ours.pid).peak.toFixed(0)]]);
  await ours.stop();
}
