// Latency of POST /predict during training, and the slowdown of training.
import { setTimeout as delay } from 'node:timers/promises';
import { build, programs } from '../machine/build.mjs';
import { describeMachine } from '../machine/describe.mjs';
import { openLoop } from '../load/open-loop.mjs';
import { printTable } from '../report/markdown.mjs';
import { median, range } from '../report/statistics.mjs';
import { cancelTraining, job, startOurs, startTraining, train } from '../services/our-service.mjs';
import { openLoopColumns, openLoopRow } from './open-loop-row.mjs';

// The `article` preset, with enough epochs to outlast the measurement.
const longTraining = { preset: 'article', epochs: 100 };

/** The number of batches since the start of training. */
async function batchesDone(server, id) {
  const { status, progress, error } = await job(server, id);
  if (status !== 'running') throw new Error(`The training job is ${status}: ${error?.message}`);
  return progress ? (progress.epoch - 1) * progress.batches + progress.batch : 0;
}

/** Training images per second during `work`. `progress.imagesPerSecond` is the mean of the current epoch, which may have started earlier. */
async function trainingSpeed(server, id, work) {
  const before = { batches: await batchesDone(server, id), time: performance.now() };
  await work();
  const seconds = (performance.now() - before.time) / 1000;
  const { batchSize } = (await job(server, id)).options;
  return (batchSize * (await batchesDone(server, id) - before.batches)) / seconds;
}

export async function whileTraining(directory, { rounds = 3, seconds = 20, connections = 64, rate = 200 }) {
  build(programs.service);
  const ours = await startOurs(directory);
  await train(ours);
  await openLoop(ours, { rate, seconds: 5, connections });
  console.log(`${describeMachine()}\n`);
  const id = await startTraining(ours, longTraining);
  while ((await job(ours, id)).progress?.batch === undefined) await delay(100);
  await delay(2000);

  const rows = [];
  const alone = [];
  const loaded = [];
  for (let round = 1; round <= rounds; round++) {
    alone.push(await trainingSpeed(ours, id, () => delay(1000 * seconds)));
    loaded.push(await trainingSpeed(ours, id, async () => rows.push(openLoopRow(`round ${round}`, await openLoop(ours, { rate, seconds, connections })))));
    console.error(`round ${round} of ${rounds}: training ${alone.at(-1).toFixed(0)} images/s alone, ${loaded.at(-1).toFixed(0)} under load`);
  }

  await cancelTraining(ours, id);
  console.log(`${rate} requests/s, open loop, ${connections} connections, while the article's training runs, ${rounds} rounds of ${seconds} s:\n`);
  printTable(openLoopColumns, rows);
  printTable(['training', 'images/s', 'lowest to highest'], [
    ['no requests', median(alone).toFixed(0), range(alone, 0)],
    [`${rate} requests/s`, median(loaded).toFixed(0), range(loaded, 0)],
    ['with / without, within a round', median(loaded.map((speed, i) => speed / alone[i])).toFixed(2), range(loaded.map((speed, i) => speed / alone[i]), 2)]]);
  await ours.stop();
}
