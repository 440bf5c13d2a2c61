// Servers that are loaded one after the other, round after round, so that what disturbs the machine disturbs all of them.
import { memoryMegabytes, processorSeconds } from '../machine/usage.mjs';
import { wrk } from '../load/wrk.mjs';
import { median } from '../report/statistics.mjs';

async function turn(server, folder, load) {
  const before = processorSeconds(server);
  const result = await wrk(server, folder, load);
  return { ...result, cores: (processorSeconds(server) - before) / result.seconds, memory: memoryMegabytes(server) };
}

/** Each server's turns, in the servers' order. The first round warms up and does not count. */
export async function takeTurns(servers, folder, { rounds, ...load }) {
  const turns = servers.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [i, server] of servers.entries()) {
      const result = await turn(server, folder, load);
      if (round > 0) turns[i].push(result);
      console.error(`round ${round} of ${rounds}, ${server.name}: ${result.perSecond.toFixed(0)} requests/s, ${result.errors} errors`);
    }
  }

  return turns;
}

/** The medians of a server's turns, and all its errors. */
export function summary(turns) {
  const middle = (name) => median(turns.map((result) => result[name]));
  return {
    perSecond: middle('perSecond'), p50: middle('p50'), p99: middle('p99'), cores: middle('cores'), memory: middle('memory'),
    speeds: turns.map((result) => result.perSecond),
    errors: turns.reduce((sum, result) => sum + result.errors, 0),
  };
}
