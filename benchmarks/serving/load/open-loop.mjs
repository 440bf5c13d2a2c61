// Load at a steady rate, whatever the server does: a request's time counts from the moment it was due, so that a server that stalls
// is charged with all who would have come meanwhile. wrk and hey wait for answers, and leave those out.
import { setTimeout as delay } from 'node:timers/promises';
import { sorted } from '../report/statistics.mjs';
import { Connection } from './connection.mjs';
import { requests } from './digits.mjs';

/** Loads POST /predict. Times are milliseconds; `late` is how late the generator itself was to send, with a connection free. */
export async function openLoop(server, { rate, seconds, connections }) {
  const free = await Connection.openAll(server, connections);
  const all = [...free];
  const due = [];
  const result = { times: [], late: [], failed: 0, statuses: {} };
  const count = Math.round(rate * seconds);
  let answered = 0;
  let made = 0;

  async function send(connection, moment) {
    try {
      const { status } = await connection.send(requests[made++ % requests.length]);
      result.times.push(performance.now() - moment);
      result.statuses[status] = (result.statuses[status] ?? 0) + 1;
      result.failed += status === 200 ? 0 : 1;
    } catch {
      result.failed++;
      connection = await Connection.open(server);
      all.push(connection);
    }

    answered++;
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

  for (const deadline = performance.now() + 30_000; answered < count && performance.now() < deadline;) await delay(5);
  result.failed += count - answered;
  const took = (performance.now() - start) / 1000;
  all.forEach((connection) => connection.close());
  return { ...result, times: sorted(result.times), late: sorted(result.late), count, perSecond: answered / took };
}
