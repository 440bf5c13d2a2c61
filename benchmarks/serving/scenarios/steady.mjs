// Latency of POST /predict at a fixed rate of 1,000 requests per second.
import { build, programs } from '../machine/build.mjs';
import { describeMachine } from '../machine/describe.mjs';
import { openLoop } from '../load/open-loop.mjs';
import { printTable } from '../report/markdown.mjs';
import { startOurs, train } from '../services/our-service.mjs';
import { openLoopColumns, openLoopRow } from './open-loop-row.mjs';

const warmUpSeconds = 5;

export async function steady(directory, { rounds = 3, seconds = 20, connections = 64, rate = 1000 }) {
  build(programs.service);
  const ours = await startOurs(directory);
  await train(ours);
  console.log(`${describeMachine()}\n`);
  await openLoop(ours, { rate, seconds: warmUpSeconds, connections });
  const rows = [];
  for (let round = 1; round <= rounds; round++) {
    rows.push(openLoopRow(`round ${round}`, await openLoop(ours, { rate, seconds, connections })));
  }

  console.log(`${rate} requests/s, open loop, ${connections} connections, ${rounds} rounds of ${seconds} s; latency is measured from the time at which a request was due:\n`);
  printTable(openLoopColumns, rows);
  await ours.stop();
}
