// What one and two nodes cost on PostgreSQL: processor time per /predict and per epoch, writes and WAL per epoch, and the time until a queued job starts. Prints Markdown.
// Usage: node benchmarks/cluster/run.mjs [--seconds N] [--jobs N]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { writeBodies } from '../serving/load/digits.mjs';
import { wrk } from '../serving/load/wrk.mjs';
import { assembly, build, programs } from '../serving/machine/build.mjs';
import { describeMachine } from '../serving/machine/describe.mjs';
import { startServer, stopAll } from '../serving/machine/server.mjs';
import { cpuSeconds } from '../serving/machine/usage.mjs';
import { printTable } from '../serving/report/markdown.mjs';
import { quantile, sorted } from '../serving/report/statistics.mjs';
import { job, startTraining, train } from '../serving/services/our-service.mjs';
import { startPostgres } from './postgres.mjs';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '10' }, jobs: { type: 'string', default: '100' } } });
const seconds = Number(values.seconds);
const jobs = Number(values.jobs);
const epochs = 10;
const epochSettings = { epochs, trainingImages: 10_000 };
const tiny = { epochs: 1, trainingImages: 100, hiddenSize: 16 };

const directory = mkdtempSync(join(tmpdir(), 'rnn-cluster-'));

/** Starts a node that runs on one core. */
const startNode = (postgres, roles, core) => startServer({
  name: `${roles} ${core}`,
  command: (port) => ['taskset', '-c', String(core), 'dotnet', assembly(programs.service, 'RnnService.Api'), '--urls', `http://127.0.0.1:${port}`],
  readyPath: '/health/live',
  environment: { ConnectionStrings__Postgres: postgres.connectionString, Service__Roles: roles },
  directory,
});

async function untilEnded(node, id) {
  for (;;) {
    const state = await job(node, id);
    if (state.finishedAt) return state;
    await delay(50);
  }
}

/** Writes and WAL of the database since its creation. */
function writes(postgres) {
  const [wal, rows, commits] = postgres.query(
    "SELECT pg_current_wal_lsn() - '0/0', (SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables), xact_commit FROM pg_stat_database WHERE datname = 'rnn'").split('|').map(Number);
  return { wal, rows, commits };
}

/** Trains one job on each worker at the same time, and returns the cost of an epoch. */
async function measureEpochs(postgres, api, workers) {
  // PostgreSQL publishes its statistics at most once a second.
  await delay(2000);
  const before = writes(postgres);
  const cpu = workers.map(cpuSeconds);
  const started = performance.now();
  const ids = await Promise.all(workers.map(() => startTraining(api, epochSettings)));
  for (const id of ids) await untilEnded(api, id);
  const took = (performance.now() - started) / 1000;
  await delay(2000);
  const after = writes(postgres);
  const count = epochs * workers.length;
  return [
    workers.length,
    (workers.reduce((sum, worker, index) => sum + cpuSeconds(worker) - cpu[index], 0) / count).toFixed(2),
    (count / took).toFixed(2),
    ((after.rows - before.rows) / count).toFixed(1),
    ((after.commits - before.commits) / count).toFixed(1),
    ((after.wal - before.wal) / count / 1000).toFixed(0)];
}

/** Applies full load to each node at the same time, and returns the cost of a prediction. */
async function measurePredictions(nodes, folder) {
  const cpu = nodes.map(cpuSeconds);
  const results = await Promise.all(nodes.map((node) => wrk(node, folder, { connections: 32, seconds })));
  const count = results.reduce((sum, result) => sum + result.responses, 0);
  return [
    nodes.length,
    (1e6 * nodes.reduce((sum, node, index) => sum + cpuSeconds(node) - cpu[index], 0) / count).toFixed(0),
    results.reduce((sum, result) => sum + result.perSecond, 0).toFixed(0),
    results.reduce((sum, result) => sum + result.errors, 0)];
}

/** Queues jobs one after the other while the workers are idle, and returns how long each waited. */
async function measureDispatch(api) {
  const waited = [];
  for (let index = 0; index < jobs; index++) {
    const { createdAt, startedAt } = await untilEnded(api, await startTraining(api, tiny));
    waited.push(new Date(startedAt) - new Date(createdAt));
  }

  const times = sorted(waited);
  return [jobs, quantile(times, 0.5).toFixed(0), quantile(times, 0.99).toFixed(0), times.at(-1).toFixed(0)];
}

const postgres = await startPostgres();
try {
  build(programs.service);
  const apis = [await startNode(postgres, 'api', 0), await startNode(postgres, 'api', 1)];
  const workers = [await startNode(postgres, 'worker', 0), await startNode(postgres, 'worker', 1)];
  await train(apis[0]);
  await delay(2000);
  console.log(`${describeMachine()} Each node is bound to one core; PostgreSQL and the load generator share both.\n`);

  const folder = writeBodies(directory);
  const predictions = [await measurePredictions([apis[0]], folder), await measurePredictions(apis, folder)];
  printTable(['api nodes', 'processor time per /predict, µs', 'predictions/s', 'errors'], predictions);

  printTable(['jobs', 'queued to started, p50, ms', 'p99, ms', 'maximum, ms'], [await measureDispatch(apis[0])]);

  const two = await measureEpochs(postgres, apis[0], workers);
  await workers[1].stop();
  const one = await measureEpochs(postgres, apis[0], [workers[0]]);
  printTable(['worker nodes', 'processor time per epoch, s', 'epochs/s', 'rows written per epoch', 'commits per epoch', 'WAL per epoch, kB'], [one, two]);
} finally {
  await stopAll();
  await postgres.stop();
  rmSync(directory, { recursive: true });
}
