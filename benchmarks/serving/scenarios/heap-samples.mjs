// What the HeapSampler wrote from inside the service.
import { existsSync, readFileSync } from 'node:fs';

/** When, in milliseconds since 1970, and how many megabytes. */
export function readHeapSamples(file) {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  if (lines.length === 0) throw new Error('The service wrote no heap samples: was its startup hook loaded?');
  return lines.map((line) => JSON.parse(line)).map(({ time, heap }) => ({ time, megabytes: heap / 2 ** 20 }));
}
