// 2,000 simultaneous requests with a queue of 256: each gets a result or a 503 within a second, and the service is ready afterward.
import { build, programs } from '../machine/build.mjs';
import { describeMachine } from '../machine/describe.mjs';
import { Connection } from '../load/connection.mjs';
import { requests } from '../load/digits.mjs';
import { openLoop } from '../load/open-loop.mjs';
import { printTable } from '../report/markdown.mjs';
import { quantile, sorted } from '../report/statistics.mjs';
import { startOurs, train } from '../services/our-service.mjs';

const batchSize = 200;

/** Opens connections in batches, so that the operating system's accept queue does not affect the measurement. */
async function open(server, count) {
  const connections = [];
  while (connections.length < count) connections.push(...await Connection.openAll(server, Math.min(batchSize, count - connections.length)));
  return connections;
}

/** Sends all requests simultaneously, each on its own connection, already open or opened now. Latency is measured from the start of the burst. */
async function burst(server, connections) {
  const start = performance.now();
  const responses = await Promise.all(connections.map(async (connection, i) => {
    try {
      const { status } = await (await connection()).send(requests[i % requests.length]);
      return { status, time: performance.now() - start };
    } catch {
      return { status: 'none', time: performance.now() - start };
    }
  }));
  const ready = await fetch(`${server.url}/health/ready`);
  const count = (status) => responses.filter((response) => response.status === status).length;
  const times = sorted(responses.map((response) => response.time));
  return [count(200), count(503), connections.length - count(200) - count(503), quantile(times, 0.5).toFixed(0), quantile(times, 1).toFixed(0), ready.status];
}

export async function burstScenario(directory, { rounds = 5, connections: count = 2000 }) {
  build(programs.service);
  const ours = await startOurs(directory);
  await train(ours);
  console.log(`${describeMachine()}\n`);
  await openLoop(ours, { rate: 500, seconds: 3, connections: 64 });
  const rows = [];
  for (let round = 1; round <= rounds; round++) {
    const opened = await open(ours, count);
    rows.push([round, 'already open', ...await burst(ours, opened.map((connection) => () => connection))]);
    opened.forEach((connection) => connection.close());
    const fresh = [];
    rows.push([round, 'opened during the burst', ...await burst(ours, Array.from({ length: count }, () => async () => {
      fresh.push(await Connection.open(ours));
      return fresh.at(-1);
    }))]);
    fresh.forEach((connection) => connection.close());
  }

  console.log(`${count} simultaneous requests, each on its own connection, ${rounds} rounds:\n`);
  printTable(['round', 'connections', '200', '503', 'other', 'p50, ms', 'maximum, ms', '/health/ready after the burst'], rows);
  await ours.stop();
}
