// What happens when 2,000 ask at once and 256 may wait: everyone gets an answer or a 503 within a second, and the service is well after.
import { build, programs } from '../machine/build.mjs';
import { describeMachine } from '../machine/describe.mjs';
import { Connection } from '../load/connection.mjs';
import { requests } from '../load/digits.mjs';
import { openLoop } from '../load/open-loop.mjs';
import { printTable } from '../report/markdown.mjs';
import { quantile, sorted } from '../report/statistics.mjs';
import { startOurs, train } from '../services/our-service.mjs';

const together = 200;

/** Connections, opened a few at a time, so that the system's own queue of new ones is not what is measured. */
async function open(server, count) {
  const connections = [];
  while (connections.length < count) connections.push(...await Connection.openAll(server, Math.min(together, count - connections.length)));
  return connections;
}

/** All send at once, each on a connection of its own that is open already or opened now; times count from the first moment. */
async function burst(server, connections) {
  const start = performance.now();
  const answers = await Promise.all(connections.map(async (connection, i) => {
    try {
      const { status } = await (await connection()).send(requests[i % requests.length]);
      return { status, time: performance.now() - start };
    } catch {
      return { status: 'none', time: performance.now() - start };
    }
  }));
  const ready = await fetch(`${server.url}/health/ready`);
  const count = (status) => answers.filter((answer) => answer.status === status).length;
  const times = sorted(answers.map((answer) => answer.time));
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
    rows.push([round, 'open before', ...await burst(ours, opened.map((connection) => () => connection))]);
    opened.forEach((connection) => connection.close());
    const fresh = [];
    rows.push([round, 'opened in the burst', ...await burst(ours, Array.from({ length: count }, () => async () => {
      fresh.push(await Connection.open(ours));
      return fresh.at(-1);
    }))]);
    fresh.forEach((connection) => connection.close());
  }

  console.log(`${count} requests at once, each on a socket of its own, ${rounds} rounds:\n`);
  printTable(['round', 'sockets', '200', '503', 'others', 'p50, ms', 'slowest, ms', '/health/ready right after'], rows);
  await ours.stop();
}
