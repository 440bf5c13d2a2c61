// Reads the samples that HeapSampler writes inside the service.
import { existsSync, readFileSync } from 'node:fs';

/** Returns the samples: `time` in milliseconds since 1970, and `megabytes`. */
export function readHeapSamples(file) {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  if (lines.length === 0) throw new Error('The service wrote no heap samples. Check that the startup hook was loaded.');
  return lines.map((line) => JSON.parse(line)).map(({ time, heap }) => ({ time, megabytes: heap / 2 ** 20 }));
}
