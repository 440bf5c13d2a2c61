// Open-loop load at a fixed rate, independent of the server. Latency is measured from the time at which a request was due, so that a stall
// counts for all requests during it. Closed-loop tools such as wrk and hey wait for responses and miss those (coordinated omission).
import { setTimeout as delay } from 'node:timers/promises';
import { sorted } from '../report/statistics.mjs';
import { Connection } from './connection.mjs';
import { requests } from './digits.mjs';

/** Sends requests to POST /predict. Times are in milliseconds; `late` is the delay of the generator itself when a connection was free. */
export async function openLoop(server, { rate, seconds, connections }) {
  const free = await Connection.openAll(server, connections);
  const all = [...free];
  const due = [];
  const result = { times: [], late: [], failed: 0, statuses: {} };
  const count = Math.round(rate * seconds);
  let completed = 0;
  let sent = 0;

  async function send(connection, moment) {
    try {
      const { status } = await connection.send(requests[sent++ % requests.length]);
      result.times.push(performance.now() - moment);
      result.statuses[status] = (result.statuses[status] ?? 0) + 1;
      result.failed += status === 200 ? 0 : 1;
    } catch {
      result.failed++;
      connection = await Connection.open(server);
      all.push(connection);
    }

    completed++;
    if (due.length > 0) send(connection, due.shift());
    else free.push(connection);
  }

  const start = performance.now();
  for (let next = 0; next < count; await delay(1)) {
    for (let moment; next < count && (moment = start + (1000 * next) / rate) <= performance.now(); next++) {
      if (free.length === 0) {
        due.push(moment);
      } else {
        result.late.push(performance.now() - moment);
        send(free.pop(), moment);
      }
    }
  }

  for (const deadline = performance.now() + 30_000; completed < count && performance.now() < deadline;) await delay(5);
  result.failed += count - completed;
  const took = (performance.now() - start) / 1000;
  all.forEach((connection) => connection.close());
  return { ...result, times: sorted(result.times), late: sorted(result.late), count, perSecond: completed / took };
}
