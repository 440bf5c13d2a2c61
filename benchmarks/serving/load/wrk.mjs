// Closed-loop load: each connection sends its next request when it has its answer. Times are milliseconds.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { contentType, digitCount } from './digits.mjs';

const script = fileURLToPath(new URL('predict.lua', import.meta.url));
const run = promisify(execFile);

/** Loads POST /predict; `folder` is what writeBodies gave. */
export async function wrk(server, folder, { connections, seconds }) {
  const { stdout } = await run('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', script, `${server.url}/predict`,
    '--', folder, String(digitCount), contentType]);
  const result = JSON.parse(stdout.trim().split('\n').at(-1));
  const errors = result.not2xx + result.broken + result.timeouts;
  return { ...result, errors, perSecond: (result.answers - result.not2xx) / result.seconds };
}
