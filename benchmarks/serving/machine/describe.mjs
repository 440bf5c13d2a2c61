// Describes the machine for the benchmark report.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** The cores and the load average of the last minute. Discard measurements if the load average is above a few tenths. */
export function describeMachine() {
  const model = /model name\s*: (.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'processor';
  return `${availableParallelism()} cores (${model}), load generator included, load average before the run ${readFileSync('/proc/loadavg', 'utf8').split(' ')[0]}.`;
}
