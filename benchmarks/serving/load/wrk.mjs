// Closed-loop load: each connection sends the next request when it has received the response. Times are in milliseconds.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { contentType, digitCount } from './digits.mjs';

const script = fileURLToPath(new URL('predict.lua', import.meta.url));
const run = promisify(execFile);

/** Sends requests to POST /predict; `folder` is the result of writeBodies. */
export async function wrk(server, folder, { connections, seconds }) {
  const { stdout } = await run('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', script, `${server.url}/predict`,
    '--', folder, String(digitCount), contentType]);
  const result = JSON.parse(stdout.trim().split('\n').at(-1));
  const errors = result.not2xx + result.connectionErrors + result.timeouts;
  return { ...result, errors, perSecond: (result.responses - result.not2xx) / result.seconds };
}
