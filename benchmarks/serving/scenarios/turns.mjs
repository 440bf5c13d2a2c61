// Measures servers in turns, round by round, so that disturbances of the machine affect all of them.
import { memoryMegabytes, cpuSeconds } from '../machine/usage.mjs';
import { wrk } from '../load/wrk.mjs';
import { median } from '../report/statistics.mjs';

async function turn(server, folder, load) {
  const before = cpuSeconds(server);
  const result = await wrk(server, folder, load);
  return { ...result, cores: (cpuSeconds(server) - before) / result.seconds, memory: memoryMegabytes(server) };
}

/** Returns the results of each server's turns. The first round is a warm-up and is not counted. */
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

/** Returns the medians of a server's turns and its total errors. */
export function summary(turns) {
  const middle = (name) => median(turns.map((result) => result[name]));
  return {
    perSecond: middle('perSecond'), p50: middle('p50'), p99: middle('p99'), cores: middle('cores'), memory: middle('memory'),
    speeds: turns.map((result) => result.perSecond),
    errors: turns.reduce((sum, result) => sum + result.errors, 0),
  };
}
