// 200 changes of the active model under load: no request fails, and every response is from a model that was active during the request.
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

  // Odd during a change. A response must be from the active model if no change happened during the request.
  let changes = 0;
  let active = models.at(-1);
  let done = false;
  const seen = { responses: 0, failed: 0, unknown: 0, outdated: 0, byModel: new Map(models.map((id) => [id, 0])) };

  async function sendRequests(connection) {
    for (let i = 0; !done; i++) {
      const before = changes;
      try {
        const { status, body } = await connection.send(requests[i % requests.length]);
        const id = status === 200 ? JSON.parse(body).model.id : null;
        seen.responses++;
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
  const load = (await Connection.openAll(ours, connections)).map(sendRequests);
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
  console.log(`${count} changes between ${models.length} models in ${seconds.toFixed(1)} s, ${connections} connections without pauses:\n`);
  printTable(['responses', 'requests/s', 'failed', 'from an unknown model', 'from a replaced model', 'responses per model', 'activation, p50, ms', 'maximum, ms'], [[
    seen.responses, (seen.responses / seconds).toFixed(0), seen.failed, seen.unknown, seen.outdated, models.map((id) => seen.byModel.get(id)).join(', '),
    quantile(swapTimes, 0.5).toFixed(1), quantile(swapTimes, 1).toFixed(1)]]);
  await ours.stop();
}
