// 200 changes of the network that answers, under load: no request fails, and every answer is signed by a network that served then.
import { build, programs } from '../machine/build.mjs';
import { describeMachine } from '../machine/describe.mjs';
import { Connection } from '../load/connection.mjs';
import { requests } from '../load/digits.mjs';
import { printTable } from '../report/markdown.mjs';
import { quantile, sorted } from '../report/statistics.mjs';
import { activate, quickTraining, startOurs, train } from '../services/our-service.mjs';

export async function swaps(directory, { connections = 64, swaps: count = 200 }) {
  build(programs.service);
  const ours = await startOurs(directory);
  const models = [];
  for (const seed of [1, 2, 3]) models.push(await train(ours, { ...quickTraining, seed }));
  console.log(`${describeMachine()}\n`);

  // Odd while a change is under way: an answer whose request saw no change must be signed by the network that serves.
  let changes = 0;
  let active = models.at(-1);
  let done = false;
  const seen = { answers: 0, failed: 0, unknown: 0, outdated: 0, byModel: new Map(models.map((id) => [id, 0])) };

  async function ask(connection) {
    for (let i = 0; !done; i++) {
      const before = changes;
      try {
        const { status, body } = await connection.send(requests[i % requests.length]);
        const id = status === 200 ? JSON.parse(body).model.id : null;
        seen.answers++;
        seen.failed += status === 200 ? 0 : 1;
        seen.unknown += id && !seen.byModel.has(id) ? 1 : 0;
        seen.outdated += before === changes && before % 2 === 0 && id !== active ? 1 : 0;
        seen.byModel.set(id, (seen.byModel.get(id) ?? 0) + 1);
      } catch {
        seen.failed++;
        connection = await Connection.open(ours);
      }
    }

    connection.close();
  }

  const start = performance.now();
  const load = (await Connection.openAll(ours, connections)).map(ask);
  const times = [];
  for (let i = 0; i < count; i++) {
    const next = models[i % models.length];
    const since = performance.now();
    changes++;
    await activate(ours, next);
    active = next;
    changes++;
    times.push(performance.now() - since);
  }

  done = true;
  await Promise.all(load);
  const seconds = (performance.now() - start) / 1000;
  const swapTimes = sorted(times);
  console.log(`${count} changes between ${models.length} networks in ${seconds.toFixed(1)} s, ${connections} connections that ask without a pause:\n`);
  printTable(['answers', 'requests/s', 'failed', 'signed by an unknown network', 'signed by one that was replaced before', 'answers of each network', 'a change, p50, ms', 'slowest, ms'], [[
    seen.answers, (seen.answers / seconds).toFixed(0), seen.failed, seen.unknown, seen.outdated, models.map((id) => seen.byModel.get(id)).join(', '),
    quantile(swapTimes, 0.5).toFixed(1), quantile(swapTimes, 1).toFixed(1)]]);
  await ours.stop();
}
